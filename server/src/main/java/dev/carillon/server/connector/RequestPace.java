package dev.carillon.server.connector;

import java.time.Duration;

/**
 * How long a request may take to arrive, from its first byte to the last of its body: some time for
 * any, and more for what has come already.
 *
 * @param patience what any request may take
 * @param bytesPerSecond how fast the bytes of a large one must come, on average
 */
public record RequestPace(Duration patience, long bytesPerSecond) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  public RequestPace {
    if (patience.isNegative() || patience.isZero() || bytesPerSecond <= 0) {
      throw new IllegalArgumentException("a request needs some time: " + patience);
    }
  }

  /** Whether a request of which so many bytes have come after so long comes too slowly. */
  boolean isLate(long nanos, long bytes) {
    double allowed = patience.toNanos() + (double) bytes / bytesPerSecond * NANOS_PER_SECOND;
    return nanos > allowed;
  }
}
