package dev.carillon.core.audience;

/**
 * How often something was done.
 *
 * @param min the fewest, 0 or more
 * @param max the most; {@link Long#MAX_VALUE} for any number
 * @param includeNever whether those who never did it match too, where min allows it
 */
public record Times(long min, long max, boolean includeNever) {
  public Times {
    if (min < 0 || max < min) {
      throw new IllegalArgumentException("times from " + min + " to " + max);
    }
  }

  public static Times atLeast(long n) {
    return new Times(n, Long.MAX_VALUE, false);
  }

  public static Times exactly(long n) {
    return new Times(n, n, n == 0);
  }
}
