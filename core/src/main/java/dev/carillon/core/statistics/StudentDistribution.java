package dev.carillon.core.statistics;

/**
 * Student's t distribution.
 *
 * @param degreesOfFreedom above 0, whole or not
 */
record StudentDistribution(double degreesOfFreedom) {
  /** From here on the expansion is as exact as the continued fraction, and much quicker. */
  private static final double MANY = 10_000;

  private static final int HALVINGS = 80;

  StudentDistribution {
    if (!(degreesOfFreedom > 0)) {
      throw new IllegalArgumentException("Not degrees of freedom: " + degreesOfFreedom);
    }
  }

  /**
   * The probability of a value above {@code t}.
   *
   * <p>Source: Abramowitz and Stegun 26.7.1; for many degrees of freedom the normalising expansion
   * of G. W. Hill, Algorithm 395, Comm. ACM 13 (1970) 617-619.
   */
  double upperTail(double t) {
    if (t < 0) {
      return 1 - upperTail(-t);
    }
    if (degreesOfFreedom >= MANY) {
      double a = degreesOfFreedom - 0.5;
      double w = Math.sqrt(a * Math.log1p(t * t / degreesOfFreedom));
      return NormalDistribution.upperTail(w + (w * w * w + 3 * w) / (48 * a * a));
    }
    double x = degreesOfFreedom / (degreesOfFreedom + t * t);
    return SpecialFunctions.beta(degreesOfFreedom / 2, 0.5, x) / 2;
  }

  /** The value that is exceeded with probability {@code tail}, which lies in (0, ½]. */
  double upperQuantile(double tail) {
    if (!(tail > 0 && tail <= 0.5)) {
      throw new IllegalArgumentException("Not a probability in (0, 0.5]: " + tail);
    }
    double low = 0;
    double high = 2;
    while (upperTail(high) > tail) {
      low = high;
      high *= 2;
    }
    for (int i = 0; i < HALVINGS && high - low > Math.ulp(high); i++) {
      double middle = (low + high) / 2;
      if (upperTail(middle) > tail) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
