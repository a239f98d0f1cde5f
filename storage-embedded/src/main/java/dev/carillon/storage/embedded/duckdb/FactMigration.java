package dev.carillon.storage.embedded.duckdb;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * One step from a format of the facts to the next.
 *
 * @param purpose what it is for, in a few words
 * @param statements run in their order, in one transaction with the note that they were run
 */
record FactMigration(String purpose, List<String> statements) {

  static FactMigration of(String purpose, String... statements) {
    return new FactMigration(purpose, List.of(statements));
  }

  void run(Statement statement) throws SQLException {
    for (String sql : statements) {
      statement.execute(sql);
    }
  }
}
