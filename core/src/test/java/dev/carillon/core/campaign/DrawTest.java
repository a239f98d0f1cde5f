package dev.carillon.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws stay as they are: campaigns that run would mix up their groups if one changed. */
class DrawTest {

  @ParameterizedTest
  @CsvSource({
    "0, 6379",
    "1, 5973",
    "2, 5567",
    "8321829492211733108, 8114",
    "9223372036854775807, 5161"
  })
  void aUserStaysInTheBucketOfRules(long userKey, int bucket) {
    assertThat(Draw.OF_RULES.bucket(userKey)).isEqualTo(bucket);
  }

  @Test
  void eachPurposeHasADrawOfItsOwn() {
    assertThat(Draw.Purpose.values())
        .extracting(purpose -> Draw.of(1, purpose))
        .doesNotHaveDuplicates()
        .doesNotContain(Draw.OF_RULES);
  }
}
