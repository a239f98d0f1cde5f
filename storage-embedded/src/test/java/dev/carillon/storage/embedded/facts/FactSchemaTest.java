package dev.carillon.storage.embedded.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.NewerFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of earlier and of later formats. */
class FactSchemaTest {
  private static final FactMigration HISTORY =
      FactMigration.of(
          "history",
          "CREATE TABLE schema_history (version INTEGER, purpose VARCHAR, program VARCHAR)");
  private static final FactMigration ADD = FactMigration.of("add", "CREATE TABLE added (x BIGINT)");
  private static final FactMigration FILL =
      FactMigration.of("fill", "INSERT INTO added VALUES (1)");
  private static final FactMigration FAILS =
      FactMigration.of("fails", "INSERT INTO added VALUES (2)", "SELECT error('out of power')");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("facts.duckdb");
  }

  @Test
  void eachMigrationIsRunOnceAndWhollyOrNotAtAll() throws SQLException {
    try (Connection connection = connect()) {
      FactSchema.create(connection, List.of());
      assertThat(number(connection, "SELECT value FROM progress WHERE name = 'version'"))
          .isEqualTo(1);
      assertThatThrownBy(() -> FactSchema.create(connection, List.of(HISTORY, ADD, FILL, FAILS)))
          .hasMessageContaining("out of power");
    }
    try (Connection connection = connect()) {
      assertThat(number(connection, "SELECT value FROM progress WHERE name = 'version'"))
          .isEqualTo(4);
      FactSchema.create(connection, List.of(HISTORY, ADD, FILL, FILL));
      FactSchema.create(connection, List.of(HISTORY, ADD, FILL, FILL));
      assertThat(number(connection, "SELECT value FROM progress WHERE name = 'version'"))
          .isEqualTo(5);
      assertThat(number(connection, "SELECT sum(x) FROM added")).isEqualTo(2);
      assertThat(number(connection, "SELECT count(*) FROM schema_history")).isEqualTo(4);
    }
  }

  @Test
  void whatANewerProgramWroteIsRefusedAndLeftAsItIs() throws Exception {
    FactStoreSettings settings = FactStoreSettings.in(folder).withMemoryMegabytes(256);
    EmbeddedFactStore.open(settings).close();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE progress SET value = 99 WHERE name = 'version'");
      statement.execute("INSERT INTO schema_history VALUES (99, 'more', '7.8.9')");
    }
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> EmbeddedFactStore.open(settings))
        .isInstanceOf(NewerFormatException.class)
        .hasMessageContaining("newer version of Carillon (7.8.9)")
        .hasMessageContaining("format is 99")
        .hasMessageContaining("Start the version that wrote it");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + file);
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
