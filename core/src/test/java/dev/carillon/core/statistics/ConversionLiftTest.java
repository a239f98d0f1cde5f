package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConversionLiftTest {
  private static final SampleRatio AS_PLANNED = SampleRatio.of(90_000, 10_000, 0.1);
  private static final SampleRatio MISMATCH = SampleRatio.of(90_000, 9_000, 0.1);

  @Test
  void better() {
    ConversionLift lift = lift(5_400, 90_000, 420, 10_000, true);
    assertThat(lift.verdict()).isEqualTo(Verdict.BETTER);
    assertThat(lift.method().key()).isEqualTo("newcombe");
    assertThat(lift.confidence()).isEqualTo(0.95);
    Estimate points = Objects.requireNonNull(lift.points());
    Estimate percent = Objects.requireNonNull(lift.percent());
    assertThat(points.value()).isCloseTo(1.8, within(1e-9));
    assertThat(percent.value()).isCloseTo(100 * (0.06 / 0.042 - 1), within(1e-9));
    assertThat(points.low()).isPositive().isLessThan(1.8);
    assertThat(percent.low()).isPositive().isLessThan(percent.value());
    assertThat(percent.high()).isGreaterThan(percent.value());
    assertThat(lift.pValue()).isLessThan(1e-9);
    assertThat(lift.sentence())
        .isEqualTo(
            "People who got it converted 1.80 points more often; with 95 % confidence between 1.36 and 2.21.");
  }

  @Test
  void worseIsShownAsItIs() {
    ConversionLift lift = lift(3_600, 90_000, 600, 10_000, true);
    assertThat(lift.verdict()).isEqualTo(Verdict.WORSE);
    assertThat(Objects.requireNonNull(lift.points()).value()).isCloseTo(-2, within(1e-9));
    assertThat(Objects.requireNonNull(lift.percent()).high()).isNegative();
    assertThat(lift.sentence())
        .isEqualTo(
            "People who got it converted 2.00 points less often; with 95 % confidence between 1.53 and 2.50.");
  }

  @Test
  void whileTheWindowIsOpenTheSameNumbersMayNotBeEnough() {
    ConversionLift closed = lift(540, 9_000, 50, 1_000, true);
    ConversionLift first = lift(590, 9_000, 48, 1_000, true);
    ConversionLift running = lift(590, 9_000, 48, 1_000, false);
    assertThat(closed.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    assertThat(first.verdict()).isEqualTo(Verdict.BETTER);
    assertThat(running.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    assertThat(running.method().key()).isEqualTo("newcombe-anytime");
    assertThat(running.points())
        .isNotNull()
        .extracting(Estimate::value)
        .isEqualTo(Objects.requireNonNull(first.points()).value());
    assertThat(closed.sentence())
        .isEqualTo(
            "No difference in conversions is shown: with 95 % confidence it lies between 0.6 points less and 2.3 points more (observed: 1.0 points more).");
  }

  @Test
  void twentyFiveConversionsInEachGroupAreNeeded() {
    assertThat(lift(24, 200, 100, 100, true).verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
    ConversionLift few = lift(900, 9_000, 24, 1_000, true);
    assertThat(few.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
    assertThat(few.points()).as("the numbers are shown all the same").isNotNull();
    assertThat(few.percent()).isNotNull();
    assertThat(few.pValue()).isNull();
    assertThat(few.sentence())
        .isEqualTo(
            "Not enough data yet: 25 conversions are needed in each group, and there are 900 among people who got it and 24 in the control group.");
    assertThat(lift(900, 9_000, 25, 1_000, true).verdict()).isEqualTo(Verdict.BETTER);
  }

  @Test
  void withoutControlThereIsNoLift() {
    ConversionLift lift = lift(900, 9_000, 0, 0, true);
    assertThat(lift.verdict()).isEqualTo(Verdict.NO_CONTROL);
    assertThat(lift.points()).isNull();
    assertThat(lift.percent()).isNull();
    assertThat(lift.pValue()).isNull();
    assertThat(lift.sentence()).startsWith("There is no control group");
    assertThat(lift(0, 0, 0, 0, false).verdict()).isEqualTo(Verdict.NO_CONTROL);
  }

  @Test
  void nothingSentYet() {
    ConversionLift lift = lift(0, 0, 3, 1_000, false);
    assertThat(lift.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
    assertThat(lift.points()).isNull();
    assertThat(lift.sentence()).isEqualTo("Nobody got it yet.");
  }

  @Test
  void aMismatchTakesThePlaceOfTheLift() {
    ConversionLift lift =
        ConversionLift.of(
            new Proportion(5_400, 90_000), new Proportion(360, 9_000), MISMATCH, true);
    assertThat(lift.verdict()).isEqualTo(Verdict.SAMPLE_RATIO_MISMATCH);
    assertThat(lift.points()).isNull();
    assertThat(lift.percent()).isNull();
    assertThat(lift.sentence()).startsWith("No lift is shown");
    assertThat(lift.target().rate()).as("rates stay").isEqualTo(0.06);
  }

  @Test
  void noControlConversionsLeaveTheDifferenceButNoPercentage() {
    ConversionLift lift = lift(90, 9_000, 0, 1_000, true);
    assertThat(lift.percent()).isNull();
    assertThat(lift.points()).isNotNull().extracting(Estimate::value).isEqualTo(1.0);
  }

  @Test
  void everybodyOrNobodyConverting() {
    for (boolean closed : new boolean[] {true, false}) {
      Estimate all = Objects.requireNonNull(lift(1_000, 1_000, 1_000, 1_000, closed).points());
      assertThat(all.value()).isZero();
      assertThat(all.low()).isNegative();
      assertThat(all.high()).isPositive();
      Estimate none = Objects.requireNonNull(lift(0, 1_000, 0, 1_000, closed).points());
      assertThat(none.low()).isNegative();
      Estimate one = Objects.requireNonNull(lift(1, 1, 0, 1, closed).points());
      assertThat(one.low()).isNegative();
      assertThat(one.high()).isEqualTo(100);
    }
  }

  /** Each of four alone would pass; together only the clearest does. */
  @Test
  void variantsShareTheRisk() {
    Proportion control = new Proportion(500, 10_000);
    List<Proportion> variants =
        List.of(
            new Proportion(565, 10_000),
            new Proportion(700, 10_000),
            new Proportion(567, 10_000),
            new Proportion(20, 400));
    List<ConversionLift> lifts = ConversionLift.ofVariants(variants, control, AS_PLANNED, true);
    assertThat(ConversionLift.of(variants.getFirst(), control, AS_PLANNED, true).verdict())
        .isEqualTo(Verdict.BETTER);
    assertThat(lifts)
        .extracting(ConversionLift::verdict)
        .containsExactly(
            Verdict.NO_DIFFERENCE_SHOWN,
            Verdict.BETTER,
            Verdict.NO_DIFFERENCE_SHOWN,
            Verdict.NOT_ENOUGH_DATA);
    assertThat(lifts.get(1).confidence()).isEqualTo(1 - 0.05 / 4);
    assertThat(lifts.get(1).sentence()).contains("with 98.8 % confidence");
    assertThat(lifts.get(0).confidence()).isEqualTo(1 - 0.05 / 3);
    assertThat(lifts).extracting(ConversionLift::target).isEqualTo(variants);
  }

  /** The API promises these names. */
  @Test
  void keysStayAsTheyAre() {
    assertThat(Arrays.stream(Verdict.values()).map(Verdict::key))
        .containsExactly(
            "no-control",
            "sample-ratio-mismatch",
            "not-enough-data",
            "better",
            "worse",
            "no-difference-shown");
    assertThat(Arrays.stream(IntervalMethod.values()).map(IntervalMethod::key))
        .containsExactly("newcombe", "newcombe-anytime", "welch", "welch-anytime");
  }

  private static ConversionLift lift(long x, long n, long y, long m, boolean closed) {
    return ConversionLift.of(new Proportion(x, n), new Proportion(y, m), AS_PLANNED, closed);
  }
}
