package dev.carillon.server.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** So many passwords are checked at once and no more. */
class PasswordChecksTest {
  private final PasswordChecks checks = new PasswordChecks(1, Duration.ZERO);

  @Test
  void whatIsBeyondTheBoundIsNotChecked() {
    assertThat(checks.check(() -> checks.check(() -> "second").isEmpty())).contains(true);
    assertThat(checks.check(() -> "later")).contains("later");
  }

  @Test
  void aCheckThatFailsMakesRoom() {
    assertThatThrownBy(
            () ->
                checks.check(
                    () -> {
                      throw new IllegalStateException("no store");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(checks.check(() -> "next")).contains("next");
  }
}
