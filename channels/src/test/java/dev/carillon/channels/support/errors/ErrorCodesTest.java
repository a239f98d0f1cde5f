package dev.carillon.channels.support.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import org.junit.jupiter.api.Test;

class ErrorCodesTest {
  private final ErrorCodes codes = ErrorCodes.beside(ErrorCodesTest.class, "codes.txt");

  @Test
  void codesAreWordsNumbersPairsAndRanges() {
    assertThat(codes.meaning("UNREGISTERED").reaction()).isEqualTo(Reaction.DEACTIVATE);
    assertThat(codes.meaning("no-such-user").reaction()).isEqualTo(Reaction.UNSUBSCRIBE);
    assertThat(codes.meaning("7").words()).isEqualTo("Seven.");
    assertThat(codes.meaning("7/2").words()).isEqualTo("Seven and two.");
    assertThat(codes.meaning("7/3").words()).isEqualTo("Seven.");
    assertThat(codes.meaning("12").errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
    assertThat(codes.distinguishes("7", "2")).isTrue();
    assertThat(codes.distinguishes("7", "3")).isFalse();
  }

  @Test
  void whatIsTheSameForAllNeedNotBeRepeatedButMay() {
    assertThat(codes.meaning(ErrorCodes.CONNECTION).reaction()).isEqualTo(Reaction.RETRY);
    assertThat(codes.meaning(ErrorCodes.UNSPECIFIED).words()).isEqualTo("It gave no reason.");
  }

  @Test
  void anUnknownCodeIsJudgedByTheHint() {
    assertThat(codes.meaning("99", true).reaction()).isEqualTo(Reaction.RETRY);
    assertThat(codes.meaning("99", false).reaction()).isEqualTo(Reaction.GIVE_UP);
    assertThat(codes.meaning("7", true)).isEqualTo(codes.meaning("7", false));
  }

  @Test
  void aBrokenTableIsNamed() {
    assertThatThrownBy(() -> ErrorCodes.beside(ErrorCodesTest.class, "broken.txt"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("broken.txt", "7 | MESSAGE");
  }
}
