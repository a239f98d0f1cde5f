package dev.carillon.storage.embedded.planning;

import dev.carillon.core.campaign.Variants;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.ledger.Recipients;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBDataChunkReader;
import org.roaringbitmap.RoaringBitmap;

/**
 * What planning decided for the messages of one run, as sets. One pass over the messages, without
 * those that are plain: target messages of the first variant and of new users, not suppressed.
 */
final class PlannedSets {
  private static final SuppressionReason[] REASONS = SuppressionReason.values();
  private static final String[] REASON_KEYS =
      Arrays.stream(REASONS).map(SuppressionReason::key).toArray(String[]::new);

  private static final String DISTINGUISHED =
      """
      SELECT seq, control, variant::INTEGER,
        coalesce(list_position(?, suppression), 0)::INTEGER, coalesce(first_message, -1)::INTEGER
      FROM message WHERE campaign = ? AND run = ?
        AND (control OR variant > 0 OR suppression IS NOT NULL OR first_message IS NOT NULL)\
      """;

  private final RoaringBitmap control = new RoaringBitmap();
  private final Map<String, RoaringBitmap> variants = new TreeMap<>();
  private final RoaringBitmap undecided = new RoaringBitmap();
  private final Map<SuppressionReason, RoaringBitmap> suppressed =
      new EnumMap<>(SuppressionReason.class);
  private final AttributeColumns attributes = new AttributeColumns();
  private final Recipients.Gathering repeats;

  private PlannedSets(PlannedRuns.Row row) {
    repeats = new Recipients.Gathering(row.firstSeq(), row.count());
  }

  /** The run of a row, with the sets of its messages. */
  static PlannedRun read(DuckSession session, int campaign, PlannedRuns.Row row)
      throws SQLException {
    PlannedSets sets = new PlannedSets(row);
    session.chunks(DISTINGUISHED, sets::collect, REASON_KEYS, campaign, row.run());
    session.chunks(AttributeColumns.select(), sets.attributes::collect, campaign, row.run());
    return sets.toRun(row);
  }

  private void collect(DuckDBDataChunkReader chunk) throws SQLException {
    for (long i = 0; i < chunk.rowCount(); i++) {
      int seq = chunk.vector(0).getInt(i);
      if (chunk.vector(1).getBoolean(i)) {
        control.add(seq);
      }
      int variant = chunk.vector(2).getInt(i);
      if (variant == Variants.UNDECIDED) {
        undecided.add(seq);
      } else if (variant > 0) {
        variants.computeIfAbsent(Integer.toString(variant), any -> new RoaringBitmap()).add(seq);
      }
      int reason = chunk.vector(3).getInt(i);
      if (reason > 0) {
        suppressed.computeIfAbsent(REASONS[reason - 1], any -> new RoaringBitmap()).add(seq);
      }
      int first = chunk.vector(4).getInt(i);
      if (first >= 0) {
        repeats.add(seq, first);
      }
    }
  }

  private PlannedRun toRun(PlannedRuns.Row row) {
    if (!variants.isEmpty() || !undecided.isEmpty()) {
      RoaringBitmap first = new RoaringBitmap();
      first.add((long) row.firstSeq(), (long) row.firstSeq() + row.count());
      first.andNot(undecided);
      variants.values().forEach(first::andNot);
      variants.put("0", first);
      variants.values().forEach(variant -> variant.andNot(control));
    }
    Map<PlannedAttribute, Map<String, RoaringBitmap>> all = attributes.sets();
    if (!variants.isEmpty()) {
      all.put(PlannedAttribute.VARIANT, variants);
    }
    control.runOptimize();
    suppressed.values().forEach(RoaringBitmap::runOptimize);
    return new PlannedRun(
        row.run(),
        row.plannedAt(),
        row.firstSeq(),
        row.count(),
        control,
        all,
        suppressed,
        repeats.toRecipients());
  }
}
