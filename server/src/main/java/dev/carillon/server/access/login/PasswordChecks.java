package dev.carillon.server.access.login;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many passwords from known places are checked at once, as each check costs a tenth of a
 * second of a core by intention. Others are checked in {@link LoginQueue}, so that a flood of them
 * neither eats the machine nor keeps known places waiting. Thread-safe.
 */
public final class PasswordChecks {
  /** Tries from places that are not known; a quarter of the cores. */
  static final int UNKNOWN_AT_ONCE =
      Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 1, 2);

  private static final int MOST_WAITING = 50;

  private final Semaphore places;
  private final Duration patience;

  public PasswordChecks() {
    this(2 * UNKNOWN_AT_ONCE, Duration.ofSeconds(10));
  }

  /**
   * @param atOnce how many are checked at once
   * @param patience how long a try waits for its turn
   */
  PasswordChecks(int atOnce, Duration patience) {
    this.places = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  /** The check's outcome; empty when there are too many, and nothing was checked. */
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
