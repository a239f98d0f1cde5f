package dev.carillon.core.statistics;

import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Whether the groups have the sizes that were planned, by Pearson's χ² test.
 *
 * <p>A mismatch means that something took people out of one group and not out of the other, so that
 * the groups no longer differ in the sending alone; a lift between them would mislead. Feed it
 * counts taken where both groups had the same chance to lose people: users planned and not
 * suppressed. Users whose message the provider refused are still in.
 *
 * <p>Source: A. Fabijan et al., Diagnosing sample ratio mismatch in online controlled experiments,
 * KDD 2019.
 *
 * @param chiSquared the statistic, 0 or more; null when not tested
 * @param pValue the chance of such sizes, or odder ones, under the plan; null when not tested,
 *     because a group should hold fewer than five users and the test does not hold there
 */
public record SampleRatio(@Nullable Double chiSquared, @Nullable Double pValue) {
  /** Below this probability the sizes are taken not to follow the plan. */
  public static final double MISMATCH_BELOW = 0.001;

  /** For a comparison whose groups have no planned sizes. */
  public static final SampleRatio NOT_TESTED = new SampleRatio(null, null);

  private static final double LEAST_EXPECTED = 5;
  private static final double SHARE_TOLERANCE = 1e-9;

  /**
   * The test of a target against a control group.
   *
   * @param target users in the target group
   * @param control users in the control group
   * @param controlShare the planned share of control, strictly between 0 and 1
   */
  public static SampleRatio of(long target, long control, double controlShare) {
    return of(List.of(target, control), List.of(1 - controlShare, controlShare));
  }

  /**
   * The test of any number of groups.
   *
   * @param users users in each group
   * @param shares the planned share of each group, each above 0, together 1
   * @throws IllegalArgumentException when shares and groups do not fit
   */
  public static SampleRatio of(List<Long> users, List<Double> shares) {
    check(users, shares);
    double total = users.stream().mapToLong(Long::longValue).sum();
    if (shares.stream().anyMatch(share -> total * share < LEAST_EXPECTED)) {
      return NOT_TESTED;
    }
    double chiSquared = 0;
    for (int i = 0; i < users.size(); i++) {
      double expected = total * shares.get(i);
      double miss = users.get(i) - expected;
      chiSquared += miss * miss / expected;
    }
    double degreesOfFreedom = users.size() - 1;
    double pValue = ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(chiSquared);
    return new SampleRatio(chiSquared, pValue);
  }

  /** True when the sizes do not follow the plan. */
  public boolean mismatch() {
    return pValue != null && pValue < MISMATCH_BELOW;
  }

  private static void check(List<Long> users, List<Double> shares) {
    boolean fits =
        users.size() == shares.size()
            && users.size() >= 2
            && users.stream().allMatch(count -> count >= 0)
            && shares.stream().allMatch(share -> share > 0)
            && Math.abs(shares.stream().mapToDouble(Double::doubleValue).sum() - 1)
                < SHARE_TOLERANCE;
    if (!fits) {
      throw new IllegalArgumentException(
          "Groups " + users + " cannot be tested against shares " + shares);
    }
  }
}
