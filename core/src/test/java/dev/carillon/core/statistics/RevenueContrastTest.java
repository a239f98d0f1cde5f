package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevenueContrastTest {
  /** Student's sleep data, with the negative values that refunds are to us. */
  private static final Moments FIRST_DRUG =
      of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0);

  private static final Moments SECOND_DRUG = of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);

  /** As R prints it under t.test(extra ~ group): df = 17.776, p-value = 0.07939. */
  @Test
  void welchAsPublished() {
    RevenueContrast contrast = RevenueContrast.of(FIRST_DRUG, SECOND_DRUG, true);
    assertThat(contrast.difference(0.05).low()).isCloseTo(-3.3654832307, within(1e-9));
    assertThat(contrast.difference(0.05).high()).isCloseTo(0.2054832307, within(1e-9));
    assertThat(contrast.pValue()).isCloseTo(0.07939414018, within(1e-10));
    assertThat(((Boundary.OneLookEstimated) contrast.boundary()).degreesOfFreedom())
        .isCloseTo(17.776473516, within(1e-8));
  }

  /** The ends of Fieller's interval are the ratios at which the linear contrast touches zero. */
  @Test
  void ratioIsWhereTheLinearContrastHoldsZero() {
    RevenueContrast contrast = RevenueContrast.of(SECOND_DRUG, FIRST_DRUG.plus(SECOND_DRUG), true);
    double reach = contrast.boundary().reach(0.05);
    Interval ratio = contrast.ratio(0.05);
    for (double end : new double[] {ratio.low(), ratio.high()}) {
      double error = Math.sqrt(contrast.targetVariance() + end * end * contrast.controlVariance());
      assertThat(Math.abs(contrast.targetMean() - end * contrast.controlMean()))
          .isCloseTo(reach * error, within(1e-12));
    }
    assertThat(ratio.low()).isLessThan(contrast.targetMean() / contrast.controlMean());
    assertThat(ratio.high()).isGreaterThan(contrast.targetMean() / contrast.controlMean());
  }

  @Test
  void ratioHasNoBoundsWhenTheControlMayBeZero() {
    assertThat(RevenueContrast.of(SECOND_DRUG, FIRST_DRUG, true).ratio(0.05))
        .isEqualTo(Interval.EVERYTHING);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void differenceAndRatioAndPValueAgree(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      RevenueContrast contrast =
          RevenueContrast.of(shoppers(random), shoppers(random), random.nextBoolean());
      Interval difference = contrast.difference(0.05);
      Interval ratio = contrast.ratio(0.05);
      boolean excludesZero = difference.isAbove(0) || difference.isBelow(0);
      String what = "seed %d: %s".formatted(seed, contrast);
      assertThat(contrast.pValue() < 0.05).as(what).isEqualTo(excludesZero);
      if (!ratio.equals(Interval.EVERYTHING)) {
        assertThat(ratio.isAbove(1)).as(what).isEqualTo(difference.isAbove(0));
        assertThat(ratio.isBelow(1)).as(what).isEqualTo(difference.isBelow(0));
      }
    }
  }

  @Test
  void needsTwoUsersEachAndSomeSpread() {
    Moments spenders = of(1, 2, 3);
    assertThat(RevenueContrast.possible(spenders, of(1))).isFalse();
    assertThat(RevenueContrast.possible(of(1), spenders)).isFalse();
    assertThat(RevenueContrast.possible(Moments.NONE, spenders)).isFalse();
    assertThat(RevenueContrast.possible(of(2, 2), of(5, 5))).isFalse();
    assertThat(RevenueContrast.possible(spenders, of(5, 5))).isTrue();
  }

  @Test
  void oneGroupWithoutSpreadTakesTheDegreesOfTheOther() {
    RevenueContrast contrast = RevenueContrast.of(of(1, 2, 3, 4), of(0, 0, 0), true);
    assertThat(((Boundary.OneLookEstimated) contrast.boundary()).degreesOfFreedom())
        .isCloseTo(3, within(1e-12));
  }

  private static Moments shoppers(Random random) {
    Moments moments = Moments.NONE.plusUsersWithoutRevenue(random.nextInt(200));
    int buyers = 2 + random.nextInt(60);
    for (int i = 0; i < buyers; i++) {
      double amount = Math.round(100 * Math.exp(3 + random.nextGaussian())) / 100.0;
      moments = moments.plus(of(random.nextInt(20) == 0 ? -amount : amount));
    }
    return moments;
  }

  private static Moments of(double... amounts) {
    Moments moments = Moments.NONE;
    for (double amount : amounts) {
      moments = moments.plus(Moments.ofUser(BigDecimal.valueOf(amount)));
    }
    return moments;
  }
}
