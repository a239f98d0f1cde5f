package dev.carillon.core.statistics;

import org.jspecify.annotations.Nullable;

/**
 * A number and the interval around it. Negative values are as they are.
 *
 * @param value the estimate
 * @param low the lower end of its interval; null when the data set no lower bound
 * @param high the upper end of its interval; null when the data set no upper bound
 */
public record Estimate(double value, @Nullable Double low, @Nullable Double high) {

  static Estimate of(double value, Interval interval) {
    return new Estimate(value, bound(interval.low()), bound(interval.high()));
  }

  /** The estimate in another unit. */
  Estimate times(double positive) {
    return new Estimate(
        value * positive,
        low == null ? null : low * positive,
        high == null ? null : high * positive);
  }

  /** From a ratio of target to control, to the lift in percent. */
  static Estimate percentOfRatio(double ratio, Interval interval) {
    return of(
        (ratio - 1) * 100, new Interval((interval.low() - 1) * 100, (interval.high() - 1) * 100));
  }

  private static @Nullable Double bound(double end) {
    return Double.isInfinite(end) ? null : end;
  }
}
