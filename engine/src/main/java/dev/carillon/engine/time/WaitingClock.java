package dev.carillon.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that can also be waited on, so that waiting follows the same time as everything else. */
public interface WaitingClock extends InstantSource {

  /** Returns when the clock shows the moment or later; at once when it does already. */
  void sleepUntil(Instant moment) throws InterruptedException;

  /** Waits this long by the clock. */
  default void sleep(Duration time) throws InterruptedException {
    sleepUntil(instant().plus(time));
  }

  /** The machine's clock. */
  static WaitingClock system() {
    InstantSource system = InstantSource.system();
    return new WaitingClock() {
      @Override
      public Instant instant() {
        return system.instant();
      }

      @Override
      public void sleepUntil(Instant moment) throws InterruptedException {
        Duration left = Duration.between(instant(), moment);
        if (left.isPositive()) {
          Thread.sleep(left);
        }
      }
    };
  }
}
