package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HolmTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-12);

  /** The usual textbook example; R's p.adjust(c(.01, .04, .03, .005), "holm") gives the same. */
  @Test
  void fourComparisonsAsPublished() {
    Holm holm = Holm.of(List.of(0.01, 0.04, 0.03, 0.005), 0.05);
    assertAdjusted(holm, 0.03, 0.06, 0.06, 0.02);
    assertThat(holm.alphas().get(3)).isCloseTo(0.05 / 4, CLOSE);
    assertThat(holm.alphas().get(0)).isCloseTo(0.05 / 3, CLOSE);
    assertThat(holm.alphas().get(2)).as("where it stops").isCloseTo(0.05 / 2, CLOSE);
    assertThat(holm.alphas().get(1)).as("and stays").isCloseTo(0.05 / 2, CLOSE);
  }

  @Test
  void oneComparisonIsLeftAsItIs() {
    Holm holm = Holm.of(List.of(0.04), 0.05);
    assertAdjusted(holm, 0.04);
    assertThat(holm.alphas()).containsExactly(0.05);
  }

  @Test
  void neverAboveOne() {
    assertAdjusted(Holm.of(List.of(0.9, 1.0, 0.4), 0.05), 1, 1, 1);
    assertThat(Holm.of(List.of(), 0.05).adjusted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void levelsAndAdjustedValuesDecideAlike(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      List<Double> pValues =
          random.doubles(1 + random.nextInt(6)).map(p -> p * p * p).boxed().toList();
      Holm holm = Holm.of(pValues, 0.05);
      for (int j = 0; j < pValues.size(); j++) {
        assertThat(pValues.get(j) <= holm.alphas().get(j))
            .as("seed %d: %s of %s", seed, j, pValues)
            .isEqualTo(holm.adjusted().get(j) <= 0.05);
      }
    }
  }

  private static void assertAdjusted(Holm holm, double... expected) {
    assertThat(holm.adjusted()).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(holm.adjusted().get(i)).isCloseTo(expected[i], CLOSE);
    }
  }
}
