package dev.carillon.engine.dispatch;

import java.time.InstantSource;

/** Counts happenings, and tells how many a second there were in the last ten. Thread-safe. */
final class RateMeter {
  private static final int SECONDS = 10;

  private final InstantSource clock;
  private final long[] buckets = new long[SECONDS + 1];
  private final long firstSecond;
  private long lastSecond;
  private long total;

  RateMeter(InstantSource clock) {
    this.clock = clock;
    this.firstSecond = clock.instant().getEpochSecond();
    this.lastSecond = firstSecond;
  }

  synchronized void count() {
    turn();
    buckets[(int) (lastSecond % buckets.length)]++;
    total++;
  }

  synchronized long total() {
    return total;
  }

  /** The mean of the last full seconds. */
  synchronized double perSecond() {
    turn();
    long sum = 0;
    for (long bucket : buckets) {
      sum += bucket;
    }
    long full = Math.min(SECONDS, lastSecond - firstSecond);
    if (full == 0) {
      return sum;
    }
    return (double) (sum - buckets[(int) (lastSecond % buckets.length)]) / full;
  }

  private void turn() {
    long second = clock.instant().getEpochSecond();
    if (second - lastSecond > buckets.length) {
      lastSecond = second - buckets.length;
    }
    while (lastSecond < second) {
      lastSecond++;
      buckets[(int) (lastSecond % buckets.length)] = 0;
    }
  }
}
