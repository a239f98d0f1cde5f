package dev.carillon.storage.embedded.facts;

import dev.carillon.core.user.UserEvent;
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
final class EventTable {

  /** Events of one name that a batch brought: how many rows, and when they happened. */
  record Arrived(long fromMicros, long toMicros) {
    Arrived with(long at) {
      return new Arrived(Math.min(fromMicros, at), Math.max(toMicros, at));
    }
  }

  /** An event and the key under which it is kept. */
  record Keyed(UserEvent event, long userKey) {}

  private static final long LEAST_IN_FILTER = 1_000_000;
  private static final double FALSE_POSITIVES = 0.0001;

  private @Nullable KeyFilter filter;

  /** Writes the events that are not there; returns the new ones' names and times. */
  Map<String, Arrived> append(DuckSession session, List<Keyed> events, Progress progress)
      throws SQLException {
    HashMap<String, Arrived> arrived = new HashMap<>();
    if (events.isEmpty()) {
      return arrived;
    }
    List<Keyed> fresh = fresh(session, events);
    try (DuckDBAppender appender = session.appender("event")) {
      for (Keyed keyed : fresh) {
        UserEvent event = keyed.event();
        long at = Micros.of(event.at());
        appender
            .beginRow()
            .append(progress.nextRow())
            .append(event.eventId())
            .append(keyed.userKey())
            .append(event.name())
            .appendEpochMicros(at)
            .appendEpochMicros(Micros.of(event.receivedAt()))
            .append(JsonText.mended(event.properties()))
            .endRow();
        arrived.merge(event.name(), new Arrived(at, at), (known, one) -> known.with(at));
      }
      appender.flush();
    }
    return arrived;
  }

  private List<Keyed> fresh(DuckSession session, List<Keyed> events) throws SQLException {
    KeyFilter known = filter(session);
    ArrayList<Keyed> fresh = new ArrayList<>(events.size());
    ArrayList<Keyed> doubtful = new ArrayList<>();
    for (Keyed keyed : events) {
      long id = keyed.event().eventId();
      if (known.mayContain(id)) {
        doubtful.add(keyed);
      } else {
        known.add(id);
        fresh.add(keyed);
      }
    }
    if (!doubtful.isEmpty()) {
      Set<Long> there = there(session, doubtful);
      fresh.forEach(keyed -> there.add(keyed.event().eventId()));
      for (Keyed keyed : doubtful) {
        if (there.add(keyed.event().eventId())) {
          fresh.add(keyed);
        }
      }
    }
    return fresh;
  }

  private static Set<Long> there(DuckSession session, List<Keyed> doubtful) throws SQLException {
    HashSet<Long> there = new HashSet<>();
    Staging.keys(session, doubtful.stream().map(keyed -> keyed.event().eventId()).toList());
    session.each(
        "SELECT event_id FROM event WHERE event_id IN (SELECT k FROM stage_key)",
        row -> there.add(row.getLong(1)));
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
