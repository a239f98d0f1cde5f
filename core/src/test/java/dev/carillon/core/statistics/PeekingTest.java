package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.statistics.SimulatedCampaign.Pace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What looking at a running campaign again and again does to the chance of a false claim. */
class PeekingTest {
  private static final int CAMPAIGNS = 1_000;
  private static final int LOOKS = 50;
  private static final long SEED = 20_261_120;

  /** Three standard errors above 5 % in so many campaigns. */
  private static final double AT_MOST = 0.05 + 3 * Math.sqrt(0.05 * 0.95 / CAMPAIGNS);

  @ParameterizedTest
  @EnumSource(Pace.class)
  void anytimeValidIntervalsBearPeekingAndFixedOnesDoNot(Pace pace) {
    Peeking peeking =
        Peeking.at(new SimulatedCampaign(18_000, 2_000, 0.05, 0.05, pace), CAMPAIGNS, LOOKS, SEED);
    assertThat(peeking.anytime()).as("conversions, seed %d", SEED).isLessThan(AT_MOST);
    assertThat(peeking.revenueAnytime()).as("revenue, seed %d", SEED).isLessThan(AT_MOST);
    assertThat(peeking.fixed()).as("fixed conversions, seed %d", SEED).isGreaterThan(0.12);
    assertThat(peeking.revenueFixed()).as("fixed revenue, seed %d", SEED).isGreaterThan(0.12);
    assertThat(peeking.fixedAtTheEnd()).as("one look, seed %d", SEED).isBetween(0.025, AT_MOST);
    assertThat(peeking.revenueFixedAtTheEnd())
        .as("one look at revenue, seed %d", SEED)
        .isBetween(0.025, AT_MOST);
  }

  /** With a true effect the intervals must hold it at every look, not only miss zero. */
  @ParameterizedTest
  @CsvSource({"ALL_AT_ONCE, 0.08, 0.05", "STREAM, 0.08, 0.05", "STREAM, 0.02, 0.04"})
  void anytimeValidIntervalsHoldTheTruthAtEveryLook(Pace pace, double target, double control) {
    Peeking peeking =
        Peeking.at(
            new SimulatedCampaign(8_000, 4_000, target, control, pace), CAMPAIGNS, LOOKS, SEED);
    assertThat(peeking.anytime()).as("difference, seed %d", SEED).isLessThan(AT_MOST);
    assertThat(peeking.ratioAnytime()).as("ratio, seed %d", SEED).isLessThan(AT_MOST);
    assertThat(peeking.fixed()).as("seed %d", SEED).isGreaterThan(0.12);
  }
}
