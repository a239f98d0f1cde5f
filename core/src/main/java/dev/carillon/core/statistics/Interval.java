package dev.carillon.core.statistics;

/**
 * The values that the data do not rule out, both ends included; an end may be infinite.
 *
 * @param low the lower end, not above {@code high}
 * @param high the upper end
 */
record Interval(double low, double high) {
  /** Nothing is ruled out. */
  static final Interval EVERYTHING =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("Not an interval: " + low + " to " + high);
    }
  }

  boolean isAbove(double value) {
    return low > value;
  }

  boolean isBelow(double value) {
    return high < value;
  }

  double width() {
    return high - low;
  }
}
