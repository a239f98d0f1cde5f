package dev.carillon.engine.dispatch.sender;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Spaces the calls of one connection evenly, so that no second holds more of them than its rate.
 *
 * <p>It is a leaky bucket (the generic cell rate algorithm of ITU-T I.371): at high rates a few
 * calls may catch up after a pause of this machine, and the steady rate is lower by as many, so the
 * bound holds in any second. When the provider says that it was too much, the rate is halved, and
 * doubled again after each quiet spell. Thread-safe.
 */
public final class RateLimiter {
  private static final double RATE_FOR_ONE_EXTRA = 50;
  private static final int SLOWEST = 64;
  private static final Duration BREATH = Duration.ofSeconds(1);
  private static final Duration LONGEST_BREATH = Duration.ofHours(1);
  private static final Duration QUIET_SPELL = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final double perSecond;
  private final long intervalNanos;
  private final long burst;
  private Instant nextFree;
  private Instant lastSeen;
  private Instant slowSince;
  private int slowness = 1;

  /**
   * @param perSecond calls a second, more than 0
   */
  RateLimiter(double perSecond, InstantSource clock) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate is more than 0");
    }
    this.clock = clock;
    this.perSecond = perSecond;
    this.burst = 1 + (long) Math.floor(Math.min(perSecond, 1e6) / RATE_FOR_ONE_EXTRA);
    this.intervalNanos = (long) Math.ceil(1e9 / (perSecond - (burst - 1)));
    this.nextFree = clock.instant();
    this.lastSeen = nextFree;
    this.slowSince = nextFree;
  }

  /** Takes the next free place and returns from when on its call may be made. */
  public Instant reserve() {
    return reserve(1);
  }

  /**
   * Takes the next free places for one call that holds so many messages, and returns from when on
   * it may be made. What it holds beyond the rate of a second is made up for by the calls after it.
   */
  public synchronized Instant reserve(int places) {
    Instant now = now();
    recover(now);
    long interval = intervalNanos * slowness;
    Instant earliest = slowness > 1 ? nextFree : nextFree.minusNanos((burst - 1) * interval);
    Instant begin = earliest.isAfter(now) ? earliest : now;
    Instant base = nextFree.isAfter(now) ? nextFree : now;
    nextFree = base.plusNanos(interval * places);
    return begin;
  }

  /** The provider said that it was too much: breathe, then go on at half the rate for a while. */
  public synchronized void tooMuch(@Nullable Duration retryAfter) {
    Instant now = now();
    boolean another = slowness == 1 || !now.isBefore(slowSince.plus(BREATH));
    if (another) {
      slowness = Math.min(SLOWEST, slowness * 2);
      slowSince = now;
    }
    Duration breath = retryAfter == null ? BREATH : retryAfter;
    Instant breathed = now.plus(breath.compareTo(LONGEST_BREATH) > 0 ? LONGEST_BREATH : breath);
    if (breathed.isAfter(nextFree)) {
      nextFree = breathed;
    }
  }

  /** The calls a second that are let through now. */
  public synchronized double perSecond() {
    recover(now());
    return perSecond / slowness;
  }

  private void recover(Instant now) {
    while (slowness > 1 && !now.isBefore(slowSince.plus(QUIET_SPELL))) {
      slowness /= 2;
      slowSince = slowSince.plus(QUIET_SPELL);
    }
  }

  /** The time; when the clock was set back, what was reserved moves with it. */
  private Instant now() {
    Instant now = clock.instant();
    if (now.isBefore(lastSeen.minus(BREATH))) {
      Duration back = Duration.between(now, lastSeen);
      nextFree = nextFree.minus(back);
      slowSince = slowSince.minus(back);
    }
    lastSeen = now;
    return now;
  }
}
