package dev.carillon.storage.embedded.duckdb;

import java.sql.SQLException;
import java.util.Collection;
import org.duckdb.DuckDBAppender;

/** Keys of a batch as a temporary table {@code stage_key (k)}, to be joined with. */
public final class Staging {
  private Staging() {}

  public static void keys(DuckSession session, Collection<Long> keys) throws SQLException {
    session.execute("CREATE OR REPLACE TEMP TABLE stage_key (k BIGINT)");
    try (DuckDBAppender appender = session.temporaryAppender("stage_key")) {
      for (long key : keys) {
        appender.beginRow().append(key).endRow();
      }
      appender.flush();
    }
  }
}
