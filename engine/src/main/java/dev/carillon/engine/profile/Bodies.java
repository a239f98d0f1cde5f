package dev.carillon.engine.profile;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that spoke of a property at one time, and when each arrived first, so that one that
 * comes again is recognised. The latest {@value #KEPT} are kept. Not thread-safe.
 */
final class Bodies {
  static final int KEPT = 100;

  private final TreeMap<Long, Long> arrivals = new TreeMap<>();

  /** When a body arrived first, in microseconds since 1970; null when it is not known. */
  @Nullable Long arrival(long body) {
    return arrivals.get(body);
  }

  void hear(Turn turn) {
    if (turn.isPlaced()) {
      hear(turn.body(), turn.arrivedAt());
    }
  }

  void hear(long body, long arrivedAt) {
    arrivals.merge(body, arrivedAt, Math::min);
    if (arrivals.size() > KEPT) {
      arrivals.entrySet().stream()
          .min(Map.Entry.<Long, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
          .ifPresent(earliest -> arrivals.remove(earliest.getKey()));
    }
  }

  void hearAll(Bodies others) {
    others.arrivals.forEach(this::hear);
  }

  void forget() {
    arrivals.clear();
  }

  /** All of them, by name. */
  Map<Long, Long> arrivals() {
    return arrivals;
  }
}
