package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WinnerChoiceTest {
  @Test
  void aClearlyBetterOneWins() {
    WinnerChoice choice =
        WinnerChoice.of(
            List.of(
                new Proportion(500, 5_000),
                new Proportion(650, 5_000),
                new Proportion(510, 5_000)));
    assertThat(choice.winner()).isEqualTo(1);
    assertThat(choice.pValue()).isLessThan(0.001);
  }

  @Test
  void twoThatAreEquallyGoodLeaveNoWinnerHoweverBadTheThird() {
    WinnerChoice choice =
        WinnerChoice.of(
            List.of(
                new Proportion(900, 5_000),
                new Proportion(905, 5_000),
                new Proportion(100, 5_000)));
    assertThat(choice.winner()).isNull();
    assertThat(choice.pValue()).isGreaterThan(0.5);
  }

  @Test
  void aTieHasNoWinner() {
    WinnerChoice choice =
        WinnerChoice.of(List.of(new Proportion(50, 500), new Proportion(50, 500)));
    assertThat(choice.winner()).isNull();
    assertThat(choice.pValue()).isEqualTo(1);
  }

  @Test
  void nothingSentHasNoWinner() {
    assertThat(WinnerChoice.of(List.of(Proportion.NONE, Proportion.NONE)).winner()).isNull();
    assertThat(WinnerChoice.of(List.of(new Proportion(40, 100), Proportion.NONE)).winner())
        .isNull();
  }

  /** The largest p-value counts: it is as weak as the comparison with the nearest rival. */
  @Test
  void theNumbersOfAFewMessagesAreChance() {
    assertThat(WinnerChoice.of(List.of(new Proportion(3, 20), new Proportion(6, 20))).winner())
        .isNull();
  }

  @Test
  void equalVariantsAreSeldomToldApart() {
    // 5 % and three standard errors
    assertThat(claims(0.12, 0.12)).isBetween(0.02, 0.065);
    assertThat(claims(0.12, 0.12, 0.12)).isLessThan(0.065);
    // with a bad third it is between the two good ones that chance must not decide
    assertThat(claims(0.2, 0.2, 0.05)).isBetween(0.02, 0.065);
  }

  /** How often one of the variants is called the winner. */
  private static double claims(double... rates) {
    long seed = 20_261_121;
    Random random = new Random(seed);
    int tests = 2_000;
    int claims = 0;
    for (int test = 0; test < tests; test++) {
      Proportion[] drawn = new Proportion[rates.length];
      for (int number = 0; number < rates.length; number++) {
        drawn[number] = new Proportion(successes(random, 1_000, rates[number]), 1_000);
      }
      if (WinnerChoice.of(List.of(drawn)).winner() != null) {
        claims++;
      }
    }
    return claims / (double) tests;
  }

  private static int successes(Random random, int people, double rate) {
    int successes = 0;
    for (int person = 0; person < people; person++) {
      if (random.nextDouble() < rate) {
        successes++;
      }
    }
    return successes;
  }
}
