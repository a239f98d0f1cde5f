package dev.carillon.storage.embedded;

import dev.carillon.engine.port.store.FactStore;
import dev.carillon.testkit.SettableTime;
import dev.carillon.testkit.store.facts.AheadContract;
import dev.carillon.testkit.store.facts.AttributionContract;
import dev.carillon.testkit.store.facts.FactStoreContract;
import dev.carillon.testkit.store.facts.GoalContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store that lets go of all campaigns after each transaction derives the same. */
class ForgetfulStoreTest
    implements GoalContract<FactStore>, AheadContract, AttributionContract<FactStore> {
  private final SettableTime clock = new SettableTime(FactStoreContract.PRESENT);
  private final List<FactStore> stores = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeEach
  void create() {
    stores.add(open(0));
  }

  @AfterEach
  void close() {
    stores.forEach(FactStore::close);
  }

  private FactStore open(int number) {
    return EmbeddedFactStore.open(
        FactStoreSettings.in(folder.resolve("store" + number))
            .withMemoryMegabytes(512)
            .withCampaignBytes(0)
            .withClock(clock));
  }

  @Override
  public FactStore store() {
    return stores.getFirst();
  }

  @Override
  public SettableTime clock() {
    return clock;
  }

  @Override
  public FactStore another() {
    FactStore other = open(stores.size());
    stores.add(other);
    return other;
  }

  @Override
  public FactStore reopened() {
    stores.getFirst().close();
    stores.set(0, open(0));
    return stores.getFirst();
  }
}
