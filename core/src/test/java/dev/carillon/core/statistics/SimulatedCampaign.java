package dev.carillon.core.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A made-up campaign whose truth is known, to see how often an interval misses it when it is looked
 * at again and again.
 *
 * @param targetUsers users in the target group at the end
 * @param controlUsers users in the control group at the end
 * @param targetRate the target's true conversion rate at the end
 * @param controlRate the control's true conversion rate at the end
 * @param pace how the data come in
 */
record SimulatedCampaign(
    int targetUsers, int controlUsers, double targetRate, double controlRate, Pace pace) {

  /** How the data come in. */
  enum Pace {
    /** Everybody is sent to at the start; conversions come in evenly while the window is open. */
    ALL_AT_ONCE,
    /** Users are sent to one after the other, and convert at once or never. */
    STREAM,
    /** Users are sent to one after the other, and convert evenly over as long a window. */
    BOTH
  }

  /** What one look sees of one group. */
  record Seen(Proportion conversions, Moments revenue) {}

  /** What the looks see of both groups, look by look, the last one with everything in. */
  record History(List<Seen> target, List<Seen> control) {}

  History run(SplittableRandom random, int looks) {
    return new History(
        group(random, targetUsers, targetRate, looks),
        group(random, controlUsers, controlRate, looks));
  }

  /** The share of users sent to by the given look of so many. */
  private double sentShare(int look, int looks) {
    double time = (double) look / looks;
    return switch (pace) {
      case ALL_AT_ONCE -> 1;
      case STREAM -> time;
      case BOTH -> Math.min(1, 2 * time);
    };
  }

  /** The true difference of the rates among those sent to, at the given look of so many. */
  double trueDifference(int look, int looks) {
    double time = (double) look / looks;
    double reached =
        switch (pace) {
          case ALL_AT_ONCE -> time;
          case STREAM -> 1;
          case BOTH -> throw new IllegalStateException("Only needed where both rates are equal");
        };
    return (targetRate - controlRate) * reached;
  }

  private List<Seen> group(SplittableRandom random, int users, double rate, int looks) {
    int[] conversions = new int[looks + 1];
    double[] sums = new double[looks + 1];
    double[] squares = new double[looks + 1];
    // Skips from one user who converts to the next, in the order in which they are sent to.
    for (long user = gap(random, rate); user <= users; user += gap(random, rate)) {
      double time = time((user - 0.5) / users, random.nextDouble());
      int look = 1 + (int) (time * looks);
      double amount = amount(random);
      conversions[look]++;
      sums[look] += amount;
      squares[look] += amount * amount;
    }
    Arrays.parallelPrefix(conversions, Integer::sum);
    Arrays.parallelPrefix(sums, Double::sum);
    Arrays.parallelPrefix(squares, Double::sum);
    List<Seen> seen = new ArrayList<>(looks);
    for (int look = 1; look <= looks; look++) {
      long sent = Math.max(conversions[look], Math.round(users * sentShare(look, looks)));
      seen.add(
          new Seen(
              new Proportion(conversions[look], sent),
              new Moments(sent, sums[look], squares[look])));
    }
    return List.copyOf(seen);
  }

  /** The number of users up to and with the next one who converts. */
  private static int gap(SplittableRandom random, double rate) {
    double drawn = Math.log1p(-random.nextDouble()) / Math.log1p(-rate);
    return 1 + (int) Math.min(drawn, Integer.MAX_VALUE - 1);
  }

  /** When someone converts, 0 to 1, who is sent to and delays at these shares of their spans. */
  private double time(double sent, double delay) {
    return switch (pace) {
      case ALL_AT_ONCE -> delay;
      case STREAM -> sent;
      case BOTH -> (sent + delay) / 2;
    };
  }

  /** Baskets as skewed as real ones: log-normal with σ = 1, median 20, one in twenty refunded. */
  private static double amount(SplittableRandom random) {
    double basket = Math.round(2000 * Math.exp(random.nextGaussian())) / 100.0;
    return random.nextInt(20) == 0 ? -basket : basket;
  }
}
