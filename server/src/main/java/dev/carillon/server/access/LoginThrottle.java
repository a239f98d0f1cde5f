package dev.carillon.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows guessing down without locking anybody out. Each try takes a token from buckets that fill up
 * again one by one; where one is empty the try waits seconds, never longer for having failed often.
 * A try from a place that is known for the login has a bucket of its own, so that nobody else can
 * empty it. A try counts from its start, so that many at once gain nothing. Thread-safe.
 */
final class LoginThrottle {
  private final InstantSource clock;

  /** Of a login and one place: a known browser, or any address. */
  private final Buckets places = new Buckets(5, Duration.ofSeconds(20));

  /** Of an address that is not known for the login, over all names. */
  private final Buckets addresses = new Buckets(20, Duration.ofSeconds(2));

  /** Of a name, over all places that are not known for it. */
  private final Buckets names = new Buckets(50, Duration.ofSeconds(2));

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A try to sign in.
   *
   * @param name the login's name, folded; bounded in length
   * @param address where it comes from
   * @param browser the browser, if it is known for the login; else null
   * @param addressKnown whether the login signed in from the address lately
   */
  record Try(String name, String address, @Nullable String browser, boolean addressKnown) {
    boolean isKnown() {
      return browser != null || addressKnown;
    }

    private String place() {
      return name + (browser != null ? " browser " + browser : " address " + address);
    }
  }

  /** Zero when the try may go on, and counts; else how long to wait, and it counts nowhere. */
  synchronized Duration attempt(Try attempt) {
    Instant now = clock.instant();
    Duration wait = places.wait(attempt.place(), now);
    if (!attempt.isKnown()) {
      wait = longer(wait, addresses.wait(attempt.address, now));
      wait = longer(wait, names.wait(attempt.name, now));
    }
    if (wait.isZero()) {
      places.take(attempt.place(), now);
      if (!attempt.isKnown()) {
        addresses.take(attempt.address, now);
        names.take(attempt.name, now);
      }
    }
    return wait;
  }

  /** Nothing was checked, so the try does not count. */
  synchronized void takeBack(Try attempt) {
    places.giveBack(attempt.place());
    if (!attempt.isKnown()) {
      addresses.giveBack(attempt.address);
      names.giveBack(attempt.name);
    }
  }

  /** The try was no failure; those before it from the same place are forgiven. */
  synchronized void succeeded(Try attempt) {
    takeBack(attempt);
    places.fill(attempt.place());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /**
   * Buckets of tokens by key, each as the moment at which it is full again. The least recently used
   * are forgotten beyond a number that {@link PasswordChecks} cannot reach before they are full.
   */
  private static final class Buckets {
    private static final int MOST_KEPT = 10_000;

    private final int tokens;
    private final Duration refill;
    private final Map<String, Instant> fullAt =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_KEPT;
          }
        };

    Buckets(int tokens, Duration refill) {
      this.tokens = tokens;
      this.refill = refill;
    }

    /** Until there is a token; zero when there is one. */
    Duration wait(String key, Instant now) {
      Instant full = fullAt.get(key);
      Duration wait =
          full == null
              ? Duration.ZERO
              : Duration.between(now, full).minus(refill.multipliedBy(tokens - 1L));
      return wait.isNegative() ? Duration.ZERO : wait;
    }

    void take(String key, Instant now) {
      Instant full = fullAt.get(key);
      fullAt.put(key, (full == null || full.isBefore(now) ? now : full).plus(refill));
    }

    void giveBack(String key) {
      fullAt.computeIfPresent(key, (_, full) -> full.minus(refill));
    }

    void fill(String key) {
      fullAt.remove(key);
    }
  }
}
