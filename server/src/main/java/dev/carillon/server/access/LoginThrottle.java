package dev.carillon.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows guessing down: after a few failures each further attempt at the same name, or from the same
 * address, must wait, twice as long every time. An attempt counts as a failure from its start, so
 * that many at once gain nothing; success forgets the name's failures. Thread-safe.
 */
final class LoginThrottle {
  private static final int FREE_FOR_A_NAME = 5;
  private static final int FREE_FOR_AN_ADDRESS = 20;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  private static final int MOST_KEPT = 10_000;

  private final InstantSource clock;
  private final Map<String, Attempts> names = new Kept();
  private final Map<String, Attempts> addresses = new Kept();

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /** Zero when the attempt may go on, and counts; else how long to wait. */
  synchronized Duration attempt(String name, String address) {
    Instant now = clock.instant();
    Duration wait = longer(wait(names.get(name), now), wait(addresses.get(address), now));
    if (wait.isZero()) {
      names.put(name, next(names.get(name), FREE_FOR_A_NAME, now));
      addresses.put(address, next(addresses.get(address), FREE_FOR_AN_ADDRESS, now));
    }
    return wait;
  }

  /** The attempt was no failure. */
  synchronized void succeeded(String name, String address) {
    names.remove(name);
    Attempts attempts = addresses.get(address);
    if (attempts != null) {
      addresses.put(address, new Attempts(attempts.count - 1, attempts.last, Instant.MIN));
    }
  }

  private static Duration wait(@Nullable Attempts attempts, Instant now) {
    return attempts == null || !now.isBefore(attempts.blockedUntil)
        ? Duration.ZERO
        : Duration.between(now, attempts.blockedUntil);
  }

  private static Attempts next(@Nullable Attempts before, int free, Instant now) {
    int count =
        before == null || before.last.plus(FORGOTTEN_AFTER).isBefore(now) ? 1 : before.count + 1;
    if (count < free) {
      return new Attempts(count, now, Instant.MIN);
    }
    long factor = 1L << Math.min(count - free, 20);
    Duration wait = FIRST_WAIT.multipliedBy(factor);
    return new Attempts(
        count, now, now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private record Attempts(int count, Instant last, Instant blockedUntil) {}

  /** Forgets those that were tried longest ago when there are too many. */
  private static final class Kept extends LinkedHashMap<String, Attempts> {
    private static final long serialVersionUID = 1L;

    Kept() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
      return size() > MOST_KEPT;
    }
  }
}
