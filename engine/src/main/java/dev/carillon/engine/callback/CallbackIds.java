package dev.carillon.engine.callback;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers raw callbacks: milliseconds since 1970 in the upper 42 bits, and below them a count that
 * begins at random in each process, so that numbers grow with time, and neither a restart nor
 * another node gives one again. Thread-safe.
 */
final class CallbackIds {
  private static final int COUNT_BITS = 21;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private final InstantSource clock;
  private final AtomicLong last = new AtomicLong();
  private final long start = ThreadLocalRandom.current().nextLong(COUNT_MASK / 2);

  CallbackIds(InstantSource clock) {
    this.clock = clock;
  }

  long next() {
    long earliest = (clock.millis() << COUNT_BITS) + start;
    return last.updateAndGet(before -> Math.max(before + 1, earliest));
  }
}
