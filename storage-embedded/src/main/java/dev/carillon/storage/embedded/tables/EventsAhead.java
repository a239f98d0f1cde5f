package dev.carillon.storage.embedded.tables;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.Staging;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBAppender;

/**
 * The events that were dated ahead when they were received and whose time has not come: they are
 * kept in {@code event} like others, stand in {@code event_ahead} beside, and are part of no goal
 * until they are taken out of it. For the applier's thread alone, but for {@link #next()}.
 */
public final class EventsAhead {
  /** A condition on events {@code e}: they are none of these. */
  public static final String NOT_AHEAD = "NOT EXISTS (FROM event_ahead a WHERE a.pos = e.pos)";

  /** The first of them: the latest time, and how many at most. */
  private static final String FIRST =
      "SELECT pos FROM event_ahead WHERE \"at\" <= ? ORDER BY \"at\", pos LIMIT ?";

  private static final Instant NEVER = Instant.MAX;

  private volatile Instant next = NEVER;
  private Instant nextAfterwards = NEVER;

  public void load(DuckSession session) throws SQLException {
    write(session);
    committed();
  }

  /** The time of the first of them; {@link Instant#MAX} when there is none. */
  public Instant next() {
    return next;
  }

  static boolean isAhead(UserEvent event) {
    return Micros.of(event.at()) > Micros.of(event.receivedAt());
  }

  /**
   * Keeps events back that were just written.
   *
   * @param times the times, in microseconds, by the rows' numbers
   */
  static void add(DuckSession session, Map<Long, Long> times) throws SQLException {
    if (times.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = session.appender("event_ahead")) {
      for (Map.Entry<Long, Long> event : times.entrySet()) {
        appender
            .beginRow()
            .append((long) event.getKey())
            .appendEpochMicros(event.getValue())
            .endRow();
      }
      appender.flush();
    }
  }

  /**
   * Takes out events whose time has come; their rows' numbers are in {@code stage_key} then.
   *
   * @return their names and times
   */
  public static Map<String, EventTable.Arrived> takeOut(DuckSession session, ApplyBatch.Due due)
      throws SQLException {
    Staging.keys(session, session.list(FIRST, row -> row.getLong(1), due.by(), due.most()));
    session.execute("DELETE FROM event_ahead WHERE pos IN (SELECT k FROM stage_key)");
    Map<String, EventTable.Arrived> names = new HashMap<>();
    session.each(
        "SELECT name, epoch_us(min(\"at\")), epoch_us(max(\"at\")) FROM event"
            + " WHERE pos IN (SELECT k FROM stage_key) GROUP BY name",
        row -> names.put(row.getString(1), new EventTable.Arrived(row.getLong(2), row.getLong(3))));
    return names;
  }

  /** Deletes the first event whose time has come; empty when it is gone already. */
  public static Optional<Entry> delete(DuckSession session, Instant by) throws SQLException {
    List<Long> first = session.list(FIRST, row -> row.getLong(1), by, 1);
    Staging.keys(session, first);
    Optional<Entry> event =
        session.first(
            """
            SELECT e.*, p.identity FROM event e JOIN profile p ON p.user_key = e.user_key
            WHERE e.pos IN (SELECT k FROM stage_key)\
            """,
            row -> {
              Identity identity = Identity.ofStored(row.getString("identity"));
              return new Entry.OfEvent(
                  new UserEvent(
                      identity,
                      identity.key(),
                      row.getString("name"),
                      row.getString("properties"),
                      row.getLong("event_id"),
                      DuckSession.instant(row, "at"),
                      DuckSession.instant(row, "received_at"),
                      row.getBoolean("trusted")));
            });
    session.execute("DELETE FROM event_ahead WHERE pos IN (SELECT k FROM stage_key)");
    session.execute("DELETE FROM event WHERE pos IN (SELECT k FROM stage_key)");
    return event;
  }

  /** Finds out what the transaction that is open leaves. */
  public void write(DuckSession session) throws SQLException {
    nextAfterwards =
        session
            .first(
                "SELECT min(\"at\") AS \"at\" FROM event_ahead",
                row -> Optional.ofNullable(DuckSession.instantOrNull(row, "at")))
            .flatMap(at -> at)
            .orElse(NEVER);
  }

  public void committed() {
    next = nextAfterwards;
  }
}
