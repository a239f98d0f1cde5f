package dev.carillon.testkit.sending;

import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that runs two hundred times as fast as time does. Unlike one that leaps, it gives several
 * nodes the same time for their work. Thread-safe.
 */
final class FastTime implements WaitingClock {
  private static final int FACTOR = 200;

  private final Instant start;
  private final long startedNanos = System.nanoTime();

  FastTime(Instant start) {
    this.start = start;
  }

  @Override
  public Instant instant() {
    return start.plusNanos((System.nanoTime() - startedNanos) * FACTOR);
  }

  @Override
  public void sleepUntil(Instant moment) throws InterruptedException {
    Duration left = Duration.between(instant(), moment);
    if (left.isPositive()) {
      Thread.sleep(left.dividedBy(FACTOR));
    }
  }
}
