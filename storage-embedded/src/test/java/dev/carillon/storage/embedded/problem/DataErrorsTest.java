package dev.carillon.storage.embedded.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.MemoryDuck;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataErrorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TransactionContext Error: Failed to commit: Could not write file \"x\": No space left",
        "IO Error: Could not read from file",
        "Out of Memory Error: could not allocate block",
        "FATAL Error: Failed: database has been invalidated because of a previous fatal error",
        "INTERNAL Error: Attempted to access index 3",
        "INTERRUPT Error: Interrupted!",
        "Catalog Error: Table with name nope does not exist!",
        "Invalid Input Error: Attempting to execute an unsuccessful or closed pending query result",
        "Failed to append: Could not write file",
        "Could not set parameter: Constraint Error: quoted",
      })
  void theMachineAndTheProgramAreNoEntrysFault(String message) {
    assertThat(DataErrors.include(new SQLException(message))).isFalse();
  }

  @Test
  void exceptionsThatAreNotTheDatabasesAreNoEntrysFault() {
    assertThat(DataErrors.include(new NullPointerException())).isFalse();
    assertThat(DataErrors.include(new IllegalArgumentException("Constraint Error: x"))).isFalse();
    assertThat(DataErrors.include(new IOException("Conversion Error: x"))).isFalse();
    assertThat(DataErrors.include(new SQLException())).isFalse();
  }

  /** What the driver says indeed; its words are no contract. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO checked VALUES (7, 'x')",
        "INSERT INTO checked VALUES (1, NULL)",
        "INSERT INTO checked VALUES ('abc', 'x')",
        "SELECT 9223372036854775807::BIGINT + 1::BIGINT",
        "SELECT json_extract('{bad', '$.a')",
      })
  void whatTheDatabaseRefusesIs(String sql) throws SQLException {
    try (DuckSession session = MemoryDuck.session()) {
      session.execute("CREATE TABLE checked (a INTEGER CHECK (a < 5), b VARCHAR NOT NULL)");
      SQLException refused = catchThrowableOfType(SQLException.class, () -> session.execute(sql));
      assertThat(DataErrors.include(refused)).as(refused.getMessage()).isTrue();
    }
  }

  @Test
  void whatTheAppenderRefusesIs() throws SQLException {
    try (DuckSession session = MemoryDuck.session()) {
      session.execute("CREATE TABLE checked (a INTEGER CHECK (a < 5), b VARCHAR NOT NULL)");
      SQLException refused =
          catchThrowableOfType(
              SQLException.class,
              () -> {
                try (var appender = session.appender("checked")) {
                  appender.beginRow().append(7).append("x").endRow();
                  appender.flush();
                }
              });
      assertThat(DataErrors.include(refused)).as(refused.getMessage()).isTrue();
    }
  }
}
