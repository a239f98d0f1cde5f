package dev.carillon.server.pages.statistics;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An estimate and its interval on a line with zero marked, in a box 1,000 wide.
 *
 * @param zero where zero is
 * @param from where the interval begins
 * @param length how long it is
 * @param value where the estimate is
 */
public record IntervalView(String zero, String from, String length, String value) {
  private static final double MARGIN = 0.12;

  /** Null when there is no interval with two ends to draw. */
  static @Nullable IntervalView of(
      @Nullable Double value, @Nullable Double low, @Nullable Double high) {
    if (value == null || low == null || high == null) {
      return null;
    }
    double left = Math.min(Math.min(low, value), 0);
    double right = Math.max(Math.max(high, value), 0);
    double span = Math.max(right - left, 1e-9);
    left -= span * MARGIN;
    span *= 1 + 2 * MARGIN;
    return new IntervalView(
        at(0, left, span),
        at(low, left, span),
        number(1_000 * (high - low) / span),
        at(value, left, span));
  }

  private static String at(double value, double left, double span) {
    return number(1_000 * (value - left) / span);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
