package dev.carillon.server.integration.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads, and fails when it does not come in time. */
public final class Await {
  /** Longer than anything takes that is not stuck. */
  public static final Duration LONG = Duration.ofMinutes(1);

  private static final long BETWEEN_LOOKS = Duration.ofMillis(20).toNanos();

  private Await() {}

  /** Looks again and again until the condition holds. */
  public static void until(String what, Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + atMost + " in vain until " + what);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
  }
}
