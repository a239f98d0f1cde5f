package dev.carillon.storage.embedded.facts;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/** A DuckDB without a file. */
final class MemoryDuck {
  private MemoryDuck() {}

  static DuckSession session() throws SQLException {
    return new DuckSession(
        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class));
  }
}
