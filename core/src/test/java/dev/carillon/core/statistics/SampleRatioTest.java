package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleRatioTest {

  /** R. Kohavi, D. Tang, Y. Xu, Trustworthy Online Controlled Experiments (2020), chapter 3. */
  @Test
  void twoGroupsAsPublished() {
    SampleRatio ratio = SampleRatio.of(815_482, 821_588, 0.5);
    assertThat(ratio.pValue()).isCloseTo(1.8e-6, within(0.05e-6));
    assertThat(ratio.mismatch()).isTrue();
  }

  /** Mendel's peas, 9 : 3 : 3 : 1, the example of many textbooks. */
  @Test
  void severalGroupsAsPublished() {
    SampleRatio ratio =
        SampleRatio.of(
            List.of(315L, 108L, 101L, 32L), List.of(9 / 16.0, 3 / 16.0, 3 / 16.0, 1 / 16.0));
    assertThat(ratio.chiSquared()).isCloseTo(0.470, within(0.0005));
    assertThat(ratio.pValue()).isCloseTo(0.925, within(0.0005));
    assertThat(ratio.mismatch()).isFalse();
  }

  @Test
  void turnsAtOneInAThousand() {
    // χ² = miss² / 2500 in 5,000 : 5,000; the 0.1 % point of one degree of freedom is 10.828.
    assertThat(SampleRatio.of(5_164, 4_836, 0.5).mismatch()).isFalse();
    assertThat(SampleRatio.of(5_165, 4_835, 0.5).mismatch()).isTrue();
    assertThat(SampleRatio.of(4_835, 5_165, 0.5).mismatch()).isTrue();
  }

  @Test
  void isNotTestedWhereTheTestDoesNotHold() {
    assertThat(SampleRatio.of(50, 4, 0.01)).isEqualTo(SampleRatio.NOT_TESTED);
    assertThat(SampleRatio.of(0, 0, 0.5)).isEqualTo(SampleRatio.NOT_TESTED);
    assertThat(SampleRatio.NOT_TESTED.mismatch()).isFalse();
  }

  @Test
  void aGroupThatIsMissingAltogetherIsAMismatch() {
    assertThat(SampleRatio.of(1_000, 0, 0.1).mismatch()).isTrue();
  }

  @Test
  void refusesWhatIsNoPlan() {
    assertThatThrownBy(() -> SampleRatio.of(10, 10, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleRatio.of(10, 10, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleRatio.of(-1, 10, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleRatio.of(List.of(1L), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleRatio.of(List.of(1L, 2L), List.of(0.5, 0.4)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleRatio.of(List.of(1L, 2L), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
