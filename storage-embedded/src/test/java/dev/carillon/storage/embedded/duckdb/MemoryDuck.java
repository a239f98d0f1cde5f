package dev.carillon.storage.embedded.duckdb;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/** A DuckDB without a file. */
public final class MemoryDuck {
  private MemoryDuck() {}

  public static DuckSession session() throws SQLException {
    return new DuckSession(
        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class));
  }
}
