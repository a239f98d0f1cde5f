package dev.carillon.storage.embedded.ledger;

import dev.carillon.engine.port.ledger.Recount;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts every number of a campaign by SQL over its messages, facts and goal events, as the metrics
 * define them. It shares nothing with the ledger, so that each can prove the other.
 */
public final class Recounting {
  /** One row a message: what is known of it, and the one place among the planned that it takes. */
  private static final String STATE =
      """
      CREATE OR REPLACE TEMP TABLE recount_state AS
      WITH try AS (
        SELECT seq, detail, bool_or(kind = 2) AS begun, bool_or(kind = 3) AS returned
        FROM fact WHERE campaign = $1 AND kind IN (2, 3) GROUP BY seq, detail),
      open_try AS (SELECT DISTINCT seq FROM try WHERE begun AND NOT returned),
      drawn AS (SELECT run FROM message WHERE campaign = $1 GROUP BY run HAVING max(variant) > 0),
      known AS (
        SELECT seq,
          bool_or(kind IN (4, 7, 8, 9, 10, 11, 14)) AS proven,
          bool_or(kind = 5) AS refused,
          min(COALESCE(detail, 'unknown')) FILTER (kind = 5) AS refused_code,
          min(COALESCE(detail, 'unknown')) FILTER (kind = 1) AS suppressed_later,
          bool_or(kind = 6) AS ghost_sent,
          bool_or(kind IN (8, 10, 14)) AS delivered,
          bool_or(kind = 8) AS delivery_told,
          bool_or(kind = 9) AS failed,
          min(COALESCE(detail, 'unknown')) FILTER (kind = 9) AS failed_code,
          bool_or(kind = 10) AS viewed,
          bool_or(kind = 11) AS clicked,
          bool_or(kind = 12) AS bot_clicked,
          bool_or(kind = 13) AS replied,
          bool_or(kind = 15) AS converted,
          bool_or(kind = 16) AS view_converted,
          bool_or(kind = 17) AS click_converted,
          min(detail) FILTER (kind = 19) AS given
        FROM fact WHERE campaign = $1 GROUP BY seq)
      SELECT m.seq, k.* EXCLUDE (seq), COALESCE(m.first_message, m.seq) AS person,
        COALESCE(m.suppression, k.suppressed_later) AS reason,
        least(CASE WHEN d.run IS NOT NULL AND m.variant < 255 THEN m.variant::INTEGER END,
          k.given::INTEGER) AS variant,
        CASE
          WHEN m.control THEN 'control'
          WHEN k.proven THEN 'sent'
          WHEN k.refused THEN 'dispatchErrors'
          WHEN m.suppression IS NOT NULL OR k.suppressed_later IS NOT NULL THEN 'suppressed'
          WHEN o.seq IS NOT NULL THEN 'uncertain'
          ELSE 'pending' END AS place
      FROM message m
      LEFT JOIN known k ON k.seq = m.seq
      LEFT JOIN open_try o ON o.seq = m.seq
      LEFT JOIN drawn d ON d.run = m.run
      WHERE m.campaign = $1\
      """;

  private static final String SUMS =
      """
      SELECT count(*) AS planned, count(DISTINCT person) AS qualified,
        count(*) FILTER (place = 'control') AS control,
        count(*) FILTER (place = 'control' AND reason IS NOT NULL) AS controlSuppressed,
        count(*) FILTER (place = 'suppressed') AS suppressed,
        count(*) FILTER (place = 'dispatchErrors') AS dispatchErrors,
        count(*) FILTER (place = 'uncertain') AS uncertain,
        count(*) FILTER (place = 'pending') AS pending,
        count(*) FILTER (place = 'sent') AS sent,
        count(*) FILTER (place = 'sent' AND delivered) AS delivered,
        count(*) FILTER (
          place = 'sent' AND delivered AND NOT delivery_told) AS deliveredImplied,
        count(*) FILTER (place = 'sent' AND failed AND NOT delivered) AS deliveryErrors,
        count(*) FILTER (place = 'sent' AND NOT failed AND NOT delivered) AS unknown,
        count(*) FILTER (place <> 'control' AND viewed) AS viewed,
        count(*) FILTER (place <> 'control' AND clicked) AS clicked,
        count(*) FILTER (place <> 'control' AND bot_clicked) AS botClicked,
        count(*) FILTER (place <> 'control' AND replied AND NOT refused) AS replied,
        count(DISTINCT person) FILTER (place = 'sent' AND converted) AS converted,
        count(DISTINCT person) FILTER (place = 'sent' AND view_converted) AS viewConverted,
        count(DISTINCT person) FILTER (place = 'sent' AND click_converted) AS clickConverted
      FROM recount_state\
      """;

  private static final String DAILY =
      """
      WITH marked AS (
        SELECT f.seq, f."at", s.refused, unnest(
          CASE f.kind
            WHEN 8 THEN ['sent', 'delivered']
            WHEN 10 THEN ['sent', 'delivered', 'viewed']
            WHEN 11 THEN ['sent', 'clicked']
            WHEN 13 THEN ['replied']
            WHEN 14 THEN ['sent', 'delivered']
            ELSE ['sent'] END) AS name
        FROM fact f JOIN recount_state s ON s.seq = f.seq
        WHERE f.campaign = ? AND f.kind IN (4, 7, 8, 9, 10, 11, 13, 14) AND s.place <> 'control'),
      earliest AS (
        SELECT seq, name, min("at") AS "at" FROM marked
        WHERE name <> 'replied' OR NOT refused GROUP BY seq, name)
      SELECT epoch_us("at") // 60000000 AS minute, name, count(*)
      FROM earliest GROUP BY ALL\
      """;

  private static final String EVENTS =
      """
      SELECT count(DISTINCT (f.seq, COALESCE(f.event, '')))
      FROM fact f JOIN recount_state s ON s.seq = f.seq
      WHERE f.campaign = ? AND f.kind = ? AND s.place <> 'control'
        AND (f.kind <> 13 OR NOT s.refused)\
      """;

  private static final String REVENUE =
      """
      WITH compared AS (
        SELECT DISTINCT s.person, c.event_id, s.place,
          NULLIF(c.revenue_micros, -9223372036854775808) AS amount
        FROM conversion c JOIN recount_state s ON s.seq = c.seq
        WHERE c.campaign = ? AND (s.place = 'sent'
          OR s.place = 'control' AND s.ghost_sent AND s.reason IS NULL))
      SELECT COALESCE(sum(amount) FILTER (place = 'sent'), 0)::BIGINT AS target,
        COALESCE(sum(amount) FILTER (place = 'control'), 0)::BIGINT AS control,
        count(*) - count(amount) AS not_a_number
      FROM compared\
      """;

  private static final String SHARED =
      """
      SELECT count(DISTINCT s.person)
      FROM conversion c JOIN recount_state s ON s.seq = c.seq
      JOIN conversion o ON o.event_id = c.event_id AND o.campaign <> c.campaign
      WHERE c.campaign = ? AND s.place = 'sent'\
      """;

  private static final String VARIANTS =
      """
      SELECT variant, count(*) AS planned,
        count(*) FILTER (place = 'sent') AS sent,
        count(*) FILTER (place = 'sent' AND delivered) AS delivered,
        count(*) FILTER (viewed) AS viewed,
        count(*) FILTER (clicked) AS clicked,
        count(*) FILTER (replied AND NOT refused) AS replied,
        count(*) FILTER (place IN ('suppressed', 'dispatchErrors')
          OR place = 'sent' AND failed AND NOT delivered) AS errors,
        count(DISTINCT person) FILTER (place = 'sent' AND converted) AS converted
      FROM recount_state
      WHERE place <> 'control' AND variant IS NOT NULL
      GROUP BY variant\
      """;

  private Recounting() {}

  public static Recount of(DuckSession session, int campaign, ZoneId zone) throws SQLException {
    session.update(STATE, campaign);
    Map<String, Long> counts = new LinkedHashMap<>();
    session.each(SUMS, row -> counts.putAll(numbers(row, 1)));
    Map<String, Map<String, Long>> daily = new TreeMap<>();
    session.each(
        DAILY,
        row ->
            daily
                .computeIfAbsent(day(row.getLong(1), zone), any -> new TreeMap<>())
                .merge(row.getString(2), row.getLong(3), Long::sum),
        campaign);
    Map<String, Long> totals = new TreeMap<>();
    totals.put("clicked", session.number(EVENTS, campaign, 11));
    totals.put("botClicked", session.number(EVENTS, campaign, 12));
    totals.put("replied", session.number(EVENTS, campaign, 13));
    totals.put("sharedConverted", session.number(SHARED, campaign));
    Map<String, Long> revenue = new TreeMap<>();
    session.each(
        REVENUE,
        row -> {
          revenue.put("target", row.getLong("target"));
          revenue.put("control", row.getLong("control"));
          totals.put("revenueNotANumber", row.getLong("not_a_number"));
        },
        campaign);
    Map<String, Map<String, Long>> variants = new TreeMap<>();
    session.each(VARIANTS, row -> variants.put(row.getString("variant"), numbers(row, 2)));
    return new Recount(
        counts,
        grouped(session, "reason", "place = 'suppressed'"),
        grouped(session, "refused_code", "place = 'dispatchErrors'"),
        grouped(session, "failed_code", "place = 'sent' AND failed AND NOT delivered"),
        daily,
        totals,
        revenue,
        variants);
  }

  /** The numbers of a row by the names of their columns, from this one on. */
  private static Map<String, Long> numbers(ResultSet row, int firstColumn) throws SQLException {
    Map<String, Long> numbers = new TreeMap<>();
    ResultSetMetaData columns = row.getMetaData();
    for (int column = firstColumn; column <= columns.getColumnCount(); column++) {
      numbers.put(columns.getColumnLabel(column), row.getLong(column));
    }
    return numbers;
  }

  /** The local day of a minute: days begin and end with minutes in every zone of this century. */
  private static String day(long minute, ZoneId zone) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(minute * 60), zone).toString();
  }

  private static Map<String, Long> grouped(DuckSession session, String by, String where)
      throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    session.each(
        "SELECT "
            + by
            + ", count(*) FROM recount_state WHERE "
            + where
            + " GROUP BY ALL ORDER BY ALL",
        row -> counts.put(row.getString(1), row.getLong(2)));
    return counts;
  }
}
