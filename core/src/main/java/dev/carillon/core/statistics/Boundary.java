package dev.carillon.core.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** How many standard errors an interval reaches to each side, and the p-value that goes with it. */
sealed interface Boundary {

  /** The reach, in standard errors, of an interval that misses with probability {@code alpha}. */
  double reach(double alpha);

  /** The smallest alpha at which an interval of this kind still excludes a value so far off. */
  double pValue(double standardErrors);

  /** One look at the end, the estimate normal. */
  record OneLook() implements Boundary {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    @Override
    public double reach(double alpha) {
      return NORMAL.inverseSurvivalProbability(alpha / 2);
    }

    @Override
    public double pValue(double standardErrors) {
      return Math.min(1, 2 * NORMAL.survivalProbability(standardErrors));
    }
  }

  /**
   * One look at the end, the standard error estimated.
   *
   * @param degreesOfFreedom of the standard error
   */
  record OneLookEstimated(double degreesOfFreedom) implements Boundary {
    @Override
    public double reach(double alpha) {
      return student().inverseSurvivalProbability(alpha / 2);
    }

    @Override
    public double pValue(double standardErrors) {
      return Math.min(1, 2 * student().survivalProbability(standardErrors));
    }

    /** The library takes NaN, and answers with it. */
    private TDistribution student() {
      if (Double.isNaN(degreesOfFreedom)) {
        throw new IllegalArgumentException("Not degrees of freedom: NaN");
      }
      return TDistribution.of(degreesOfFreedom);
    }
  }

  /**
   * Any number of looks while data come in: Robbins' normal mixture, the boundary of the asymptotic
   * confidence sequence.
   *
   * <p>With x = {@link #RHO_SQUARED} · information it is √(2(1 + 1/x) · ln(√(1 + x)/alpha)). The
   * information plays the part of the sample size in the paper: it must grow in proportion to the
   * inverse of the variance that the looks have in common. See docs/adr/0006-intervals.md.
   *
   * <p>Source: I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, Time-uniform central
   * limit theory and asymptotic confidence sequences, Annals of Statistics 52 (2024) 2613-2640,
   * theorem 2.2 and its tuning of ρ.
   *
   * @param information what has been learnt so far, 1/var(ln ratio): see {@link #information}
   */
  record EveryLook(double information) implements Boundary {
    /** The information at which a 95 % interval is tightest beside a single look's. */
    static final double TIGHTEST_AT = 100;

    /** Solves x = ln(1 + x) − 2 ln 0.05, the x at which the reach at alpha 0.05 is least. */
    private static final double TIGHTEST_X = 8.211968062068;

    static final double RHO_SQUARED = TIGHTEST_X / TIGHTEST_AT;

    @Override
    public double reach(double alpha) {
      double x = RHO_SQUARED * information;
      return Math.sqrt((1 + 1 / x) * (Math.log1p(x) - 2 * Math.log(alpha)));
    }

    @Override
    public double pValue(double standardErrors) {
      double x = RHO_SQUARED * information;
      double logEvidence = (standardErrors * standardErrors * x / (1 + x) - Math.log1p(x)) / 2;
      return Math.min(1, Math.exp(-logEvidence));
    }

    /**
     * The information in two groups: 1/(1/k₁ − 1/n₁ + 1/k₂ − 1/n₂), the inverse of the variance of
     * the log of the ratio (Katz et al., Biometrics 34 (1978) 469-474), with half a conversion
     * added so that it is never zero nor infinite.
     *
     * @param effectiveTarget conversions, or {@link Moments#effectiveBuyers}, of the target group
     * @param effectiveControl the same of the control group
     */
    static double information(
        double effectiveTarget, long targetUsers, double effectiveControl, long controlUsers) {
      return 1
          / (logVariance(effectiveTarget, targetUsers)
              + logVariance(effectiveControl, controlUsers));
    }

    private static double logVariance(double effective, long users) {
      return 1 / (effective + 0.5) - 1 / (users + 1.0);
    }
  }
}
