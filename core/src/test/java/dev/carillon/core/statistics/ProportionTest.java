package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProportionTest {

  /** R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void wilsonAsPublished(long successes, long total, double low, double high) {
    Interval interval = new Proportion(successes, total).wilson(1.959964);
    assertThat(interval.low()).isCloseTo(low, within(0.00005));
    assertThat(interval.high()).isCloseTo(high, within(0.00005));
  }

  @Test
  void wilsonHoldsTheRateAndStaysWithinBounds() {
    for (long total : new long[] {1, 2, 3, 29, 1_000_003, 4_000_000_000_000L}) {
      for (long successes : new long[] {0, 1, total / 3, total - 1, total}) {
        for (double reach : new double[] {1e-9, 1.96, 4, 40}) {
          Proportion group = new Proportion(successes, total);
          Interval interval = group.wilson(reach);
          assertThat(interval.low()).isBetween(0.0, group.fraction());
          assertThat(interval.high()).isBetween(group.fraction(), 1.0);
        }
      }
    }
    assertThat(Proportion.NONE.wilson(1.96)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void rateOfNobodyIsNull() {
    assertThat(Proportion.NONE.rate()).isNull();
    assertThat(new Proportion(0, 3).rate()).isEqualTo(0.0);
    assertThat(new Proportion(1, 4).rate()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void mergingKnowsNoOrder(long seed) {
    Random random = new Random(seed);
    List<Proportion> parts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int total = random.nextInt(1000);
      parts.add(new Proportion(random.nextInt(total + 1), total));
    }
    Proportion inOrder = parts.stream().reduce(Proportion.NONE, Proportion::plus);
    Collections.shuffle(parts, random);
    int cut = random.nextInt(parts.size());
    Proportion left = parts.subList(0, cut).stream().reduce(Proportion.NONE, Proportion::plus);
    Proportion right =
        parts.subList(cut, parts.size()).stream().reduce(Proportion.NONE, Proportion::plus);
    assertThat(right.plus(left)).as("seed %d", seed).isEqualTo(inOrder);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new Proportion(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Proportion(4, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Proportion(0, -1)).isInstanceOf(IllegalArgumentException.class);
    Proportion most = new Proportion(0, Long.MAX_VALUE);
    assertThatThrownBy(() -> most.plus(most)).isInstanceOf(ArithmeticException.class);
  }
}
