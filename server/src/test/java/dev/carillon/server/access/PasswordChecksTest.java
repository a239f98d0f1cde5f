package dev.carillon.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** So many passwords are checked at once and no more; known places do not wait for others. */
class PasswordChecksTest {
  private final PasswordChecks checks = new PasswordChecks(1, Duration.ZERO);

  @Test
  void whatIsBeyondTheBoundIsNotChecked() {
    assertThat(checks.check(false, () -> checks.check(false, () -> "second").isEmpty()))
        .contains(true);
    assertThat(checks.check(false, () -> "later")).contains("later");
  }

  @Test
  void aFloodOfOthersDoesNotKeepKnownPlacesWaiting() {
    assertThat(checks.check(false, () -> checks.check(true, () -> "known").orElse("kept out")))
        .contains("known");
  }

  @Test
  void aCheckThatFailsMakesRoom() {
    assertThatThrownBy(
            () ->
                checks.check(
                    false,
                    () -> {
                      throw new IllegalStateException("no store");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(checks.check(false, () -> "next")).contains("next");
  }
}
