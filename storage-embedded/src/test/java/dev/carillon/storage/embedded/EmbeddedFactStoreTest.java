package dev.carillon.storage.embedded;

import dev.carillon.engine.port.store.FactStore;
import dev.carillon.testkit.store.facts.FactStoreContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFactStoreTest extends FactStoreContract {
  private final Map<FactStore, Path> folders = new HashMap<>();

  @TempDir private Path folder;

  @Override
  protected FactStore create() {
    return openIn(folder.resolve("store" + folders.size()));
  }

  @Override
  protected FactStore open(FactStore closed) {
    return openIn(java.util.Objects.requireNonNull(folders.get(closed)));
  }

  /** Every other store keeps nothing of campaigns at hand, which must not show in anything. */
  private FactStore openIn(Path in) {
    FactStoreSettings settings =
        FactStoreSettings.in(in).withMemoryMegabytes(512).withClock(clock());
    FactStore store =
        EmbeddedFactStore.open(folders.size() % 2 == 0 ? settings : settings.withCampaignBytes(0));
    folders.put(store, in);
    return store;
  }
}
