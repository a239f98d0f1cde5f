package dev.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  /** Rosetta Code's vectors of the generator: its second number is the first of the next state. */
  @Test
  void givesTheGeneratorsPublishedNumbers() {
    long gamma = 0x9e3779b97f4a7c15L;
    long[] published = {
      6457827717110365317L,
      3203168211198807973L,
      Long.parseUnsignedLong("9817491932198370423"),
      4593380528125082431L,
      Long.parseUnsignedLong("16408922859458223821")
    };
    for (int i = 0; i < published.length; i++) {
      assertThat(SplitMix64.first(1234567 + i * gamma)).as("number %s", i).isEqualTo(published[i]);
    }
  }

  @Test
  void agreesWithTheJdk() {
    for (long seed : new long[] {0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(SplitMix64.first(seed)).isEqualTo(new SplittableRandom(seed).nextLong());
    }
  }
}
