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

  @ParameterizedTest
  @CsvSource({
    "0, RULE, 1855220393040743545, 2255164065515896379, 5161",
    "0, SYSTEM_CONTROL_GROUP, 2217550540897243899, 420794289583034587, 4431",
    "77, CONTROL_GROUP, 1710092697139267172, 1803591231225509305, 8968",
    "77, VARIANT, 48397370666524533, 1768710877240877159, 758",
    "77, WINNER_TEST, 203202377404775592, 2145580000798704912, 7737",
    "2147483647, CONTROL_GROUP, 998204791009141860, 984994886178042280, 3909"
  })
  void eachCampaignKeepsItsDraws(
      int campaign, Draw.Purpose purpose, long multiplier, long addend, int bucketOfLastKey) {
    Draw draw = Draw.of(campaign, purpose);
    assertThat(draw).isEqualTo(new Draw(multiplier, addend));
    assertThat(draw.bucket(Long.MAX_VALUE)).isEqualTo(bucketOfLastKey);
  }

  @Test
  void eachPurposeHasItsOwnDraw() {
    assertThat(Draw.Purpose.values())
        .extracting(purpose -> Draw.of(1, purpose))
        .doesNotHaveDuplicates()
        .doesNotContain(Draw.OF_RULES);
  }
}
