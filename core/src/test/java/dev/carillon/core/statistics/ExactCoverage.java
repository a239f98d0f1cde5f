package dev.carillon.core.statistics;

import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The coverage of an interval of two proportions, computed by summing over every outcome: no
 * simulation, no noise.
 *
 * @param coverage the probability that the interval holds the truth
 * @param width the mean width of the interval, where it is bounded
 */
record ExactCoverage(double coverage, double width) {
  /** Outcomes rarer than this are left out. */
  private static final double NEGLIGIBLE = 1e-9;

  /** Makes an interval of what two groups show. */
  interface Method {
    Interval of(Proportion target, Proportion control);
  }

  static ExactCoverage of(
      int targetUsers,
      double targetRate,
      int controlUsers,
      double controlRate,
      double truth,
      Method method) {
    double[] ofTarget = binomial(targetUsers, targetRate);
    double[] ofControl = binomial(controlUsers, controlRate);
    double covered = 0;
    double width = 0;
    double all = 0;
    double bounded = 0;
    for (int x = 0; x <= targetUsers; x++) {
      for (int y = 0; y <= controlUsers; y++) {
        double probability = ofTarget[x] * ofControl[y];
        if (probability < NEGLIGIBLE) {
          continue;
        }
        Interval interval =
            method.of(new Proportion(x, targetUsers), new Proportion(y, controlUsers));
        all += probability;
        if (Double.isFinite(interval.width())) {
          width += probability * interval.width();
          bounded += probability;
        }
        covered += interval.isAbove(truth) || interval.isBelow(truth) ? 0 : probability;
      }
    }
    return new ExactCoverage(covered / all, width / bounded);
  }

  private static double[] binomial(int users, double rate) {
    return IntStream.rangeClosed(0, users)
        .mapToDouble(BinomialDistribution.of(users, rate)::probability)
        .toArray();
  }
}
