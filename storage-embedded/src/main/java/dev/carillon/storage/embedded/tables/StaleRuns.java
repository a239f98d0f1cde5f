package dev.carillon.storage.embedded.tables;

import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.SQLException;
import java.util.List;

/**
 * The runs whose users were joined with others, or deleted, while they were planned: their messages
 * name users as they were before. Noted in the transaction that plans, so that a crash loses none.
 */
public final class StaleRuns {

  /**
   * One of them.
   *
   * @param pos number of the last row that planning saw: users with a greater {@code first_pos} are
   *     others than those that it saw, also under the same key
   */
  public record Run(int campaign, int run, long pos) {}

  private StaleRuns() {}

  /** Notes a run, in the transaction that plans it. */
  public static void add(DuckSession session, int campaign, int run) throws SQLException {
    session.update(
        "INSERT INTO overtaken_run SELECT ?, ?, value FROM progress WHERE name = 'pos'",
        campaign,
        run);
  }

  public static List<Run> all(DuckSession session) throws SQLException {
    return session.list(
        "SELECT campaign, run, pos FROM overtaken_run ORDER BY campaign, run",
        row -> new Run(row.getInt(1), row.getInt(2), row.getLong(3)));
  }

  /** Forgets them, in the transaction in which their messages were looked through. */
  public static void clear(DuckSession session) throws SQLException {
    session.execute("DELETE FROM overtaken_run");
  }
}
