package dev.carillon.storage.embedded.audience;

import dev.carillon.core.campaign.Variants;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.ledger.RepeatRecipients;
import dev.carillon.core.message.SuppressionReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.roaringbitmap.RoaringBitmap;

/**
 * Reads what planning settled of a run's messages, as sets: one pass over those of them that are
 * not plain.
 */
public final class PlannedSets {
  private static final SuppressionReason[] REASONS = SuppressionReason.values();
  private static final String REASON_KEYS =
      Arrays.stream(REASONS)
          .map(reason -> JsonValues.quoted(reason.key()))
          .collect(Collectors.joining(",", "[", "]"));

  private final RoaringBitmap control = new RoaringBitmap();
  private final Map<Integer, RoaringBitmap> variants = new TreeMap<>();
  private final RoaringBitmap undecided = new RoaringBitmap();
  private final Map<SuppressionReason, RoaringBitmap> suppressed =
      new EnumMap<>(SuppressionReason.class);

  private final RepeatRecipients.Gathering returning;

  private PlannedSets(int firstSeq, int count) {
    returning = new RepeatRecipients.Gathering(firstSeq, count);
  }

  /** The run; empty when it has no messages. */
  public static Optional<PlannedRun> read(Connection connection, int campaign, int run)
      throws SQLException {
    Sql sql =
        Sql.of(
            "SELECT min(seq), count(*), min(planned_at) FROM message"
                + " WHERE campaign = {} AND run = {}",
            Sql.value(campaign),
            Sql.value(run));
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet row = statement.executeQuery()) {
      row.next();
      int count = row.getInt(2);
      if (count == 0) {
        return Optional.empty();
      }
      Instant plannedAt = row.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC);
      int firstSeq = row.getInt(1);
      return Optional.of(
          new PlannedSets(firstSeq, count)
              .collected(connection, campaign, run)
              .plannedRun(run, plannedAt, firstSeq, count));
    }
  }

  private PlannedSets collected(Connection connection, int campaign, int run) throws SQLException {
    Sql sql =
        Sql.of(
            "SELECT seq, control, variant::INTEGER,"
                + " coalesce(list_position(from_json({}, '[\"VARCHAR\"]'), suppression), 0)::INTEGER,"
                + " coalesce(first_message, -1)::INTEGER"
                + " FROM message WHERE campaign = {} AND run = {}"
                + " AND (control OR variant > 0 OR suppression IS NOT NULL"
                + " OR first_message IS NOT NULL)",
            Sql.value(REASON_KEYS),
            Sql.value(campaign),
            Sql.value(run));
    try (DuckDBPreparedStatement statement =
        connection.unwrap(DuckDBConnection.class).prepare(sql.text())) {
      for (int i = 0; i < sql.values().size(); i++) {
        statement.setObject(i + 1, sql.values().get(i));
      }
      try (DuckDBChunkedResult result = statement.query()) {
        while (result.nextChunk()) {
          collect(result.chunk());
        }
      }
    }
    return this;
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
        variants.computeIfAbsent(variant, any -> new RoaringBitmap()).add(seq);
      }
      int first = chunk.vector(4).getInt(i);
      if (first >= 0) {
        returning.add(seq, first);
      }
      int reason = chunk.vector(3).getInt(i);
      if (reason > 0) {
        suppressed.computeIfAbsent(REASONS[reason - 1], any -> new RoaringBitmap()).add(seq);
      }
    }
  }

  private PlannedRun plannedRun(int run, Instant plannedAt, int firstSeq, int count) {
    if (!variants.isEmpty() || !undecided.isEmpty()) {
      RoaringBitmap first = new RoaringBitmap();
      first.add((long) firstSeq, (long) firstSeq + count);
      first.andNot(undecided);
      variants.values().forEach(first::andNot);
      variants.put(0, first);
      variants.values().forEach(variant -> variant.andNot(control));
    }
    control.runOptimize();
    suppressed.values().forEach(RoaringBitmap::runOptimize);
    return new PlannedRun(
        run, plannedAt, firstSeq, count, control, variants, suppressed, returning.toReturning());
  }
}
