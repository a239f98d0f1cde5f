package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

  @Test
  void meanAndVarianceCountTheZeros() {
    Moments moments = ofUsers("3", "4.50", "-1.5").plusUsersWithoutRevenue(3);
    assertThat(moments).isEqualTo(ofUsers("3", "4.5", "-1.5", "0", "0", "0"));
    assertThat(moments.perUser()).isEqualTo(1.0);
    // Squares of the distances from 1: 4, 12.25, 6.25, 1, 1, 1; over 5, over 6.
    assertThat(moments.squaredStandardError()).isCloseTo(25.5 / 5 / 6, within(1e-15));
  }

  @Test
  void varianceSurvivesALargeMean() {
    Moments moments = ofUsers("1000000000000.1", "1000000000000.2", "1000000000000.3");
    assertThat(moments.squaredStandardError()).isCloseTo(0.01 / 3, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void mergingKnowsNoOrder(long seed) {
    Random random = new Random(seed);
    List<Moments> parts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double amount = Math.exp(random.nextGaussian() * 8) * (random.nextInt(10) == 0 ? -1 : 1);
      parts.add(
          random.nextBoolean()
              ? Moments.ofUser(BigDecimal.valueOf(amount))
              : new Moments(1, amount, amount * amount).plusUsersWithoutRevenue(random.nextInt(9)));
    }
    Moments inOrder = parts.stream().reduce(Moments.NONE, Moments::plus);
    Collections.shuffle(parts, random);
    int cut = random.nextInt(parts.size());
    Moments left = parts.subList(0, cut).stream().reduce(Moments.NONE, Moments::plus);
    Moments right = parts.subList(cut, parts.size()).stream().reduce(Moments.NONE, Moments::plus);
    assertThat(right.plus(left)).as("seed %d", seed).isEqualTo(inOrder);
  }

  @Test
  void effectiveBuyersIsTheNumberOfBuyersWhenAllPayTheSame() {
    assertThat(ofUsers("7", "7", "7").plusUsersWithoutRevenue(5).effectiveBuyers()).isEqualTo(3);
    assertThat(ofUsers("1", "1", "98").effectiveBuyers()).isCloseTo(1.04, within(0.005));
    assertThat(ofUsers("5", "-5").effectiveBuyers()).isZero();
    assertThat(Moments.NONE.plusUsersWithoutRevenue(4).effectiveBuyers()).isZero();
  }

  @Test
  void nobodyHasNoRevenuePerUser() {
    assertThat(Moments.NONE.perUser()).isNull();
    assertThat(Moments.NONE.plusUsersWithoutRevenue(2).perUser()).isEqualTo(0.0);
  }

  @Test
  void floatingSumsMayMissByRoundingOnly() {
    Moments alike = new Moments(3, 0.1 + 0.1 + 0.1, 0.1 * 0.1 + 0.1 * 0.1 + 0.1 * 0.1);
    assertThat(alike.squaredStandardError()).isGreaterThanOrEqualTo(0).isLessThan(1e-15);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new Moments(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Moments(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Moments(2, 10, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Moments(2, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Moments(2, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Moments(2, 1, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Revenue comes from outside; a number of a thousand million digits must not be worked with. */
  @Test
  void hostileAmountsAreRefusedOrRoundedAtOnce() {
    BigDecimal huge = new BigDecimal("1E+999999999");
    assertThatThrownBy(() -> new Moments(1, huge, BigDecimal.ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Moments(1, BigDecimal.ONE, huge))
        .isInstanceOf(IllegalArgumentException.class);
    BigDecimal tiny = new BigDecimal("1E-999999999");
    assertThat(new Moments(1, tiny, tiny)).isEqualTo(new Moments(1, 0, 0));
    assertThatThrownBy(() -> Moments.ofUser(huge)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Moments.ofUser(tiny)).isEqualTo(new Moments(1, 0, 0));
    assertThat(Moments.ofUser(new BigDecimal("0E+999999999"))).isEqualTo(new Moments(1, 0, 0));
    assertThat(Moments.ofUser(new BigDecimal("1E-30"))).isEqualTo(new Moments(1, 1e-30, 1e-60));
  }

  private static Moments ofUsers(String... amounts) {
    Moments moments = Moments.NONE;
    for (String amount : amounts) {
      moments = moments.plus(Moments.ofUser(new BigDecimal(amount)));
    }
    return moments;
  }
}
