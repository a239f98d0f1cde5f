package dev.carillon.storage.embedded.query;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.people.MessageLife;
import dev.carillon.engine.port.people.MessagePerson;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.port.work.RecentSends;
import dev.carillon.engine.port.work.SendState;
import dev.carillon.storage.embedded.audience.ZoneSql;
import dev.carillon.storage.embedded.callbacks.CallbackPacks;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactKindSql;
import dev.carillon.storage.embedded.tables.FactTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads messages: those to be sent, the life of one, the people behind some. */
public final class MessageReader {
  private final DuckDatabase database;

  public MessageReader(DuckDatabase database) {
    this.database = database;
  }

  public List<Outgoing> outgoing(int campaign, int fromSeq, int toSeq) {
    return database.read(
        session ->
            session.list(
                FactKindSql.coded(
                        """
                WITH try AS (
                  SELECT seq, detail, bool_or(kind = {ATTEMPTED}) AS begun, bool_or(kind = {RETURNED}) AS returned
                  FROM fact
                  WHERE campaign = $1 AND seq >= $2 AND seq < $3 AND kind IN ({ATTEMPTED}, {RETURNED})
                  GROUP BY seq, detail),
                tries AS (
                  SELECT seq, count(*) FILTER (begun) AS begun, bool_or(begun AND NOT returned) AS open
                  FROM try GROUP BY seq),
                done AS (
                  SELECT DISTINCT seq FROM fact
                  WHERE campaign = $1 AND seq >= $2 AND seq < $3
                    AND kind IN ({ENDS}))
                SELECT m.seq, m.address, m.control, m.variant, p.identity, p.properties,
                  d.seq IS NOT NULL AS done, COALESCE(t.open, FALSE) AS open,
                  COALESCE(t.begun, 0) AS tries, m.not_before, %s AS zone
                FROM message m
                JOIN profile p ON p.user_key = m.user_key
                LEFT JOIN tries t ON t.seq = m.seq
                LEFT JOIN done d ON d.seq = m.seq
                WHERE m.campaign = $1 AND m.seq >= $2 AND m.seq < $3
                  AND m.suppression IS NULL AND m.address IS NOT NULL
                ORDER BY m.seq""")
                    .formatted(ZoneSql.text("p.properties")),
                MessageReader::outgoing,
                campaign,
                fromSeq,
                toSeq));
  }

  private static Outgoing outgoing(ResultSet row) throws SQLException {
    SendState state =
        row.getBoolean("done")
            ? SendState.DONE
            : row.getBoolean("open") ? SendState.UNCERTAIN : SendState.OPEN;
    return new Outgoing(
        row.getInt("seq"),
        row.getString("address"),
        row.getBoolean("control"),
        row.getInt("variant"),
        Identity.ofStored(row.getString("identity")),
        row.getString("properties"),
        state,
        row.getInt("tries"),
        DuckSession.instantOrNull(row, "not_before"),
        row.getString("zone"));
  }

  public Map<Integer, Long> users(int campaign, int fromSeq, int toSeq) {
    return new RecentReader(database).users(campaign, fromSeq, toSeq);
  }

  public RecentSends recentSends(
      int campaign, int fromSeq, int toSeq, Channel channel, Instant since) {
    return new RecentReader(database).read(campaign, fromSeq, toSeq, channel, since);
  }

  public Optional<MessageLife> life(MessageRef message) {
    return database.read(
        session -> {
          List<Fact> facts =
              session.list(
                  "SELECT * FROM fact WHERE campaign = ? AND seq = ? ORDER BY \"at\", pos",
                  FactTable::read,
                  message.campaign(),
                  message.seq());
          List<GoalEvent> goalEvents =
              session.list(
                  "SELECT * FROM conversion WHERE campaign = ? AND seq = ? ORDER BY \"at\", pos",
                  row ->
                      new GoalEvent(
                          message.campaign(),
                          message.seq(),
                          row.getLong("event_id"),
                          DuckSession.instant(row, "at"),
                          row.getLong("revenue_micros")),
                  message.campaign(),
                  message.seq());
          List<Entry.RawCallback> callbacks =
              CallbackPacks.read(
                  session,
                  facts.stream().mapToLong(Fact::inbox).filter(id -> id > 0).distinct().toArray());
          return session.first(
              """
              SELECT m.*, p.identity, s."at" AS sent_at
              FROM message m LEFT JOIN profile p ON p.user_key = m.user_key
              LEFT JOIN send s ON s.campaign = m.campaign AND s.seq = m.seq
              WHERE m.campaign = ? AND m.seq = ?""",
              row -> life(message, row, facts, goalEvents, callbacks),
              message.campaign(),
              message.seq());
        });
  }

  private static MessageLife life(
      MessageRef message,
      ResultSet row,
      List<Fact> facts,
      List<GoalEvent> goalEvents,
      List<Entry.RawCallback> callbacks)
      throws SQLException {
    String suppression = row.getString("suppression");
    return new MessageLife(
        message,
        row.getInt("run"),
        row.getLong("user_key"),
        identity(row),
        row.getString("address"),
        row.getBoolean("control"),
        row.getInt("variant"),
        suppression == null ? null : SuppressionReason.ofKey(suppression),
        DuckSession.instant(row, "planned_at"),
        DuckSession.instantOrNull(row, "sent_at"),
        facts,
        goalEvents,
        callbacks);
  }

  /** The user's identity; null when he was deleted. */
  private static @Nullable Identity identity(ResultSet row) throws SQLException {
    String stored = row.getString("identity");
    return stored == null ? null : Identity.ofStored(stored);
  }

  public List<MessagePerson> people(int campaign, int[] seqs) {
    Map<Integer, MessagePerson> people = new HashMap<>();
    database.read(
        session -> {
          session.each(
              """
              SELECT m.seq, m.run, m.address, p.identity, p.name
              FROM message m LEFT JOIN profile p ON p.user_key = m.user_key
              WHERE m.campaign = ? AND m.seq IN (SELECT unnest(?::INTEGER[]))""",
              row ->
                  people.put(
                      row.getInt("seq"),
                      new MessagePerson(
                          row.getInt("seq"),
                          identity(row),
                          row.getString("name"),
                          row.getString("address"),
                          row.getInt("run"))),
              campaign,
              seqs);
          return people;
        });
    ArrayList<MessagePerson> ordered = new ArrayList<>(seqs.length);
    for (int seq : seqs) {
      MessagePerson person = people.get(seq);
      if (person != null) {
        ordered.add(person);
      }
    }
    return ordered;
  }
}
