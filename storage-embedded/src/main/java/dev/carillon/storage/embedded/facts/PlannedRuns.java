package dev.carillon.storage.embedded.facts;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.SuppressionReason;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/** Reads what planning settled of runs, as sets of messages. */
final class PlannedRuns {
  private PlannedRuns() {}

  /** The runs of a campaign whose first message has this number or a greater one. */
  static List<PlannedRun> of(DuckSession session, int campaign, int fromSeq) throws SQLException {
    return session.list(
        "SELECT * FROM run WHERE campaign = ? AND first_seq >= ? ORDER BY run",
        row ->
            read(
                session,
                campaign,
                row.getInt("run"),
                DuckSession.instant(row, "planned_at"),
                row.getInt("first_seq"),
                row.getInt("count")),
        campaign,
        fromSeq);
  }

  private static PlannedRun read(
      DuckSession session, int campaign, int run, Instant plannedAt, int firstSeq, int count)
      throws SQLException {
    RoaringBitmap control = new RoaringBitmap();
    Map<Integer, RoaringBitmap> variants = new TreeMap<>();
    Map<SuppressionReason, RoaringBitmap> suppressed = new EnumMap<>(SuppressionReason.class);
    session.chunks(
        "SELECT seq FROM message WHERE campaign = ? AND run = ? AND control",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            control.add(chunk.vector(0).getInt(i));
          }
        },
        campaign,
        run);
    session.chunks(
        """
        SELECT seq, suppression FROM message
        WHERE campaign = ? AND run = ? AND suppression IS NOT NULL""",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            SuppressionReason reason = SuppressionReason.ofKey(chunk.vector(1).getString(i));
            suppressed
                .computeIfAbsent(reason, any -> new RoaringBitmap())
                .add(chunk.vector(0).getInt(i));
          }
        },
        campaign,
        run);
    session.chunks(
        "SELECT seq, variant FROM message WHERE campaign = ? AND run = ? AND variant > 0",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            int variant = chunk.vector(1).getUint8(i);
            variants
                .computeIfAbsent(variant, any -> new RoaringBitmap())
                .add(chunk.vector(0).getInt(i));
          }
        },
        campaign,
        run);
    if (!variants.isEmpty()) {
      variants.put(0, rest(firstSeq, count, variants));
    }
    return new PlannedRun(run, plannedAt, firstSeq, count, control, variants, suppressed);
  }

  private static RoaringBitmap rest(int firstSeq, int count, Map<Integer, RoaringBitmap> variants) {
    RoaringBitmap rest = new RoaringBitmap();
    rest.add((long) firstSeq, (long) firstSeq + count);
    variants.values().forEach(rest::andNot);
    return rest;
  }
}
