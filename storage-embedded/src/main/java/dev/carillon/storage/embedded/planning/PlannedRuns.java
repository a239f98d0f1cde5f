package dev.carillon.storage.embedded.planning;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads planned runs, with what planning decided for their messages as sets of messages. */
public final class PlannedRuns {
  private PlannedRuns() {}

  /** A row of {@code run}. */
  record Row(int run, Instant plannedAt, int firstSeq, int count) {}

  /**
   * How many messages all runs of a campaign have. They are numbered from 0 without gaps, so this
   * is also the number of the next one.
   */
  public static int messages(DuckSession session, int campaign) throws SQLException {
    return Math.toIntExact(
        session.number(
            "SELECT COALESCE(max(first_seq + count), 0) FROM run WHERE campaign = ?", campaign));
  }

  /** A run of a campaign; empty when it is not planned. */
  public static Optional<PlannedRun> find(DuckSession session, int campaign, int run)
      throws SQLException {
    return read(session, "campaign = ? AND run = ?", campaign, run).stream().findFirst();
  }

  /** The runs of a campaign whose first message has this number or a greater one. */
  public static List<PlannedRun> from(DuckSession session, int campaign, int firstSeq)
      throws SQLException {
    return read(session, "campaign = ? AND first_seq >= ?", campaign, firstSeq);
  }

  private static List<PlannedRun> read(
      DuckSession session, String condition, int campaign, int value) throws SQLException {
    List<Row> rows =
        session.list(
            "SELECT run, planned_at, first_seq, count FROM run WHERE "
                + condition
                + " ORDER BY run",
            row ->
                new Row(
                    row.getInt(1),
                    DuckSession.instant(row, "planned_at"),
                    row.getInt(3),
                    row.getInt(4)),
            campaign,
            value);
    ArrayList<PlannedRun> runs = new ArrayList<>();
    for (Row row : rows) {
      runs.add(PlannedSets.read(session, campaign, row));
    }
    return runs;
  }
}
