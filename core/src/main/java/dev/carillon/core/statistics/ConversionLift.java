package dev.carillon.core.statistics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the campaign changed in conversions: the target's rate against the control's.
 *
 * <p>Immutable.
 *
 * @param target users(Sent), and how many of them converted
 * @param control users(Control) not suppressed, and how many of them converted
 * @param points rate(target) − rate(control), in percentage points; null when a group is empty or
 *     the verdict is {@link Verdict#SAMPLE_RATIO_MISMATCH}
 * @param percent the lift, (rate(target) / rate(control) − 1) · 100; null where {@code points} is,
 *     and when no control user converted
 * @param confidence of both intervals, 0 to 1: 0.95, or more where several variants share the risk
 * @param method how both intervals were made
 * @param pValue the smallest risk at which the interval would still exclude zero, adjusted for the
 *     number of variants; null where {@code points} is, and with not enough data
 * @param verdict what may be said
 */
public record ConversionLift(
    Proportion target,
    Proportion control,
    @Nullable Estimate points,
    @Nullable Estimate percent,
    double confidence,
    IntervalMethod method,
    @Nullable Double pValue,
    Verdict verdict) {
  /** With fewer conversions than this in either group nothing is concluded. */
  public static final long LEAST_CONVERSIONS = 25;

  /** The risk of a false claim that a comparison, or all variants together, may run. */
  static final double ALPHA = 0.05;

  /**
   * The lift of a campaign without variants.
   *
   * @param split the test of the groups' sizes against the plan
   * @param windowClosed false while conversions may still come in; the interval then holds for any
   *     number of looks
   */
  public static ConversionLift of(
      Proportion target, Proportion control, SampleRatio split, boolean windowClosed) {
    return ofVariants(List.of(target), control, split, windowClosed).getFirst();
  }

  /**
   * The lift of each variant over the one control group, adjusted by Holm.
   *
   * @param variants the target of each variant
   * @return in the order of {@code variants}
   */
  public static List<ConversionLift> ofVariants(
      List<Proportion> variants, Proportion control, SampleRatio split, boolean windowClosed) {
    Holm holm =
        Holm.of(
            variants.stream().map(target -> pValue(target, control, windowClosed)).toList(), ALPHA);
    List<ConversionLift> lifts = new ArrayList<>(variants.size());
    for (int i = 0; i < variants.size(); i++) {
      lifts.add(
          of(
              variants.get(i),
              control,
              split,
              windowClosed,
              holm.alphas().get(i),
              holm.adjusted().get(i)));
    }
    return List.copyOf(lifts);
  }

  /** A comparison that may not conclude must not use up a step of the others either. */
  private static double pValue(Proportion target, Proportion control, boolean windowClosed) {
    return enough(target) && enough(control)
        ? ConversionContrast.of(target, control, windowClosed).pValue()
        : 1;
  }

  private static ConversionLift of(
      Proportion target,
      Proportion control,
      SampleRatio split,
      boolean windowClosed,
      double alpha,
      double adjusted) {
    IntervalMethod method = IntervalMethod.ofConversions(windowClosed);
    double confidence = 1 - alpha;
    Verdict without = verdictWithoutLift(target, control, split);
    if (without != null) {
      return new ConversionLift(target, control, null, null, confidence, method, null, without);
    }
    ConversionContrast contrast = ConversionContrast.of(target, control, windowClosed);
    Interval difference = contrast.difference(alpha);
    boolean enough = enough(target) && enough(control);
    double rate = target.fraction();
    double other = control.fraction();
    return new ConversionLift(
        target,
        control,
        Estimate.of(rate - other, difference).times(100),
        other == 0 ? null : Estimate.percentOfRatio(rate / other, contrast.ratio(alpha)),
        confidence,
        method,
        enough ? adjusted : null,
        enough ? Verdict.of(difference) : Verdict.NOT_ENOUGH_DATA);
  }

  /** Why there is no lift to show; null when there is one. */
  private static @Nullable Verdict verdictWithoutLift(
      Proportion target, Proportion control, SampleRatio split) {
    if (control.total() == 0) {
      return Verdict.NO_CONTROL;
    }
    if (split.mismatch()) {
      return Verdict.SAMPLE_RATIO_MISMATCH;
    }
    return target.total() == 0 ? Verdict.NOT_ENOUGH_DATA : null;
  }

  private static boolean enough(Proportion group) {
    return group.successes() >= LEAST_CONVERSIONS;
  }

  /** The verdict in one plain English sentence, with its numbers. */
  public String sentence() {
    return LiftSentence.of(this);
  }
}
