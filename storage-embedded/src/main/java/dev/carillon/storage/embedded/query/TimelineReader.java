package dev.carillon.storage.embedded.query;

import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.port.people.Timeline;
import dev.carillon.engine.port.people.TimelinePlace;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactKindSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads what happened with a user: events, what became of messages, and what happened in
 * conversations, in one order. Facts that were told more than once are one entry. Of an event from
 * before there were limits that is far beyond them only the size is read.
 */
final class TimelineReader {
  private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

  private static final String ENTRIES =
      FactKindSql.coded(
              """
      WITH mine AS (
        SELECT campaign, seq, control, suppression, planned_at FROM message WHERE user_key = $1),
      own_number AS (
        SELECT TRY_CAST(address AS BIGINT) AS k FROM endpoint
        WHERE user_key = $1 AND left_at IS NULL
        UNION SELECT TRY_CAST(a.provider_address AS BIGINT)
          FROM address_alias a JOIN endpoint e ON e.address = a.address
          WHERE e.user_key = $1 AND e.left_at IS NULL),
      told AS (
        SELECT m.campaign, m.seq, m.control, f.detail, f.event, f."at", f.pos, f.text,
          CASE f.kind WHEN {SUPPRESSED} THEN 'suppressed' WHEN {ACCEPTED} THEN 'sent'
            WHEN {REFUSED} THEN 'dispatchError' WHEN {GHOST_SENT} THEN 'heldOut'
            WHEN {RECEIPT_SENT} THEN 'sent' WHEN {RECEIPT_DELIVERED} THEN 'delivered'
            WHEN {RECEIPT_FAILED} THEN 'deliveryError' WHEN {VIEWED} THEN 'viewed'
            WHEN {CLICKED} THEN 'clicked' WHEN {REPLIED} THEN 'replied'
            ELSE 'converted' END AS kind
        FROM fact f JOIN mine m ON m.campaign = f.campaign AND m.seq = f.seq
        WHERE f.kind IN ({SUPPRESSED}, {ACCEPTED}, {REFUSED}, {GHOST_SENT}, {RECEIPT_SENT},
          {RECEIPT_DELIVERED}, {RECEIPT_FAILED}, {VIEWED}, {CLICKED}, {REPLIED}, {CONVERTED})),
      entry AS (
        SELECT "at", 2 AS source, pos AS id, 'event' AS kind, 0 AS campaign, 0 AS seq,
          FALSE AS control, name AS detail,
          CASE WHEN strlen(properties) <= %d THEN properties
            ELSE '{"$bytes":' || strlen(properties) || '}' END AS text
        FROM event WHERE user_key = $1 AND pos >= $2
        UNION ALL
        SELECT min("at"), 1, min(pos), kind, campaign, seq, control, min(detail), min(text)
        FROM told
        GROUP BY kind, campaign, seq, control,
          CASE WHEN kind IN ('clicked', 'replied', 'converted') THEN event END
        UNION ALL
        SELECT planned_at, 0, campaign::BIGINT * 2147483648 + seq,
          CASE WHEN suppression IS NULL THEN 'planned' ELSE 'suppressed' END,
          campaign, seq, control, suppression, NULL
        FROM mine
        UNION ALL
        SELECT min(i."at"), 3, min(i.pos), 'incoming', 0, 0, FALSE, min(i.type), min(i.text)
        FROM incoming i
        WHERE i.address_hash IN (SELECT k FROM own_number)
          AND NOT i.reply
        GROUP BY i.connection, i.message_id)
      SELECT * FROM entry
      WHERE ("at" < $3 OR ("at" = $3 AND (source < $4
        OR (source = $4 AND id < $5)))) AND kind IN (\
      """)
          .formatted(2 * DataLimits.RECORD_BYTES);

  private static final String LATEST =
      """
      ) ORDER BY "at" DESC, source DESC, id DESC LIMIT $6\
      """;

  private record Placed(TimelinePlace place, Timeline.Entry entry) {}

  private TimelineReader() {}

  static Timeline read(DuckSession session, long userKey, TimelineQuery query) throws SQLException {
    if (query.kinds().isEmpty()) {
      return new Timeline(List.of(), null);
    }
    TimelinePlace before = query.before();
    List<Placed> placed =
        session.list(
            ENTRIES + kinds(query) + LATEST,
            TimelineReader::read,
            userKey,
            session.number("SELECT first_pos FROM profile WHERE user_key = ?", userKey),
            before == null ? END : before.at(),
            before == null ? 0 : before.source(),
            before == null ? 0L : before.id(),
            query.limit() + 1);
    List<Placed> shown = placed.subList(0, Math.min(query.limit(), placed.size()));
    return new Timeline(
        shown.stream().map(Placed::entry).toList(),
        placed.size() > query.limit() ? shown.getLast().place() : null);
  }

  /** The kinds' own names, which nobody outside can choose. */
  private static String kinds(TimelineQuery query) {
    return query.kinds().stream()
        .map(kind -> "'" + kind.key() + "'")
        .collect(Collectors.joining(", "));
  }

  private static Placed read(ResultSet row) throws SQLException {
    Instant at = DuckSession.instant(row, "at");
    Timeline.Kind kind = Timeline.Kind.ofKey(row.getString("kind")).orElseThrow();
    String detail = row.getString("detail");
    String text = row.getString("text");
    Timeline.Entry entry =
        switch (kind) {
          case EVENT -> new Timeline.Did(at, detail, text);
          case INCOMING -> new Timeline.Incoming(at, detail, text);
          default ->
              new Timeline.OfMessage(
                  at,
                  new MessageRef(row.getInt("campaign"), row.getInt("seq")),
                  kind,
                  row.getBoolean("control"),
                  detail,
                  text);
        };
    return new Placed(new TimelinePlace(at, row.getInt("source"), row.getLong("id")), entry);
  }
}
