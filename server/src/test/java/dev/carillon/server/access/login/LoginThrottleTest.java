package dev.carillon.server.access.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.access.login.LoginThrottle.KnownPlace;
import dev.carillon.server.access.login.LoginThrottle.Try;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guessing is slow; a known place has tries that no other place can take. */
class LoginThrottleTest {
  private static final KnownPlace BROWSER = new KnownPlace("meera", "browser 1");
  private static final Duration LONGEST_OF_KNOWN = Duration.ofSeconds(20);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final SettableClock clock = new SettableClock();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  private boolean mayTry(String name, String address) {
    Try attempt = new Try(name, address);
    boolean may = throttle.wait(attempt).isZero();
    if (may) {
      throttle.take(attempt);
    }
    return may;
  }

  @Test
  void someFailuresAreFreeThenEachTryWaitsSeconds() {
    for (int i = 0; i < 20; i++) {
      assertThat(mayTry("meera", "1.2.3.4")).isTrue();
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(throttle.wait(new Try("meera", "1.2.3.4"))).isEqualTo(LONGEST);
    }
    clock.pass(LONGEST);
    assertThat(mayTry("meera", "1.2.3.4")).isTrue();
    assertThat(throttle.wait(new Try("meera", "1.2.3.4"))).isEqualTo(LONGEST);
    assertThat(mayTry("meera", "5.6.7.8")).isTrue();
  }

  @Test
  void aKnownPlaceHasTriesThatNoOtherPlaceTakes() {
    for (int i = 0; i < 10_000; i++) {
      mayTry("meera", "10.0." + i % 200 + ".1");
      throttle.attempt(new KnownPlace("meera", "browser 2"));
      throttle.attempt(new KnownPlace("anil", "browser 1"));
    }
    assertThat(throttle.wait(new Try("meera", "1.2.3.4"))).isPositive();

    for (int i = 0; i < 5; i++) {
      assertThat(throttle.attempt(BROWSER)).isZero();
    }
    assertThat(throttle.attempt(BROWSER)).isEqualTo(LONGEST_OF_KNOWN);
  }

  @Test
  void aDayAllowsSoManyGuessesFromOneAddress() {
    int one = 0;
    int all = 0;
    for (int second = 0; second < 86_400; second++) {
      one += mayTry("meera", "1.2.3.4") ? 1 : 0;
      all += mayTry("name-" + second % 500, "5.6.7.8") ? 1 : 0;
      clock.pass(Duration.ofSeconds(1));
    }
    assertThat(one).isBetween(43_200, 43_220);
    assertThat(all).isBetween(43_200, 43_220);
  }

  @Test
  void aDayAllowsSoManyGuessesAtANameFromManyAddresses() {
    int guesses = 0;
    for (int second = 0; second < 86_400; second++) {
      for (int i = 0; i < 3; i++) {
        guesses += mayTry("meera", "address-" + (second * 3 + i) % 2_000) ? 1 : 0;
      }
      clock.pass(Duration.ofSeconds(1));
    }
    assertThat(guesses).isBetween(43_200, 43_250);
  }

  @Test
  void aDayAllowsSoManyGuessesMoreFromAKnownPlace() {
    int guesses = 0;
    for (int second = 0; second < 86_400; second++) {
      guesses += throttle.attempt(BROWSER).isZero() ? 1 : 0;
      clock.pass(Duration.ofSeconds(1));
    }
    assertThat(guesses).isBetween(4_320, 4_325);
  }

  @Test
  void successForgivesAKnownPlaceItsFailures() {
    for (int i = 0; i < 5; i++) {
      throttle.attempt(BROWSER);
    }
    throttle.succeeded(BROWSER);
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.attempt(BROWSER)).isZero();
    }
  }

  @Test
  void ownSuccessesDoNotBuyAnAddressFreeGuesses() {
    int guesses = 0;
    for (int i = 0; i < 100; i++) {
      guesses += mayTry("victim-" + i, "1.2.3.4") ? 1 : 0;
      if (mayTry("mine", "1.2.3.4")) {
        throttle.takeBack(new Try("mine", "1.2.3.4"));
      }
    }
    assertThat(guesses).isEqualTo(20);
  }

  @Test
  void whatDoesNotCountTakesNothing() {
    for (int i = 0; i < 100; i++) {
      assertThat(throttle.attempt(BROWSER)).isZero();
      throttle.takeBack(BROWSER);
      assertThat(mayTry("meera", "1.2.3.4")).isTrue();
      throttle.takeBack(new Try("meera", "1.2.3.4"));
    }
  }

  @Test
  void aClockThatIsSetBackDelaysNoTries() {
    for (int i = 0; i < 20; i++) {
      mayTry("meera", "1.2.3.4");
    }
    clock.pass(Duration.ofDays(-1));
    assertThat(throttle.wait(new Try("meera", "1.2.3.4"))).isEqualTo(LONGEST);
    clock.pass(LONGEST);
    assertThat(mayTry("meera", "1.2.3.4")).isTrue();
  }
}
