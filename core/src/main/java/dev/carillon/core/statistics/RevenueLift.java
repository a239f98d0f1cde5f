package dev.carillon.core.statistics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the campaign changed in revenue: the target's revenue per user against the control's.
 *
 * <p>Immutable. Money is in the currency of the revenue property.
 *
 * @param target revenue of users(Sent)
 * @param control revenue of users(Control) not suppressed
 * @param perUser ARPU(target) − ARPU(control); null when a group is empty or the verdict is {@link
 *     Verdict#SAMPLE_RATIO_MISMATCH}
 * @param incremental {@code perUser} times users(Sent); null where {@code perUser} is
 * @param boostPercent (ARPU(target) / ARPU(control) − 1) · 100; null where {@code perUser} is, and
 *     when there is no control revenue (none at all, or refunds outweigh it). Its ends are null
 *     when control revenue is too uncertain to divide by
 * @param confidence of the intervals, 0 to 1: 0.95, or more where several variants share the risk
 * @param method how the intervals were made
 * @param pValue the smallest risk at which the interval would still exclude zero, adjusted for the
 *     number of variants; null where {@code perUser} is, and with not enough data
 * @param verdict what may be said of {@code perUser}
 */
public record RevenueLift(
    Moments target,
    Moments control,
    @Nullable Estimate perUser,
    @Nullable Estimate incremental,
    @Nullable Estimate boostPercent,
    double confidence,
    IntervalMethod method,
    @Nullable Double pValue,
    Verdict verdict) {

  /**
   * The revenue side of a comparison.
   *
   * @param conversion the conversion side, of the same users: it settles whether the groups can be
   *     compared, whether there are enough conversions, and whether the window has closed
   * @throws IllegalArgumentException when the groups are not of the size of {@code conversion}'s
   */
  public static RevenueLift of(Moments target, Moments control, ConversionLift conversion) {
    return ofVariants(List.of(target), control, List.of(conversion)).getFirst();
  }

  /**
   * The revenue side of each variant's comparison with the one control group, adjusted by Holm.
   *
   * @param variants the target of each variant
   * @param conversions the conversion side of each variant, in the same order
   * @return in the order of {@code variants}
   */
  public static List<RevenueLift> ofVariants(
      List<Moments> variants, Moments control, List<ConversionLift> conversions) {
    if (variants.size() != conversions.size()) {
      throw new IllegalArgumentException(
          "%d variants, but %d conversion lifts".formatted(variants.size(), conversions.size()));
    }
    List<Double> pValues = new ArrayList<>(variants.size());
    for (int i = 0; i < variants.size(); i++) {
      check(variants.get(i), control, conversions.get(i));
      pValues.add(pValue(variants.get(i), control, conversions.get(i)));
    }
    Holm holm = Holm.of(pValues, ConversionLift.ALPHA);
    List<RevenueLift> lifts = new ArrayList<>(variants.size());
    for (int i = 0; i < variants.size(); i++) {
      lifts.add(
          of(
              variants.get(i),
              control,
              conversions.get(i),
              holm.alphas().get(i),
              holm.adjusted().get(i)));
    }
    return List.copyOf(lifts);
  }

  private static void check(Moments target, Moments control, ConversionLift conversion) {
    if (target.n() != conversion.target().total() || control.n() != conversion.control().total()) {
      throw new IllegalArgumentException(
          "Revenue of %d and %d users cannot go with conversions of %d and %d"
              .formatted(
                  target.n(),
                  control.n(),
                  conversion.target().total(),
                  conversion.control().total()));
    }
  }

  private static double pValue(Moments target, Moments control, ConversionLift conversion) {
    RevenueContrast contrast = contrast(target, control, conversion);
    return contrast != null && mayConclude(conversion.verdict()) ? contrast.pValue() : 1;
  }

  private static RevenueLift of(
      Moments target, Moments control, ConversionLift conversion, double alpha, double adjusted) {
    IntervalMethod method = IntervalMethod.ofRevenue(windowClosed(conversion));
    double confidence = 1 - alpha;
    if (conversion.points() == null) {
      return new RevenueLift(
          target, control, null, null, null, confidence, method, null, conversion.verdict());
    }
    RevenueContrast contrast = contrast(target, control, conversion);
    Interval difference = contrast == null ? Interval.EVERYTHING : contrast.difference(alpha);
    Interval ratio = contrast == null ? Interval.EVERYTHING : contrast.ratio(alpha);
    boolean enough = contrast != null && mayConclude(conversion.verdict());
    Estimate perUser = Estimate.of(target.mean() - control.mean(), difference);
    boolean hasControlRevenue = control.sum().signum() > 0;
    return new RevenueLift(
        target,
        control,
        perUser,
        perUser.times((double) target.n()),
        hasControlRevenue ? Estimate.percentOfRatio(target.mean() / control.mean(), ratio) : null,
        confidence,
        method,
        enough ? adjusted : null,
        enough ? Verdict.of(difference) : Verdict.NOT_ENOUGH_DATA);
  }

  private static @Nullable RevenueContrast contrast(
      Moments target, Moments control, ConversionLift conversion) {
    return RevenueContrast.possible(target, control)
        ? RevenueContrast.of(target, control, windowClosed(conversion))
        : null;
  }

  private static boolean windowClosed(ConversionLift conversion) {
    return !conversion.method().anytimeValid();
  }

  private static boolean mayConclude(Verdict conversion) {
    return switch (conversion) {
      case BETTER, WORSE, NO_DIFFERENCE_SHOWN -> true;
      case NO_CONTROL, SAMPLE_RATIO_MISMATCH, NOT_ENOUGH_DATA -> false;
    };
  }

  /**
   * The verdict in one plain English sentence, with its numbers.
   *
   * @param currency the ISO 4217 code to put behind amounts, such as EUR
   */
  public String sentence(String currency) {
    return LiftSentence.of(this, currency);
  }
}
