package dev.carillon.storage.embedded.tables;

import dev.carillon.core.user.UserEvent;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.JsonRepair;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.Staging;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of {@code event}, each event id once. A filter in memory spares almost all looks into
 * the store; what it does not rule out is looked up exactly. For the applier's thread alone.
 */
public final class EventTable {

  /** Events of one name that a batch brought: how many rows, and when they happened. */
  public record Arrived(long fromMicros, long toMicros) {
    Arrived with(long at) {
      return new Arrived(Math.min(fromMicros, at), Math.max(toMicros, at));
    }
  }

  /** An event and the key under which it is kept. */
  public record Keyed(UserEvent event, long userKey) {}

  private static final long LEAST_IN_FILTER = 1_000_000;
  private static final double FALSE_POSITIVES = 0.0001;

  private @Nullable KeyFilter filter;

  /**
   * Writes the events that are not there.
   *
   * @return names and times of the new ones, but for those that lie ahead
   */
  public Map<String, Arrived> append(
      DuckSession session, List<Keyed> events, ApplyProgress progress) throws SQLException {
    HashMap<String, Arrived> arrived = new HashMap<>();
    if (events.isEmpty()) {
      return arrived;
    }
    List<Keyed> fresh = fresh(session, events);
    HashMap<Long, Long> ahead = new HashMap<>();
    boolean anyPublic = false;
    try (DuckDBAppender appender = session.appender("event")) {
      for (Keyed keyed : fresh) {
        UserEvent event = keyed.event();
        long pos = progress.nextRow();
        long at = Micros.of(event.at());
        appender
            .beginRow()
            .append(pos)
            .append(event.eventId())
            .append(keyed.userKey())
            .append(event.name())
            .appendEpochMicros(at)
            .appendEpochMicros(Micros.of(event.receivedAt()))
            .append(JsonRepair.repaired(event.properties()))
            .append(event.trusted())
            .endRow();
        anyPublic |= !event.trusted();
        if (EventsAhead.isAhead(event)) {
          ahead.put(pos, at);
        } else {
          arrived.merge(event.name(), new Arrived(at, at), (known, one) -> known.with(at));
        }
      }
      appender.flush();
    }
    if (anyPublic) {
      notePublic(session, progress);
    }
    EventsAhead.add(session, ahead);
    return arrived;
  }

  /** Remembers which names came by keys of apps and pages. */
  private static void notePublic(DuckSession session, ApplyProgress progress) throws SQLException {
    session.update(
        """
        INSERT INTO public_event
        SELECT DISTINCT name FROM event e WHERE pos > ? AND NOT trusted
          AND NOT EXISTS (FROM public_event p WHERE p.name = e.name)\
        """,
        progress.rowBefore());
  }

  private List<Keyed> fresh(DuckSession session, List<Keyed> events) throws SQLException {
    KeyFilter known = filter(session);
    ArrayList<Keyed> fresh = new ArrayList<>(events.size());
    ArrayList<Keyed> doubtful = new ArrayList<>();
    for (Keyed keyed : events) {
      (known.add(keyed.event().eventId()) ? fresh : doubtful).add(keyed);
    }
    if (!doubtful.isEmpty()) {
      Map<Long, Boolean> there = there(session, doubtful);
      fresh.forEach(keyed -> there.put(keyed.event().eventId(), keyed.event().trusted()));
      Set<Long> replaced = new HashSet<>();
      for (Keyed keyed : doubtful) {
        UserEvent event = keyed.event();
        Boolean trusted = there.get(event.eventId());
        if (trusted == null || (event.trusted() && !trusted)) {
          if (trusted != null) {
            replaced.add(event.eventId());
          }
          there.put(event.eventId(), event.trusted());
          fresh.add(keyed);
        }
      }
      replace(session, fresh, replaced);
    }
    return fresh;
  }

  /** What a trusted source says takes the place of the same from an app or a page. */
  private static void replace(DuckSession session, List<Keyed> fresh, Set<Long> replaced)
      throws SQLException {
    if (replaced.isEmpty()) {
      return;
    }
    fresh.removeIf(keyed -> !keyed.event().trusted() && replaced.contains(keyed.event().eventId()));
    Staging.keys(session, replaced);
    session.execute(
        """
        DELETE FROM event_ahead WHERE pos IN (
          SELECT pos FROM event WHERE event_id IN (SELECT k FROM stage_key))\
        """);
    session.execute("DELETE FROM event WHERE event_id IN (SELECT k FROM stage_key)");
  }

  /** Which of the events are there, and whether their sources are trusted. */
  private static Map<Long, Boolean> there(DuckSession session, List<Keyed> doubtful)
      throws SQLException {
    HashMap<Long, Boolean> there = new HashMap<>();
    Staging.keys(session, doubtful.stream().map(keyed -> keyed.event().eventId()).toList());
    session.each(
        "SELECT event_id, trusted FROM event WHERE event_id IN (SELECT k FROM stage_key)",
        row -> there.put(row.getLong(1), row.getBoolean(2)));
    return there;
  }

  private KeyFilter filter(DuckSession session) throws SQLException {
    KeyFilter existing = filter;
    if (existing != null) {
      return existing;
    }
    KeyFilter made =
        new KeyFilter(
            session.number("SELECT count(*) FROM event"), LEAST_IN_FILTER, FALSE_POSITIVES);
    session.chunks(
        "SELECT event_id FROM event",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            made.add(chunk.vector(0).getLong(i));
          }
        });
    filter = made;
    return made;
  }
}
