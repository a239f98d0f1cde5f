package dev.carillon.storage.embedded.planning;

import dev.carillon.core.campaign.Limits;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactKindSql;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Suppresses the messages of a run beyond its campaign's target cap, in the transaction that plans
 * it. The cap counts people. Where each has one message, and all go through one connection,
 * messages are numbered in a random order that stays the same for the run, so the cap is a cut
 * through the numbers: behind the last target message that is let through, target and control are
 * suppressed alike, and what is before it is a fair sample of both. Else the cut goes through the
 * people, in a random order of their own, and takes all messages of each.
 */
final class TargetCap {
  /** What earlier runs let through: not suppressed, and not refused by the provider. */
  private static final String LET_THROUGH =
      FactKindSql.coded(
          """
      SELECT count(DISTINCT (m.run, m.user_key)) FROM message m
      WHERE m.campaign = $1 AND m.run <> $2 AND NOT m.control AND m.suppression IS NULL
        AND m.planned_at >= $3 AND m.planned_at < $4
        AND NOT EXISTS (
          SELECT 1 FROM fact f WHERE f.campaign = $1 AND f.seq = m.seq AND f.kind IN ({TAKES_OUT}))\
      """);

  private static final String CUT =
      """
      UPDATE message SET suppression = $3
      WHERE campaign = $1 AND run = $2 AND suppression IS NULL AND seq >= COALESCE((
        SELECT seq FROM message
        WHERE campaign = $1 AND run = $2 AND suppression IS NULL AND NOT control
        ORDER BY seq LIMIT 1 OFFSET $4), 2147483647)\
      """;

  private static final String CUT_PEOPLE =
      """
      UPDATE message SET suppression = $3
      WHERE campaign = $1 AND run = $2 AND suppression IS NULL
        AND hash(user_key, $1, $2) >= COALESCE((
          SELECT place FROM (
            SELECT DISTINCT hash(user_key, $1, $2) AS place FROM message
            WHERE campaign = $1 AND run = $2 AND suppression IS NULL AND NOT control)
          ORDER BY place LIMIT 1 OFFSET $4), 18446744073709551615)\
      """;

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

  private TargetCap() {}

  /** Applies the order's cap to its run, whose messages have just been written. */
  static void apply(DuckSession session, PlanOrder order) throws SQLException {
    Limits.Target target = order.limits().target();
    if (target.none()) {
      return;
    }
    ZoneId zone = order.zone();
    LocalDate day = LocalDate.ofInstant(order.at(), zone);
    long before = target.overall() == null ? 0 : letThrough(session, order, null, null);
    long today =
        target.perDay() == null
            ? 0
            : letThrough(
                session,
                order,
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
    long room = target.room(before, today);
    if (room < Integer.MAX_VALUE) {
      session.update(
          isOneEach(order) ? CUT : CUT_PEOPLE,
          order.campaign(),
          order.run(),
          SuppressionReason.TARGET_CAP.key(),
          room);
    }
  }

  /** Whether each person has one message, and all go through one connection. */
  private static boolean isOneEach(PlanOrder order) {
    return order.routes().size() == 1
        && !order.audience().channel().endpoints().contains(EndpointKind.DEVICE);
  }

  private static long letThrough(
      DuckSession session, PlanOrder order, @Nullable Instant from, @Nullable Instant to)
      throws SQLException {
    return session.number(
        LET_THROUGH,
        order.campaign(),
        order.run(),
        from == null ? FIRST : from,
        to == null ? LAST : to);
  }
}
