package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.core.statistics.Boundary.EveryLook;
import dev.carillon.core.statistics.Boundary.OneLook;
import dev.carillon.core.statistics.Boundary.OneLookEstimated;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundaryTest {

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
