package dev.carillon.storage.embedded.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the file is used: durably, with its indexes, and with a typed error when it fails. */
class SqliteFileTest {
  @TempDir private Path folder;
  private SqliteMetadataStore store;

  @BeforeEach
  void open() {
    store = SqliteMetadataStore.open(folder.resolve("metadata.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aCommitIsOnTheDiskAndReadersDoNotWait() throws Exception {
    assertThat(query("pragma journal_mode")).isEqualTo("wal");
    assertThat(query("pragma synchronous")).isEqualTo("2");
    assertThat(query("pragma foreign_keys")).isEqualTo("1");
  }

  @Test
  void narrowingAListReadsOnlyItsIndex() throws Exception {
    assertThat(
            query(
                "explain query plan select count(*) from campaign"
                    + " where status in ('draft') and channel = 'sms' and created_by = 'me'"
                    + " and name_folded like '%sale%' escape '!'",
                4))
        .contains("COVERING INDEX");
  }

  @Test
  void aStoreThatCannotAnswerSaysSo() {
    store.close();
    assertThatThrownBy(() -> store.setting("zone")).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.putSetting("zone", "UTC"))
        .isInstanceOf(StoreUnavailableException.class);
  }

  private String query(String sql) throws Exception {
    return query(sql, 1);
  }

  private String query(String sql, int column) throws Exception {
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      StringBuilder all = new StringBuilder();
      while (rows.next()) {
        all.append(all.isEmpty() ? "" : "\n").append(rows.getString(column));
      }
      return all.toString();
    }
  }
}
