package dev.carillon.testkit;

import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock that does not move until it is set, and that leaps to whatever moment somebody waits for,
 * so that tests never sleep. Thread-safe.
 */
public final class SettableTime implements WaitingClock {
  /** Real time, so that threads that only wait leave the processor to those that work. */
  private static final long BREATH_NANOS = 20_000;

  private Instant now;

  public SettableTime(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  public synchronized void set(Instant moment) {
    now = moment;
  }

  public synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public void sleepUntil(Instant moment) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    synchronized (this) {
      if (moment.isAfter(now)) {
        now = moment;
      }
    }
    LockSupport.parkNanos(BREATH_NANOS);
  }
}
