package dev.carillon.server.access.login;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Buckets of tokens by key, each as the moment at which it is full again. The least recently used
 * are forgotten beyond a number that takes longer to reach, as few tries are checked at once, than
 * a bucket takes to fill. Not thread-safe.
 */
final class TokenBuckets {
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

  /**
   * @param tokens how many a bucket holds, which it does at first
   * @param refill until there is one more
   */
  TokenBuckets(int tokens, Duration refill) {
    this.tokens = tokens;
    this.refill = refill;
  }

  /** Until there is a token; zero when there is one. */
  Duration wait(String key, Instant now) {
    Duration wait = Duration.between(now, fullAt(key, now)).minus(refill.multipliedBy(tokens - 1L));
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** Takes the token that is there. */
  void take(String key, Instant now) {
    fullAt.put(key, fullAt(key, now).plus(refill));
  }

  void giveBack(String key) {
    fullAt.computeIfPresent(key, (_, full) -> full.minus(refill));
  }

  void fill(String key) {
    fullAt.remove(key);
  }

  /** Never in the past, and never later than from empty, even when the clock was set back. */
  private Instant fullAt(String key, Instant now) {
    Instant full = fullAt.get(key);
    if (full == null || full.isBefore(now)) {
      return now;
    }
    Instant latest = now.plus(refill.multipliedBy(tokens));
    if (full.isAfter(latest)) {
      fullAt.put(key, latest);
      return latest;
    }
    return full;
  }
}
