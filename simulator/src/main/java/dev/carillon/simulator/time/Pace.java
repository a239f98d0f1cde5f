package dev.carillon.simulator.time;

import java.time.Duration;
import java.time.Instant;

/** How the simulated time moves on. */
sealed interface Pace {

  /** The current simulated instant. */
  Instant instant();

  /** Nanoseconds of wall time until {@code due}; zero or less when it has come. */
  long nanosUntil(Instant due);

  /** Time is stopped until it is advanced. */
  record Stopped(Instant at) implements Pace {
    @Override
    public Instant instant() {
      return at;
    }

    @Override
    public long nanosUntil(Instant due) {
      return due.isAfter(at) ? Long.MAX_VALUE : 0;
    }
  }

  /** Time runs {@code speed} times as fast as the wall clock, from {@code from} on. */
  record Running(Instant from, long startedNanos, double speed) implements Pace {
    @Override
    public Instant instant() {
      return from.plusNanos((long) ((System.nanoTime() - startedNanos) * speed));
    }

    @Override
    public long nanosUntil(Instant due) {
      return (long) (saturatedNanos(instant(), due) / speed);
    }
  }

  /** Time is the wall clock's, but never before {@code notBefore}. */
  record Wall(Instant notBefore) implements Pace {
    @Override
    public Instant instant() {
      Instant now = Instant.now();
      return now.isBefore(notBefore) ? notBefore : now;
    }

    @Override
    public long nanosUntil(Instant due) {
      return saturatedNanos(Instant.now(), due);
    }
  }

  private static long saturatedNanos(Instant from, Instant to) {
    Duration gap = Duration.between(from, to);
    return gap.compareTo(Duration.ofDays(30)) > 0
        ? Duration.ofDays(30).toNanos()
        : Math.max(0, gap.toNanos());
  }
}
