package dev.carillon.core.statistics;

/**
 * Two conversion rates set against each other, by recovering variances from their Wilson intervals.
 *
 * <p>Sources: difference, R. G. Newcombe, Interval estimation for the difference between
 * independent proportions, Statistics in Medicine 17 (1998) 873-890, method 10; ratio, A. Donner
 * and G. Y. Zou, Closed-form confidence intervals for functions of the normal mean and standard
 * deviation, Statistical Methods in Medical Research 21 (2012) 347-359.
 *
 * @param target not empty
 * @param control not empty
 */
record ConversionContrast(Proportion target, Proportion control, Boundary boundary)
    implements Contrast {
  /** A reach so wide that a difference beyond it has a p-value of zero for every purpose. */
  private static final double WIDEST = 40;

  private static final int HALVINGS = 60;

  static ConversionContrast of(Proportion target, Proportion control, boolean windowClosed) {
    Boundary boundary =
        windowClosed
            ? new Boundary.OneLook()
            : new Boundary.EveryLook(
                Boundary.EveryLook.information(
                    (double) target.successes(),
                    target.total(),
                    (double) control.successes(),
                    control.total()));
    return new ConversionContrast(target, control, boundary);
  }

  @Override
  public Interval difference(double alpha) {
    return newcombe(boundary.reach(alpha));
  }

  private Interval newcombe(double reach) {
    double rate = target.fraction();
    double other = control.fraction();
    Interval of = target.wilson(reach);
    Interval from = control.wilson(reach);
    double down = Math.hypot(rate - of.low(), from.high() - other);
    double up = Math.hypot(of.high() - rate, other - from.low());
    return new Interval(Math.max(-1, rate - other - down), Math.min(1, rate - other + up));
  }

  @Override
  public Interval ratio(double alpha) {
    double reach = boundary.reach(alpha);
    double rate = target.fraction();
    double other = control.fraction();
    Interval of = target.wilson(reach);
    Interval from = control.wilson(reach);
    // Rearranged from the published form so that no denominator vanishes but where the limit does.
    double lowest = of.low() * (2 * rate - of.low());
    double low =
        of.low() == 0 ? 0 : lowest / (rate * other + root(rate, other, lowest, from.high()));
    double highest = of.high() * (2 * rate - of.high());
    double high =
        from.low() == 0
            ? Double.POSITIVE_INFINITY
            : (rate * other + root(rate, other, highest, from.low()))
                / (from.low() * (2 * other - from.low()));
    return new Interval(low, high);
  }

  private static double root(double rate, double other, double own, double otherLimit) {
    double discriminant = rate * rate * other * other - own * otherLimit * (2 * other - otherLimit);
    return Math.sqrt(Math.max(0, discriminant));
  }

  @Override
  public double pValue() {
    if (target.fraction() == control.fraction()) {
      return 1;
    }
    double excludes = 0;
    double holds = WIDEST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (excludes + holds) / 2;
      Interval difference = newcombe(middle);
      if (difference.isAbove(0) || difference.isBelow(0)) {
        excludes = middle;
      } else {
        holds = middle;
      }
    }
    return boundary.pValue(excludes);
  }
}
