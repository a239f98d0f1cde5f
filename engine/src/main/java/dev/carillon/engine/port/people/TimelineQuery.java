package dev.carillon.engine.port.people;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a user's timeline is wanted.
 *
 * @param kinds the kinds of entries
 * @param before only what comes before this place; null for the latest
 * @param limit the most entries
 */
public record TimelineQuery(Set<Timeline.Kind> kinds, @Nullable TimelinePlace before, int limit) {
  public TimelineQuery {
    kinds = Set.copyOf(kinds);
  }

  /** All kinds, before a moment. */
  public static TimelineQuery before(Instant at, int limit) {
    return new TimelineQuery(
        Set.of(Timeline.Kind.values()),
        new TimelinePlace(at, Integer.MIN_VALUE, Long.MIN_VALUE),
        limit);
  }
}
