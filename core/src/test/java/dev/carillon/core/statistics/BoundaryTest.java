package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.carillon.core.statistics.Boundary.EveryLook;
import dev.carillon.core.statistics.Boundary.OneLook;
import dev.carillon.core.statistics.Boundary.OneLookEstimated;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundaryTest {
  /** How far, in percent, from values that SciPy 1.17 gives in full. */
  private static final double PERCENT = 1e-8;

  /** The normal table, and far into the tail, where 1 − cdf would be 0. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.3085375387259869",
    "1.2815515655446004, 0.1",
    "1.9599639845400545, 0.025",
    "2.575829303548901, 0.005",
    "3, 0.0013498980316300933",
    "4.753424308822899, 1e-6",
    "7.034483825301131, 1e-12",
    "8, 6.22096057427174e-16",
    "20, 2.7536241186061556e-89",
    "37, 5.7255712225239266e-300"
  })
  void oneLookIsTheNormalTable(double standardErrors, double tail) {
    assertThat(new OneLook().pValue(standardErrors)).isCloseTo(2 * tail, withinPercentage(PERCENT));
    assertThat(new OneLook().reach(2 * tail)).isCloseTo(standardErrors, withinPercentage(PERCENT));
  }

  /** Rows of every printed t table, and beyond: 0.1, 0.025, 0.005 and 0.0005 in each tail. */
  @ParameterizedTest
  @CsvSource({
    "1, 3.0776835371752536, 12.706204736174705, 63.65674116287158, 636.6192487687196",
    "2, 1.8856180831641267, 4.302652729749464, 9.924843200918293, 31.59905457644362",
    "5, 1.4758840488244813, 2.5705818356363155, 4.032142983555229, 6.86882662588111",
    "10, 1.3721836411103359, 2.2281388519862753, 3.1692726726169504, 4.586893858702636",
    "30, 1.3104150253913955, 2.042272456301238, 2.749995653567226, 3.645958635042021",
    "120, 1.2886462336563778, 1.9799304050824411, 2.617421145106866, 3.3734537685625003",
    "1000.5, 1.282398297809231, 1.962337892459348, 2.5807522321743117, 3.3002777597965323",
    "9999, 1.281636238198314, 1.9602012636213577, 2.576321095856598, 3.291500063300932",
    "1000000, 1.2815524121299389, 1.9599663568141072, 2.5758342201053344, 3.2905364612486916"
  })
  void oneLookEstimatedIsTheTTable(
      double degrees, double tenth, double fortieth, double half, double rare) {
    Boundary boundary = new OneLookEstimated(degrees);
    assertThat(boundary.reach(0.2)).isCloseTo(tenth, withinPercentage(PERCENT));
    assertThat(boundary.reach(0.05)).isCloseTo(fortieth, withinPercentage(PERCENT));
    assertThat(boundary.reach(0.01)).isCloseTo(half, withinPercentage(PERCENT));
    assertThat(boundary.reach(0.001)).isCloseTo(rare, withinPercentage(PERCENT));
    assertThat(boundary.pValue(fortieth)).isCloseTo(0.05, withinPercentage(PERCENT));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void nothingIsEstimatedWithoutDegreesOfFreedom(double degrees) {
    assertThatThrownBy(() -> new OneLookEstimated(degrees).reach(0.05))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OneLookEstimated(degrees).pValue(2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The paper's formula for a mean, with standard error 1/√t, worked out at t = 1000, ρ = 0.1. */
  @Test
  void everyLookIsTheRadiusOfTheConfidenceSequence() {
    double information = 0.1 * 0.1 * 1000 / EveryLook.RHO_SQUARED;
    double radius =
        Math.sqrt(2 * (1000 * 0.01 + 1) / (1000.0 * 1000 * 0.01) * Math.log(Math.sqrt(11) / 0.05));
    assertThat(new EveryLook(information).reach(0.05) / Math.sqrt(1000))
        .isCloseTo(radius, within(1e-12));
    assertThat(radius).isCloseTo(0.096064, within(0.000001));
  }

  /** The approximation that the paper gives for its tuning, √((−2 ln α + ln(−2 ln α) + 1)/t). */
  @Test
  void tuningIsCloseToThePublishedApproximation() {
    double doubled = -2 * Math.log(0.05);
    assertThat(EveryLook.RHO_SQUARED * EveryLook.TIGHTEST_AT)
        .isCloseTo(doubled + Math.log(doubled) + 1, within(0.6));
  }

  @Test
  void everyLookIsTightestWhereItIsTunedTo() {
    double least = new EveryLook(EveryLook.TIGHTEST_AT).reach(0.05);
    // At its least the reach is sqrt(1 + x) with x the solution of x = ln(1 + x) - 2 ln 0.05.
    assertThat(least).isCloseTo(Math.sqrt(1 + 8.211968062068253), within(1e-12));
    assertThat(new EveryLook(EveryLook.TIGHTEST_AT * 0.999).reach(0.05)).isGreaterThan(least);
    assertThat(new EveryLook(EveryLook.TIGHTEST_AT * 1.001).reach(0.05)).isGreaterThan(least);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.05, 0.01, 1e-6})
  void pValueUndoesReach(double alpha) {
    for (Boundary boundary :
        List.of(
            new OneLook(),
            new OneLookEstimated(12.5),
            new OneLookEstimated(5e6),
            new EveryLook(3),
            new EveryLook(100),
            new EveryLook(1e7))) {
      assertThat(boundary.pValue(boundary.reach(alpha)))
          .as(boundary.toString())
          .isCloseTo(alpha, within(alpha * 1e-8));
    }
  }

  @Test
  void pValueOfNothingSeenIsOne() {
    assertThat(new OneLook().pValue(0)).isEqualTo(1);
    assertThat(new OneLookEstimated(4).pValue(0)).isEqualTo(1);
    assertThat(new EveryLook(100).pValue(0)).isEqualTo(1);
  }

  @Test
  void informationIsTheInverseVarianceOfTheLogRatioAndNeverDegenerate() {
    assertThat(EveryLook.information(400, 100_000, 100, 100_000))
        .isCloseTo(1 / (1 / 400.0 + 1 / 100.0 - 2e-5), within(0.5));
    assertThat(EveryLook.information(0, 0, 0, 0)).isPositive().isFinite();
    assertThat(EveryLook.information(0, 50, 900, 1000)).isPositive().isLessThan(1);
    assertThat(EveryLook.information(50, 50, 50, 50)).isPositive().isFinite();
  }
}
