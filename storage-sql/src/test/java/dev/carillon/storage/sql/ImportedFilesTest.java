package dev.carillon.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.people.ImportStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** How many imported files are remembered, and those that earlier versions kept as settings. */
class ImportedFilesTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path folder;

  @Test
  void filesImportedLongestAgoAreForgotten() throws Exception {
    try (SqliteMetadataStore store = SqliteMetadataStore.open(folder.resolve("metadata.db"))) {
      try (Connection connection = Database.file(folder.resolve("metadata.db")).getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            """
            with recursive n(i) as (select 0 union all select i + 1 from n where i < %d - 1)
            insert into imported_file (contents, first_at, last_at)
              select 'file-' || i, i, i from n"""
                .formatted(ImportStore.REMEMBERED));
      }
      store.noteImport("file-0", "as it is", AT, AT);
      store.noteImport("another", "as it is", AT, AT);
      store.noteImport("one more", "as it is", AT, AT);

      assertThat(store.firstImport("file-0")).as("it came again").contains(Instant.EPOCH);
      assertThat(store.firstImport("file-1")).isEmpty();
      assertThat(store.firstImport("file-2")).isEmpty();
      assertThat(store.firstImport("file-3")).isPresent();
      assertThat(store.firstImport("one more")).contains(AT);
    }
  }

  @Test
  void anImportWithAnotherReadingHasAnotherNumber() {
    try (SqliteMetadataStore store = SqliteMetadataStore.open(folder.resolve("metadata.db"))) {
      assertThat(store.noteImport("file", "a", AT, AT)).isZero();
      assertThat(store.noteImport("file", "a", AT, AT)).isZero();
      assertThat(store.noteImport("file", "b", AT, AT)).isEqualTo(1);
      assertThat(store.noteImport("other", "b", AT, AT)).isZero();
      assertThat(store.noteImport("file", "a", AT, AT)).isEqualTo(2);
      assertThat(store.noteImport("file", "a", AT.plusSeconds(9), AT)).isEqualTo(2);
      assertThat(store.firstImport("file")).contains(AT);
    }
  }

  @Test
  void whatEarlierVersionsKeptAsSettingsIsCarriedOver() throws Exception {
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + folder.resolve("metadata.db"));
    Flyway.configure()
        .dataSource(file)
        .locations("classpath:db/metadata")
        .table("schema_history")
        .target("8")
        .load()
        .migrate();
    String[] times = {
      "2026-03-01T10:00:00Z", "2026-03-01T10:00:00.120Z", "2026-03-01T10:00:00.123456789Z"
    };
    try (Connection connection = file.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into setting values ('account', '{}'), ('reference-secret', 'AQID'),
            ('import-a', '%s'), ('import-b', '%s'), ('import-c', '%s')"""
              .formatted((Object[]) times));
    }

    try (SqliteMetadataStore store = SqliteMetadataStore.open(folder.resolve("metadata.db"))) {
      assertThat(store.firstImport("a")).contains(Instant.parse(times[0]));
      assertThat(store.firstImport("b")).contains(Instant.parse(times[1]));
      assertThat(store.firstImport("c")).contains(Instant.parse("2026-03-01T10:00:00.123456Z"));
      assertThat(store.referenceKeys())
          .singleElement()
          .satisfies(
              key -> {
                assertThat(key.sealed()).isTrue();
                assertThat(key.key()).containsExactly(1, 2, 3);
              });
      try (Connection connection = Database.file(folder.resolve("metadata.db")).getConnection();
          Statement statement = connection.createStatement();
          var names = statement.executeQuery("select group_concat(name) from setting")) {
        assertThat(names.getString(1)).isEqualTo("account");
      }
    }
  }
}
