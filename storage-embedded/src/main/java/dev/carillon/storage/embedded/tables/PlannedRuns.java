package dev.carillon.storage.embedded.tables;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.storage.embedded.audience.PlannedSets;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/** Reads what planning settled of runs, as sets of messages. */
public final class PlannedRuns {
  private PlannedRuns() {}

  /** How many messages are planned in all runs of a campaign. */
  public static int messages(DuckSession session, int campaign) throws SQLException {
    return Math.toIntExact(
        session.number("SELECT COALESCE(sum(count), 0) FROM run WHERE campaign = ?", campaign));
  }

  /** A run of a campaign; empty when it is not planned. */
  public static Optional<PlannedRun> find(DuckSession session, int campaign, int run)
      throws SQLException {
    List<Integer> first =
        session.list(
            "SELECT first_seq FROM run WHERE campaign = ? AND run = ?",
            row -> row.getInt(1),
            campaign,
            run);
    return first.isEmpty()
        ? Optional.empty()
        : of(session, campaign, first.getFirst()).stream()
            .filter(planned -> planned.run() == run)
            .findFirst();
  }

  /** The runs of a campaign whose first message has this number or a greater one. */
  public static List<PlannedRun> of(DuckSession session, int campaign, int fromSeq)
      throws SQLException {
    List<PlannedRun> plain =
        session.list(
            "SELECT * FROM run WHERE campaign = ? AND first_seq >= ? ORDER BY run",
            row ->
                new PlannedRun(
                    row.getInt("run"),
                    DuckSession.instant(row, "planned_at"),
                    row.getInt("first_seq"),
                    row.getInt("count"),
                    new RoaringBitmap(),
                    Map.of(),
                    Map.of()),
            campaign,
            fromSeq);
    ArrayList<PlannedRun> runs = new ArrayList<>();
    for (PlannedRun run : plain) {
      runs.add(PlannedSets.read(session.connection(), campaign, run.run()).orElse(run));
    }
    return runs;
  }
}
