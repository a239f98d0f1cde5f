package dev.carillon.storage.embedded.crash;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads, and fails when it does not come. */
public final class Awaiting {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final long BETWEEN_LOOKS = Duration.ofMillis(10).toNanos();

  private Awaiting() {}

  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + LONG + " in vain");
      }
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
  }
}
