package dev.carillon.engine.dispatch.sender;

import java.time.InstantSource;

/** Counts events, and says how many a second there were in the last ten. Thread-safe. */
public final class ThroughputMeter {
  private static final int SECONDS = 10;

  private final InstantSource clock;
  private final long[] buckets = new long[SECONDS + 1];
  private final long firstSecond;
  private long lastSecond;
  private long total;

  public ThroughputMeter(InstantSource clock) {
    this.clock = clock;
    this.firstSecond = clock.instant().getEpochSecond();
    this.lastSecond = firstSecond;
  }

  public synchronized void count() {
    turn();
    buckets[(int) (lastSecond % buckets.length)]++;
    total++;
  }

  public synchronized long total() {
    return total;
  }

  /** The mean of the last full seconds. */
  public synchronized double perSecond() {
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
