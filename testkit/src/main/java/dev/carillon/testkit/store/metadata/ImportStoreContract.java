package dev.carillon.testkit.store.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.people.ImportStore;
import dev.carillon.testkit.store.StoreKit;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store must do with its records of imported files. */
public interface ImportStoreContract<S extends ImportStore> extends StoreKit<S> {

  Instant FIRST = Instant.parse("2026-03-01T10:00:00.123456Z");

  @Test
  default void aFileKeepsTheTimeOfItsFirstImport() {
    assertThat(store().firstImport("abc")).isEmpty();
    store().noteImport("abc", "", FIRST, FIRST);
    store().noteImport("abc", "", FIRST.plusSeconds(60), FIRST.plusSeconds(60));

    assertThat(another().firstImport("abc")).contains(FIRST);
    assertThat(another().firstImport("abd")).isEmpty();
  }
}
