package dev.carillon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.access.LoginThrottle.Try;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guessing is slow for whoever guesses; nobody is locked out, least of all by others. */
class LoginThrottleTest {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final SettableClock clock = new SettableClock();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  private static Try unknown(String name, String address) {
    return new Try(name, address, null, false);
  }

  private static Try fromKnownBrowser(String name, String address) {
    return new Try(name, address, "a-browser", false);
  }

  private static Try fromKnownAddress(String name, String address) {
    return new Try(name, address, null, true);
  }

  private boolean mayTry(Try attempt) {
    return throttle.attempt(attempt).isZero();
  }

  @Test
  void aFewFailuresAreFreeThenEachTryWaitsSeconds() {
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.attempt(unknown("meera", "1.2.3.4"))).isZero();
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(throttle.attempt(unknown("meera", "1.2.3.4"))).isEqualTo(LONGEST_WAIT);
    }
    clock.pass(LONGEST_WAIT);
    assertThat(throttle.attempt(unknown("meera", "1.2.3.4"))).isZero();
    assertThat(throttle.attempt(unknown("meera", "1.2.3.4"))).isEqualTo(LONGEST_WAIT);
    assertThat(throttle.attempt(unknown("anil", "1.2.3.4"))).isZero();
  }

  @Test
  void nobodyElseHoldsUpAKnownBrowserEvenFromItsOwnAddress() {
    for (int i = 0; i < 10_000; i++) {
      throttle.attempt(unknown("meera", i % 2 == 0 ? "1.2.3.4" : "10.0.0." + i % 256));
    }
    assertThat(throttle.attempt(unknown("meera", "1.2.3.4"))).isPositive();

    for (int i = 0; i < 5; i++) {
      assertThat(throttle.attempt(fromKnownBrowser("meera", "1.2.3.4"))).isZero();
    }
    assertThat(throttle.attempt(fromKnownBrowser("meera", "1.2.3.4"))).isEqualTo(LONGEST_WAIT);
  }

  @Test
  void nobodyElsewhereHoldsUpAKnownAddress() {
    for (int i = 0; i < 10_000; i++) {
      throttle.attempt(unknown("meera", "10.0." + i % 200 + ".1"));
    }
    assertThat(throttle.attempt(unknown("meera", "1.2.3.4"))).isPositive();
    assertThat(throttle.attempt(fromKnownAddress("meera", "1.2.3.4"))).isZero();
  }

  @Test
  void oneAddressDoesNotHoldUpFirstTriesFromOthers() {
    for (int second = 0; second < 3_600; second++) {
      for (int i = 0; i < 10; i++) {
        throttle.attempt(unknown("meera", "6.6.6.6"));
      }
      clock.pass(Duration.ofSeconds(1));
      if (second % 60 == 0) {
        assertThat(throttle.attempt(unknown("meera", "1.2.3.4"))).as("at %d", second).isZero();
      }
    }
  }

  @Test
  void whoSharesTheAddressWithAGuesserWaitsSeconds() {
    for (int i = 0; i < 1_000; i++) {
      throttle.attempt(unknown("name-" + i, "1.2.3.4"));
    }
    assertThat(throttle.attempt(unknown("meera", "1.2.3.4"))).isEqualTo(Duration.ofSeconds(2));
    assertThat(throttle.attempt(unknown("meera", "5.6.7.8"))).isZero();
  }

  @Test
  void aDayAllowsSoManyGuessesFromOneAddress() {
    int one = 0;
    int all = 0;
    for (int second = 0; second < 86_400; second++) {
      one += mayTry(unknown("meera", "1.2.3.4")) ? 1 : 0;
      all += mayTry(unknown("name-" + second % 500, "5.6.7.8")) ? 1 : 0;
      clock.pass(Duration.ofSeconds(1));
    }
    assertThat(one).isBetween(4_320, 4_325);
    assertThat(all).isBetween(43_200, 43_220);
  }

  @Test
  void aDayAllowsSoManyGuessesAtANameFromManyAddresses() {
    int guesses = 0;
    for (int second = 0; second < 86_400; second++) {
      for (int i = 0; i < 3; i++) {
        guesses += mayTry(unknown("meera", "address-" + (second * 3 + i) % 2_000)) ? 1 : 0;
      }
      clock.pass(Duration.ofSeconds(1));
    }
    assertThat(guesses).isBetween(43_200, 43_250);
  }

  @Test
  void successForgivesThePlaceItsFailures() {
    for (int i = 0; i < 5; i++) {
      throttle.attempt(unknown("meera", "1.2.3.4"));
    }
    throttle.succeeded(unknown("meera", "1.2.3.4"));
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.attempt(unknown("meera", "1.2.3.4"))).isZero();
    }
  }

  @Test
  void ownSuccessesDoNotBuyAnAddressFreeGuesses() {
    int guesses = 0;
    for (int i = 0; i < 100; i++) {
      guesses += mayTry(unknown("victim-" + i, "1.2.3.4")) ? 1 : 0;
      if (mayTry(unknown("mine", "1.2.3.4"))) {
        throttle.succeeded(unknown("mine", "1.2.3.4"));
      }
    }
    assertThat(guesses).isEqualTo(20);
  }

  @Test
  void whatWasNotCheckedDoesNotCount() {
    for (int i = 0; i < 100; i++) {
      assertThat(throttle.attempt(unknown("meera", "1.2.3.4"))).isZero();
      throttle.takeBack(unknown("meera", "1.2.3.4"));
    }
  }
}
