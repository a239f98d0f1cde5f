package dev.carillon.core.statistics;

import dev.carillon.core.statistics.SimulatedCampaign.History;
import dev.carillon.core.statistics.SimulatedCampaign.Seen;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How many of many simulated campaigns had an interval that missed the truth at some look, among
 * the looks with enough conversions for a verdict.
 *
 * @param fixed share of campaigns in which the fixed interval of the rates missed at some look
 * @param anytime the same for the anytime-valid interval
 * @param ratioAnytime the same for the anytime-valid interval of the ratio
 * @param fixedAtTheEnd share in which the fixed interval missed at the last look
 * @param revenueFixed as {@code fixed}, for revenue per user; 0 where the rates differ in truth
 * @param revenueAnytime as {@code anytime}, for revenue per user
 * @param revenueFixedAtTheEnd as {@code fixedAtTheEnd}, for revenue per user
 */
record Peeking(
    double fixed,
    double anytime,
    double ratioAnytime,
    double fixedAtTheEnd,
    double revenueFixed,
    double revenueAnytime,
    double revenueFixedAtTheEnd) {
  private static final double ALPHA = 0.05;
  private static final int KINDS = 7;

  static Peeking at(SimulatedCampaign campaign, int campaigns, int looks, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] missed = new int[KINDS];
    for (int i = 0; i < campaigns; i++) {
      boolean[] misses = misses(campaign, campaign.run(random, looks), looks);
      for (int kind = 0; kind < KINDS; kind++) {
        missed[kind] += misses[kind] ? 1 : 0;
      }
    }
    double[] shares = Arrays.stream(missed).mapToDouble(m -> (double) m / campaigns).toArray();
    return new Peeking(shares[0], shares[1], shares[2], shares[3], shares[4], shares[5], shares[6]);
  }

  /** In the order of the record's components. */
  private static boolean[] misses(SimulatedCampaign campaign, History history, int looks) {
    boolean[] misses = new boolean[KINDS];
    boolean alike = campaign.targetRate() == campaign.controlRate();
    for (int look = 1; look <= looks; look++) {
      Seen target = history.target().get(look - 1);
      Seen control = history.control().get(look - 1);
      if (Math.min(target.conversions().successes(), control.conversions().successes())
          < ConversionLift.LEAST_CONVERSIONS) {
        continue;
      }
      double truth = alike ? 0 : campaign.trueDifference(look, looks);
      boolean fixed = missesRate(target, control, true, truth);
      misses[0] |= fixed;
      misses[1] |= missesRate(target, control, false, truth);
      misses[2] |= missesRatio(target, control, campaign.targetRate() / campaign.controlRate());
      misses[3] = fixed;
      if (alike) {
        boolean revenueFixed = missesZeroRevenue(target, control, true);
        misses[4] |= revenueFixed;
        misses[5] |= missesZeroRevenue(target, control, false);
        misses[6] = revenueFixed;
      }
    }
    return misses;
  }

  private static boolean missesRate(Seen target, Seen control, boolean closed, double truth) {
    Interval interval =
        ConversionContrast.of(target.conversions(), control.conversions(), closed)
            .difference(ALPHA);
    return interval.isAbove(truth) || interval.isBelow(truth);
  }

  private static boolean missesRatio(Seen target, Seen control, double truth) {
    Interval interval =
        ConversionContrast.of(target.conversions(), control.conversions(), false).ratio(ALPHA);
    return interval.isAbove(truth) || interval.isBelow(truth);
  }

  private static boolean missesZeroRevenue(Seen target, Seen control, boolean closed) {
    Interval interval =
        RevenueContrast.of(target.revenue(), control.revenue(), closed).difference(ALPHA);
    return interval.isAbove(0) || interval.isBelow(0);
  }
}
