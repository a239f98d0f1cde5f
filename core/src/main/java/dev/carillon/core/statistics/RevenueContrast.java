package dev.carillon.core.statistics;

/**
 * Two revenues per user set against each other, variances unequal.
 *
 * <p>Sources: difference, B. L. Welch, The generalization of "Student's" problem when several
 * different population variances are involved, Biometrika 34 (1947) 28-35; ratio, E. C. Fieller,
 * Some problems in interval estimation, JRSS B 16 (1954) 175-185.
 *
 * @param targetMean revenue per user of target
 * @param controlMean revenue per user of control
 * @param targetVariance squared standard error of the target's mean
 * @param controlVariance squared standard error of the control's mean
 */
record RevenueContrast(
    double targetMean,
    double controlMean,
    double targetVariance,
    double controlVariance,
    Boundary boundary)
    implements Contrast {

  /** Whether the groups show any spread to judge by: two users each, and not all amounts alike. */
  static boolean possible(Moments target, Moments control) {
    return target.n() >= 2
        && control.n() >= 2
        && target.squaredStandardError() + control.squaredStandardError() > 0;
  }

  static RevenueContrast of(Moments target, Moments control, boolean windowClosed) {
    double targetVariance = target.squaredStandardError();
    double controlVariance = control.squaredStandardError();
    Boundary boundary =
        windowClosed
            ? new Boundary.OneLookEstimated(
                degreesOfFreedom(targetVariance, target.n(), controlVariance, control.n()))
            : new Boundary.EveryLook(
                Boundary.EveryLook.information(
                    target.effectiveBuyers(), target.n(), control.effectiveBuyers(), control.n()));
    return new RevenueContrast(
        target.mean(), control.mean(), targetVariance, controlVariance, boundary);
  }

  /** Welch-Satterthwaite. */
  private static double degreesOfFreedom(
      double targetVariance, long targetUsers, double controlVariance, long controlUsers) {
    double total = targetVariance + controlVariance;
    double ofTarget = targetVariance / total;
    double ofControl = controlVariance / total;
    return 1
        / (ofTarget * ofTarget / (targetUsers - 1) + ofControl * ofControl / (controlUsers - 1));
  }

  @Override
  public Interval difference(double alpha) {
    double half = boundary.reach(alpha) * Math.sqrt(targetVariance + controlVariance);
    double difference = targetMean - controlMean;
    return new Interval(difference - half, difference + half);
  }

  @Override
  public Interval ratio(double alpha) {
    double squared = boundary.reach(alpha) * boundary.reach(alpha);
    double a = controlMean * controlMean - squared * controlVariance;
    double c = targetMean * targetMean - squared * targetVariance;
    double b = targetMean * controlMean;
    if (a <= 0) {
      return Interval.EVERYTHING;
    }
    double root = Math.sqrt(Math.max(0, b * b - a * c));
    return new Interval((b - root) / a, (b + root) / a);
  }

  @Override
  public double pValue() {
    double standardError = Math.sqrt(targetVariance + controlVariance);
    return boundary.pValue(Math.abs(targetMean - controlMean) / standardError);
  }
}
