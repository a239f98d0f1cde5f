package dev.carillon.storage.sql;

import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.testkit.store.metadata.MetadataStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The SQLite store keeps the contract. */
class SqliteMetadataStoreTest extends MetadataStoreContract {
  @TempDir private Path folder;

  @Override
  protected MetadataStore open() {
    return SqliteMetadataStore.open(folder.resolve("data/metadata.db"));
  }
}
