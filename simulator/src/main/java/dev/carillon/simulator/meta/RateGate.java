package dev.carillon.simulator.meta;

import java.time.Duration;
import java.time.Instant;

/**
 * Allows a burst and then one at a time, each paying back its share of the burst (the generic cell
 * rate algorithm). Thread-safe.
 */
final class RateGate {

  private final Duration interval;
  private final Duration tolerance;
  private Instant theoreticalArrival = Instant.EPOCH;

  /**
   * @param burst how many may pass at one instant, at least 1
   * @param interval after which one more may pass
   */
  RateGate(int burst, Duration interval) {
    this.interval = interval;
    this.tolerance = interval.multipliedBy(burst - 1L);
  }

  /** Whether one may pass at {@code now}; if so, it counts. */
  synchronized boolean pass(Instant now) {
    Instant arrival = theoreticalArrival.isAfter(now) ? theoreticalArrival : now;
    if (Duration.between(now, arrival).compareTo(tolerance) > 0) {
      return false;
    }
    theoreticalArrival = arrival.plus(interval);
    return true;
  }
}
