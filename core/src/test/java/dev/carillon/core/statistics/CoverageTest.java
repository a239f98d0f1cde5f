package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.statistics.SimulatedCampaign.Pace;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether fixed 95 % intervals hold the truth in 95 of 100 campaigns. */
class CoverageTest {

  /**
   * From small to middling groups, equal and 9 : 1, rare and common conversions, with and without
   * effect.
   */
  @ParameterizedTest
  @CsvSource({
    "500, 0.10, 500, 0.10",
    "500, 0.15, 500, 0.10",
    "1800, 0.15, 200, 0.15",
    "1800, 0.20, 200, 0.15",
    "2000, 0.03, 1000, 0.03",
    "2000, 0.02, 1000, 0.04",
    "300, 0.50, 300, 0.50",
    "300, 0.90, 300, 0.85"
  })
  void ratesKeepTheirPromise(int n, double target, int m, double control) {
    ExactCoverage difference =
        ExactCoverage.of(
            n, target, m, control, target - control, (t, c) -> closed(t, c).difference(0.05));
    ExactCoverage ratio =
        ExactCoverage.of(
            n, target, m, control, target / control, (t, c) -> closed(t, c).ratio(0.05));
    assertThat(difference.coverage()).isBetween(0.940, 0.962);
    assertThat(ratio.coverage()).isBetween(0.940, 0.962);
  }

  /** Where the usual interval breaks down altogether, this one only grows careful. */
  @ParameterizedTest
  @CsvSource({"30, 0.02, 30, 0.02", "100, 0.01, 20, 0.01", "10, 0.95, 10, 0.5"})
  void ratesInTinyGroupsErrOnTheSafeSide(int n, double target, int m, double control) {
    ExactCoverage difference =
        ExactCoverage.of(
            n, target, m, control, target - control, (t, c) -> closed(t, c).difference(0.05));
    assertThat(difference.coverage()).isGreaterThan(0.94);
  }

  @Test
  void revenueKeepsItsPromise() {
    int campaigns = 2_000;
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedCampaign campaign = new SimulatedCampaign(18_000, 2_000, 0.05, 0.05, Pace.ALL_AT_ONCE);
    int held = 0;
    int boostHeld = 0;
    for (int i = 0; i < campaigns; i++) {
      SimulatedCampaign.History history = campaign.run(random, 1);
      RevenueContrast contrast =
          RevenueContrast.of(
              history.target().getFirst().revenue(), history.control().getFirst().revenue(), true);
      Interval difference = contrast.difference(0.05);
      Interval ratio = contrast.ratio(0.05);
      held += difference.isAbove(0) || difference.isBelow(0) ? 0 : 1;
      boostHeld += ratio.isAbove(1) || ratio.isBelow(1) ? 0 : 1;
    }
    assertThat((double) held / campaigns).as("seed %d", seed).isBetween(0.935, 0.965);
    assertThat(boostHeld).as("seed %d", seed).isGreaterThanOrEqualTo(held);
  }

  private static ConversionContrast closed(Proportion target, Proportion control) {
    return ConversionContrast.of(target, control, true);
  }
}
