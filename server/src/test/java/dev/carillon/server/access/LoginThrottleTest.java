package dev.carillon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guessing gets slower and slower; people who know their password hardly notice. */
class LoginThrottleTest {
  private final SettableClock clock = new SettableClock();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  @Test
  void aFewFailuresAreFree() {
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.attempt("meera", "1.2.3.4")).isZero();
    }
    assertThat(throttle.attempt("meera", "1.2.3.4")).isEqualTo(Duration.ofSeconds(2));
    assertThat(throttle.attempt("anil", "1.2.3.4")).isZero();
  }

  @Test
  void aNameIsProtectedFromManyAddresses() {
    for (int i = 0; i < 5; i++) {
      throttle.attempt("meera", "10.0.0." + i);
    }
    assertThat(throttle.attempt("meera", "10.0.0.99")).isPositive();
  }

  @Test
  void anAddressCannotTryManyNames() {
    for (int i = 0; i < 20; i++) {
      assertThat(throttle.attempt("name-" + i, "1.2.3.4")).isZero();
    }
    assertThat(throttle.attempt("another", "1.2.3.4")).isPositive();
    assertThat(throttle.attempt("another", "5.6.7.8")).isZero();
  }

  @Test
  void eachFurtherFailureWaitsTwiceAsLongUpToALimit() {
    for (int i = 0; i < 5; i++) {
      throttle.attempt("meera", "1.2.3.4");
    }
    Duration last = Duration.ofSeconds(1);
    for (int i = 0; i < 15; i++) {
      Duration wait = throttle.attempt("meera", "1.2.3.4");
      Duration twice = last.multipliedBy(2);
      assertThat(wait)
          .isEqualTo(twice.compareTo(Duration.ofMinutes(5)) < 0 ? twice : Duration.ofMinutes(5));
      last = wait;
      clock.pass(wait);
      assertThat(throttle.attempt("meera", "1.2.3.4")).isZero();
    }
  }

  @Test
  void successForgetsTheNamesFailures() {
    for (int i = 0; i < 4; i++) {
      throttle.attempt("meera", "1.2.3.4");
    }
    throttle.attempt("meera", "1.2.3.4");
    throttle.succeeded("meera", "1.2.3.4");
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.attempt("meera", "1.2.3.4")).isZero();
    }
  }

  @Test
  void ownSuccessesDoNotBuyAnAddressFreeGuesses() {
    int guesses = 0;
    for (int i = 0; i < 100; i++) {
      if (throttle.attempt("victim-" + i, "1.2.3.4").isZero()) {
        guesses++;
      }
      if (throttle.attempt("mine", "1.2.3.4").isZero()) {
        throttle.succeeded("mine", "1.2.3.4");
      }
    }
    assertThat(guesses).isLessThanOrEqualTo(20);
  }

  @Test
  void failuresAreForgottenInTime() {
    for (int i = 0; i < 5; i++) {
      throttle.attempt("meera", "1.2.3.4");
    }
    clock.pass(Duration.ofHours(1).plusSeconds(1));
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.attempt("meera", "1.2.3.4")).isZero();
    }
  }
}
