package dev.carillon.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.NewerFormatException;
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
  void aProbeWritesToTheFile() throws Exception {
    store.probe();
    store.probe();
    assertThat(query("select value from setting where name = 'probed'")).isEqualTo("2");
  }

  @Test
  void aStoreThatCannotAnswerSaysSo() {
    store.close();
    assertThatThrownBy(() -> store.firstImport("a")).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.probe()).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.addReferenceKey(new byte[16]))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void whatANewerProgramWroteIsRefused() throws Exception {
    try (Connection connection = Database.file(folder.resolve("metadata.db")).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into schema_history (installed_rank, version, description, type, script, checksum,
              installed_by, execution_time, success)
            values (999, '999', 'of tomorrow', 'SQL', 'V999__of_tomorrow.sql', 1, 'me', 1, 1)\
          """);
    }
    store.close();
    assertThatThrownBy(() -> SqliteMetadataStore.open(folder.resolve("metadata.db")))
        .isInstanceOf(NewerFormatException.class)
        .hasMessageContaining("metadata.db was written by a newer version of Carillon")
        .hasMessageContaining("999 (of tomorrow)");
  }

  private String query(String sql) throws Exception {
    return query(sql, 1);
  }

  private String query(String sql, int column) throws Exception {
    try (Connection connection = Database.file(folder.resolve("metadata.db")).getConnection();
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
