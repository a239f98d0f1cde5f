package dev.carillon.core.statistics;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says a lift in one plain English sentence. */
final class LiftSentence {
  private static final int MOST_DECIMALS = 4;

  private LiftSentence() {}

  static String of(ConversionLift lift) {
    Estimate points = lift.points();
    if (points == null) {
      return withoutLift(lift.verdict(), lift.target().total() == 0);
    }
    Wording wording =
        new Wording(
            "People who got it converted %s points more often",
            "People who got it converted %s points less often",
            "points",
            decimals(points, 1),
            lift.confidence());
    return switch (lift.verdict()) {
      case NO_CONTROL, SAMPLE_RATIO_MISMATCH -> withoutLift(lift.verdict(), false);
      case NOT_ENOUGH_DATA ->
          "Not enough data yet: %d conversions are needed in each group, and there are %d among people who got it and %d in the control group."
              .formatted(
                  ConversionLift.LEAST_CONVERSIONS,
                  lift.target().successes(),
                  lift.control().successes());
      case BETTER, WORSE -> wording.conclusive(points);
      case NO_DIFFERENCE_SHOWN ->
          wording.inconclusive("No difference in conversions is shown", points);
    };
  }

  static String of(RevenueLift lift, String currency) {
    Estimate perUser = lift.perUser();
    if (perUser == null) {
      return withoutLift(lift.verdict(), lift.target().n() == 0);
    }
    Wording wording =
        new Wording(
            "People who got it brought in %s " + currency + " more each",
            "People who got it brought in %s " + currency + " less each",
            currency,
            decimals(perUser, 2),
            lift.confidence());
    return switch (lift.verdict()) {
      case NO_CONTROL, SAMPLE_RATIO_MISMATCH -> withoutLift(lift.verdict(), false);
      case NOT_ENOUGH_DATA -> "Not enough data yet to say what the campaign changed in revenue.";
      case BETTER, WORSE -> wording.conclusive(perUser);
      case NO_DIFFERENCE_SHOWN ->
          wording.inconclusive("No difference in revenue is shown", perUser);
    };
  }

  private static String withoutLift(Verdict verdict, boolean nobodyGotIt) {
    return switch (verdict) {
      case NO_CONTROL ->
          "There is no control group to compare with, so what people would have done anyway is not known.";
      case SAMPLE_RATIO_MISMATCH ->
          "No lift is shown: the groups are not the sizes that were planned, so they may differ in more than the message.";
      case NOT_ENOUGH_DATA, BETTER, WORSE, NO_DIFFERENCE_SHOWN ->
          nobodyGotIt ? "Nobody got it yet." : "Not enough data yet.";
    };
  }

  /** As many decimals as show the interval's width with two digits, within reason. */
  private static int decimals(Estimate estimate, int least) {
    if (estimate.low() == null || estimate.high() == null || estimate.high() <= estimate.low()) {
      return least;
    }
    double width = estimate.high() - estimate.low();
    int needed = 1 - (int) Math.floor(Math.log10(width));
    return Math.clamp(needed, least, MOST_DECIMALS);
  }

  /**
   * The parts that conversions and revenue word differently.
   *
   * @param more the beginning for a positive difference, with a place for the amount
   * @param less the same for a negative one
   */
  private record Wording(String more, String less, String unit, int decimals, double confidence) {

    String conclusive(Estimate estimate) {
      boolean positive = estimate.value() > 0;
      String near = number(positive ? estimate.low() : estimate.high());
      String far = number(positive ? estimate.high() : estimate.low());
      return "%s; with %s %% confidence between %s and %s."
          .formatted(observed(estimate), percent(), near, far);
    }

    String inconclusive(String opening, Estimate estimate) {
      return "%s: with %s %% confidence it lies between %s and %s (observed: %s)."
          .formatted(
              opening,
              percent(),
              side(estimate.low()),
              side(estimate.high()),
              side(estimate.value()));
    }

    private String observed(Estimate estimate) {
      return (estimate.value() > 0 ? more : less).formatted(number(estimate.value()));
    }

    private String side(@Nullable Double value) {
      String direction = value != null && value < 0 ? "less" : "more";
      return "%s %s %s".formatted(number(value), unit, direction);
    }

    private String number(@Nullable Double value) {
      return value == null
          ? "any number of"
          : String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(value));
    }

    private String percent() {
      double value = confidence * 100;
      return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
  }
}
