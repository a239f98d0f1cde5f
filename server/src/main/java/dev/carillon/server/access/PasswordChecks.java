package dev.carillon.server.access;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many passwords are checked at once, as each check costs a tenth of a second of a core
 * by intention. Tries from known places have checks of their own, so that a flood of others neither
 * eats the machine nor keeps them waiting. Thread-safe.
 */
final class PasswordChecks {
  private static final int AT_ONCE =
      Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 1, 2);

  private final Lane known = new Lane(2 * AT_ONCE, Duration.ofSeconds(10));
  private final Lane unknown;

  PasswordChecks() {
    this(AT_ONCE, Duration.ofSeconds(3));
  }

  /**
   * @param unknownAtOnce how many tries from unknown places are checked at once
   * @param patience how long such a try waits for its turn
   */
  PasswordChecks(int unknownAtOnce, Duration patience) {
    unknown = new Lane(unknownAtOnce, patience);
  }

  /** The check's outcome; empty when there are too many, and nothing was checked. */
  <T> Optional<T> check(boolean fromKnownPlace, Supplier<T> check) {
    return (fromKnownPlace ? known : unknown).check(check);
  }

  private record Lane(Semaphore places, Duration patience) {
    private static final int MOST_WAITING = 50;

    Lane(int atOnce, Duration patience) {
      this(new Semaphore(atOnce, true), patience);
    }

    <T> Optional<T> check(Supplier<T> check) {
      if (!enter()) {
        return Optional.empty();
      }
      try {
        return Optional.of(check.get());
      } finally {
        places.release();
      }
    }

    private boolean enter() {
      try {
        return places.getQueueLength() < MOST_WAITING
            && places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
