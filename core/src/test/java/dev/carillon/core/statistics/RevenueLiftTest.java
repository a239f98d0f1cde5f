package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevenueLiftTest {
  private static final SampleRatio AS_PLANNED = SampleRatio.of(90_000, 10_000, 0.1);

  @Test
  void incrementalRevenueAndBoost() {
    // Sixty in a thousand spend 15 to 25 where forty did.
    Moments target = buyers(5_400, 15, 25, 90_000);
    Moments control = buyers(400, 15, 25, 10_000);
    RevenueLift lift = RevenueLift.of(target, control, conversions(5_400, 400, true));
    assertThat(lift.verdict()).isEqualTo(Verdict.BETTER);
    assertThat(lift.method().key()).isEqualTo("welch");
    Estimate perUser = Objects.requireNonNull(lift.perUser());
    Estimate incremental = Objects.requireNonNull(lift.incremental());
    Estimate boost = Objects.requireNonNull(lift.boostPercent());
    assertThat(perUser.value()).isCloseTo(0.4, within(1e-9));
    assertThat(incremental.value()).isCloseTo(36_000, within(1e-6));
    assertThat(incremental.low())
        .isCloseTo(Objects.requireNonNull(perUser.low()) * 90_000, within(1e-6));
    assertThat(boost.value()).isCloseTo(50, within(1e-9));
    assertThat(boost.low()).isBetween(30.0, 50.0);
    assertThat(boost.high()).isBetween(50.0, 80.0);
    assertThat(lift.sentence("EUR"))
        .isEqualTo(
            "People who got it brought in 0.40 EUR more each; with 95 % confidence between 0.31 and 0.49.");
  }

  @Test
  void whileTheWindowIsOpenTheIntervalIsWider() {
    Moments target = buyers(5_400, 15, 25, 90_000);
    Moments control = buyers(400, 15, 25, 10_000);
    RevenueLift closed = RevenueLift.of(target, control, conversions(5_400, 400, true));
    RevenueLift running = RevenueLift.of(target, control, conversions(5_400, 400, false));
    assertThat(running.method().key()).isEqualTo("welch-anytime");
    assertThat(width(running.perUser()) / width(closed.perUser())).isBetween(1.5, 1.7);
    assertThat(width(running.boostPercent())).isGreaterThan(width(closed.boostPercent()));
  }

  @Test
  void refundsMayOutweighSales() {
    Moments target = buyers(5_400, -25, -15, 90_000);
    Moments control = buyers(400, 15, 25, 10_000);
    RevenueLift lift = RevenueLift.of(target, control, conversions(5_400, 400, true));
    assertThat(lift.verdict()).isEqualTo(Verdict.WORSE);
    assertThat(Objects.requireNonNull(lift.boostPercent()).value()).isCloseTo(-250, within(1e-9));
    assertThat(lift.sentence("EUR")).startsWith("People who got it brought in 2.00 EUR less each");
    RevenueLift other =
        RevenueLift.of(
            control(90_000), buyers(400, -25, -15, 10_000), conversions(5_400, 400, true));
    assertThat(other.boostPercent()).as("a share of a loss says nothing").isNull();
    assertThat(other.perUser()).isNotNull();
  }

  @Test
  void noControlRevenueLeavesNoBoost() {
    RevenueLift lift =
        RevenueLift.of(
            buyers(5_400, 15, 25, 90_000),
            Moments.NONE.plusUsersWithoutRevenue(10_000),
            conversions(5_400, 400, true));
    assertThat(lift.boostPercent()).isNull();
    assertThat(Objects.requireNonNull(lift.incremental()).value()).isCloseTo(108_000, within(1e-6));
    assertThat(lift.verdict()).isEqualTo(Verdict.BETTER);
  }

  @Test
  void anUncertainControlLeavesTheBoostWithoutBounds() {
    Moments control = buyers(30, 1, 1, 9_999).plus(Moments.ofUser(new BigDecimal("5000")));
    RevenueLift lift =
        RevenueLift.of(buyers(5_400, 15, 25, 90_000), control, conversions(5_400, 31, true));
    Estimate boost = Objects.requireNonNull(lift.boostPercent());
    assertThat(boost.low()).isNull();
    assertThat(boost.high()).isNull();
    assertThat(lift.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    assertThat(lift.sentence("EUR")).startsWith("No difference in revenue is shown");
  }

  @Test
  void theConversionSideSettlesWhetherAnythingMayBeConcluded() {
    Moments target = buyers(5_400, 15, 25, 90_000);
    Moments control = buyers(20, 15, 25, 10_000);
    RevenueLift few = RevenueLift.of(target, control, conversions(5_400, 20, true));
    assertThat(few.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
    assertThat(few.perUser()).isNotNull();
    ConversionLift mismatch =
        ConversionLift.of(
            new Proportion(5_400, 90_000),
            new Proportion(400, 10_000),
            SampleRatio.of(90_000, 10_000, 0.2),
            true);
    RevenueLift warned = RevenueLift.of(target, control, mismatch);
    assertThat(warned.verdict()).isEqualTo(Verdict.SAMPLE_RATIO_MISMATCH);
    assertThat(warned.incremental()).isNull();
    assertThat(warned.sentence("EUR")).startsWith("No lift is shown");
    ConversionLift alone =
        ConversionLift.of(new Proportion(5_400, 90_000), Proportion.NONE, AS_PLANNED, true);
    RevenueLift noControl = RevenueLift.of(target, Moments.NONE, alone);
    assertThat(noControl.verdict()).isEqualTo(Verdict.NO_CONTROL);
    assertThat(noControl.perUser()).isNull();
  }

  @Test
  void withoutSpreadThereIsNoInterval() {
    RevenueLift lift =
        RevenueLift.of(
            Moments.NONE.plusUsersWithoutRevenue(90_000),
            Moments.NONE.plusUsersWithoutRevenue(10_000),
            conversions(5_400, 400, true));
    assertThat(lift.perUser()).isEqualTo(new Estimate(0, null, null));
    assertThat(lift.pValue()).isNull();
    assertThat(lift.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
    assertThat(lift.sentence("EUR")).startsWith("Not enough data yet");
  }

  @Test
  void oneUserAGroup() {
    ConversionLift conversion =
        ConversionLift.of(new Proportion(1, 1), new Proportion(1, 1), SampleRatio.NOT_TESTED, true);
    RevenueLift lift =
        RevenueLift.of(Moments.ofUser(BigDecimal.TEN), Moments.ofUser(BigDecimal.ONE), conversion);
    assertThat(lift.perUser()).isEqualTo(new Estimate(9, null, null));
    assertThat(lift.boostPercent()).isEqualTo(new Estimate(900, null, null));
    assertThat(lift.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
  }

  @Test
  void variantsShareTheRisk() {
    ConversionLift conversion = conversions(5_400, 400, true);
    Moments control = buyers(400, 15, 25, 10_000);
    Moments clear = buyers(5_400, 15, 25, 90_000);
    Moments close = buyers(3_980, 15, 25, 90_000);
    assertThat(RevenueLift.of(close, control, conversion).verdict()).isEqualTo(Verdict.BETTER);
    List<ConversionLift> both = List.of(conversion, conversion);
    assertThat(RevenueLift.ofVariants(List.of(close, close), control, both))
        .extracting(RevenueLift::verdict)
        .containsOnly(Verdict.NO_DIFFERENCE_SHOWN);
    List<RevenueLift> besideAClearOne =
        RevenueLift.ofVariants(List.of(close, clear), control, both);
    assertThat(besideAClearOne).extracting(RevenueLift::verdict).containsOnly(Verdict.BETTER);
    assertThat(besideAClearOne).extracting(RevenueLift::confidence).containsExactly(0.95, 0.975);
  }

  @Test
  void refusesOtherUsersThanTheConversionSide() {
    ConversionLift conversion = conversions(5_400, 400, true);
    Moments control = control(10_000);
    assertThatThrownBy(() -> RevenueLift.of(control(80_000), control, conversion))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RevenueLift.ofVariants(List.of(), control, List.of(conversion)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Moments control(long users) {
    return buyers(400, 15, 25, users);
  }

  private static ConversionLift conversions(long target, long control, boolean closed) {
    return ConversionLift.of(
        new Proportion(target, 90_000), new Proportion(control, 10_000), AS_PLANNED, closed);
  }

  /** Half of the buyers pay {@code low}, half {@code high}; the rest of the users nothing. */
  private static Moments buyers(long buyers, double low, double high, long users) {
    double half = buyers / 2.0;
    return new Moments(users, half * (low + high), half * (low * low + high * high));
  }

  private static double width(@Nullable Estimate estimate) {
    return Objects.requireNonNull(Objects.requireNonNull(estimate).high())
        - Objects.requireNonNull(Objects.requireNonNull(estimate).low());
  }
}
