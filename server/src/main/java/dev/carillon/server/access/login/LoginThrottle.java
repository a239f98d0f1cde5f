package dev.carillon.server.access.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Slows guessing down without locking anybody out. Each try takes a token from buckets that fill up
 * again one by one; there is the next one after seconds, never later for having failed often. A try
 * from a place that is known for the login has its own bucket, which no one else can empty. A try
 * counts from its start, so that many at once gain nothing. Thread-safe.
 */
public final class LoginThrottle {
  private final InstantSource clock;

  /** Of a login and one place that is known for it. */
  private final TokenBuckets places = new TokenBuckets(5, Duration.ofSeconds(20));

  /** Of an address, over all names. */
  private final TokenBuckets addresses = new TokenBuckets(20, Duration.ofSeconds(2));

  /** Of a name, over all addresses. */
  private final TokenBuckets names = new TokenBuckets(50, Duration.ofSeconds(2));

  public LoginThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A place that is known for a login.
   *
   * @param login the login's name
   * @param place a browser, an address, or that somebody is signed in
   */
  record KnownPlace(String login, String place) {
    private String key() {
      return login + " " + place;
    }
  }

  /**
   * A try to sign in from a place that may be anybody's.
   *
   * @param name the login's name, folded; bounded in length
   * @param address where it comes from
   */
  public record Try(String name, String address) {}

  /** Zero when a try from there may go on, and counts; else how long to wait. */
  synchronized Duration attempt(KnownPlace place) {
    Instant now = clock.instant();
    Duration wait = places.wait(place.key(), now);
    if (wait.isZero()) {
      places.take(place.key(), now);
    }
    return wait;
  }

  /** Nothing was checked, so the try does not count. */
  synchronized void takeBack(KnownPlace place) {
    places.giveBack(place.key());
  }

  /** The try was no failure; those before it from there are forgiven. */
  synchronized void succeeded(KnownPlace place) {
    places.fill(place.key());
  }

  /** Until the try may go on, if no other takes its token first; zero when it may now. */
  public synchronized Duration wait(Try attempt) {
    Instant now = clock.instant();
    Duration address = addresses.wait(attempt.address, now);
    Duration name = names.wait(attempt.name, now);
    return address.compareTo(name) >= 0 ? address : name;
  }

  /** The try goes on, and counts. */
  public synchronized void take(Try attempt) {
    Instant now = clock.instant();
    addresses.take(attempt.address, now);
    names.take(attempt.name, now);
  }

  /** The try was no failure, so it does not count. */
  synchronized void takeBack(Try attempt) {
    addresses.giveBack(attempt.address);
    names.giveBack(attempt.name);
  }
}
