package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionContrastTest {

  /**
   * The eight examples of R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10.
   */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "6, 7, 2, 7, 0.0582, 0.8062",
    "5, 56, 0, 29, -0.0381, 0.1926",
    "0, 10, 0, 20, -0.1611, 0.2775",
    "0, 10, 0, 10, -0.2775, 0.2775",
    "10, 10, 0, 20, 0.6791, 1.0000",
    "10, 10, 0, 10, 0.6075, 1.0000"
  })
  void differenceAsPublished(long x, long n, long y, long m, double low, double high) {
    Interval difference = closed(x, n, y, m).difference(0.05);
    assertThat(difference.low()).isCloseTo(low, within(0.00005));
    assertThat(difference.high()).isCloseTo(high, within(0.00005));
  }

  /**
   * A trial of two doses of epinephrine (Perondi et al. 2004), from M. W. Fagerland, S. Lydersen,
   * P. Laake, Statistical Analysis of Contingency Tables (2017), chapter 4: 7 of 34 against 1 of
   * 34.
   */
  @Test
  void ratioAsPublished() {
    ConversionContrast trial = closed(7, 34, 1, 34);
    assertThat(trial.difference(0.05).low()).isCloseTo(0.0189, within(0.00005));
    assertThat(trial.difference(0.05).high()).isCloseTo(0.3404, within(0.00005));
    assertThat(trial.ratio(0.05).low()).isCloseTo(1.1537, within(0.00005));
    assertThat(trial.ratio(0.05).high()).isCloseTo(41.9763, within(0.00005));
  }

  @Test
  void ratioAtTheEdges() {
    assertThat(closed(0, 16, 15, 72).ratio(0.05).low()).isZero();
    assertThat(closed(0, 16, 15, 72).ratio(0.05).high()).isBetween(0.5, 1.5);
    assertThat(closed(5, 56, 0, 29).ratio(0.05).high()).isInfinite();
    assertThat(closed(5, 56, 0, 29).ratio(0.05).low()).isBetween(0.0, 1.0);
    assertThat(closed(0, 10, 0, 10).ratio(0.05))
        .isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
    assertThat(closed(10, 10, 10, 10).ratio(0.05).low()).isBetween(0.5, 1.0);
    assertThat(closed(1, 1, 1, 1).difference(0.05).width()).isGreaterThan(1);
    assertThat(closed(1, 1, 0, 1).difference(0.05).low()).isNegative();
  }

  /** What the page needs most: its two numbers must never say different things. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void differenceAndRatioAndPValueAgree(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      Proportion target = someGroup(random);
      Proportion control = someGroup(random);
      ConversionContrast contrast =
          ConversionContrast.of(target, control, /* windowClosed= */ random.nextBoolean());
      Interval difference = contrast.difference(0.05);
      Interval ratio = contrast.ratio(0.05);
      String what = "seed %d: %s".formatted(seed, contrast);
      assertThat(ratio.isAbove(1)).as(what).isEqualTo(difference.isAbove(0));
      assertThat(ratio.isBelow(1)).as(what).isEqualTo(difference.isBelow(0));
      assertThat(contrast.pValue() < 0.05)
          .as(what)
          .isEqualTo(difference.isAbove(0) || difference.isBelow(0));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void swappingTheGroupsTurnsTheSigns(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      Proportion one = someGroup(random);
      Proportion other = someGroup(random);
      Interval there = ConversionContrast.of(one, other, true).difference(0.05);
      Interval back = ConversionContrast.of(other, one, true).difference(0.05);
      assertThat(back.low()).as("seed %d", seed).isCloseTo(-there.high(), within(1e-12));
      assertThat(back.high()).as("seed %d", seed).isCloseTo(-there.low(), within(1e-12));
    }
  }

  @Test
  void pValueIsThatOfTheZTestInLargeGroups() {
    // Pooled z = 0.006 / sqrt(0.053 * 0.947 * 2 / 100000) = 5.988.
    assertThat(closed(5_600, 100_000, 5_000, 100_000).pValue()).isCloseTo(2.1e-9, within(2e-10));
    assertThat(closed(50, 1000, 100, 2000).pValue()).isEqualTo(1);
    assertThat(closed(1_000_000, 2_000_000, 1_000, 2_000_000).pValue()).isZero();
  }

  @Test
  void manyLooksAskForAWiderIntervalThanOne() {
    ConversionContrast closed = closed(500, 10_000, 450, 10_000);
    ConversionContrast running =
        ConversionContrast.of(new Proportion(500, 10_000), new Proportion(450, 10_000), false);
    assertThat(running.difference(0.05).width() / closed.difference(0.05).width())
        .isBetween(1.5, 1.7);
    assertThat(running.pValue()).isGreaterThan(closed.pValue());
  }

  private static ConversionContrast closed(long x, long n, long y, long m) {
    return ConversionContrast.of(new Proportion(x, n), new Proportion(y, m), true);
  }

  private static Proportion someGroup(Random random) {
    int total = 1 + random.nextInt(random.nextBoolean() ? 20 : 5_000);
    int successes =
        switch (random.nextInt(6)) {
          case 0 -> 0;
          case 1 -> total;
          case 2, 3 -> random.nextInt(total + 1);
          default -> random.nextInt(total / 20 + 1);
        };
    return new Proportion(successes, total);
  }
}
