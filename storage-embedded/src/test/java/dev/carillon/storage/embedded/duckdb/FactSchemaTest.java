package dev.carillon.storage.embedded.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.NewerFormatException;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
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

  /** Before, an amount that was text, or none, was kept as 0. */
  @Test
  void amountsOfEarlierVersionsAreReadAnew() throws SQLException {
    int before = 0;
    while (!FactSchema.MIGRATIONS.get(before).purpose().startsWith("amounts")) {
      before++;
    }
    String[][] amounts = {
      {"1", "\"7.25\"", "7250000"},
      {"2", "\"7,25\"", "-9223372036854775808"},
      {"3", "0", "0"},
      {"4", "null", "0"},
      {"5", "[3]", "-9223372036854775808"},
      {"6", "2e15", "-9223372036854775808"},
      {"7", "\" 40 \"", "40000000"},
      {"8", "true", "-9223372036854775808"}
    };
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      FactSchema.create(connection, FactSchema.MIGRATIONS.subList(0, before));
      statement.execute(
          "INSERT INTO goal VALUES (1, 'Paid', '{}', 'UTC', 1, 'a/b~c'), (2, 'Paid', '{}', 'UTC', 1, NULL)");
      for (String[] amount : amounts) {
        statement.execute(
            "INSERT INTO event SELECT 1, %s, 1, 'Paid', now()::TIMESTAMP, now()::TIMESTAMP, '{\"a/b~c\":%s}'"
                .formatted(amount[0], amount[1]));
        statement.execute(
            "INSERT INTO conversion SELECT 1, 1, 1, %s, now()::TIMESTAMP, 0".formatted(amount[0]));
        statement.execute(
            "INSERT INTO conversion SELECT 1, 2, 1, %s, now()::TIMESTAMP, 0".formatted(amount[0]));
      }
      statement.execute(
          "INSERT INTO event SELECT 1, 9, 1, 'Paid', now()::TIMESTAMP, now()::TIMESTAMP, '{}'");
      statement.execute("INSERT INTO conversion SELECT 1, 1, 1, 9, now()::TIMESTAMP, 0");
      statement.execute(
          "INSERT INTO event SELECT 1, 10, 1, 'Paid', now()::TIMESTAMP, now()::TIMESTAMP, '{\"a/b~c\":5}'");
      statement.execute("INSERT INTO conversion SELECT 1, 1, 1, 10, now()::TIMESTAMP, 5000000");
      FactSchema.create(connection);
      for (String[] amount : amounts) {
        assertThat(
                number(
                    connection,
                    "SELECT revenue_micros FROM conversion WHERE campaign = 1 AND event_id = "
                        + amount[0]))
            .as(amount[1])
            .isEqualTo(Long.parseLong(amount[2]));
      }
      assertThat(
              number(connection, "SELECT sum(revenue_micros) FROM conversion WHERE campaign = 2"))
          .isZero();
      assertThat(number(connection, "SELECT revenue_micros FROM conversion WHERE event_id = 10"))
          .isEqualTo(5_000_000);
    }
  }

  /** Before, goals counted an event as it came; the folder was last used at 10:00. */
  @Test
  void eventsOfEarlierVersionsWhoseTimeHasNotComeAreKeptBack() throws SQLException {
    int before = 0;
    while (!FactSchema.MIGRATIONS.get(before).purpose().startsWith("events whose time")) {
      before++;
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      FactSchema.create(connection, FactSchema.MIGRATIONS.subList(0, before));
      String[][] events = {
        {"1", "08", "09"}, {"2", "10", "09"}, {"3", "11", "09"}, {"4", "10", "10"}
      };
      for (String[] event : events) {
        statement.execute(
            """
            INSERT INTO event (pos, event_id, user_key, name, "at", received_at, properties)
            VALUES (%s, 1, 1, 'Paid', '2026-11-20 %s:00', '2026-11-20 %s:00', '{}')\
            """
                .formatted((Object[]) event));
      }
      FactSchema.create(connection);
      assertThat(number(connection, "SELECT sum(pos) FROM event_ahead")).isEqualTo(3);
      assertThat(number(connection, "SELECT epoch(\"at\")::BIGINT FROM event_ahead"))
          .isEqualTo(Instant.parse("2026-11-20T11:00:00Z").getEpochSecond());
    }
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
