package dev.carillon.server.access.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.access.login.LoginThrottle.Try;
import dev.carillon.server.access.login.WaitingTries.Turn;
import dev.carillon.server.access.login.WaitingTries.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However hard somebody guesses, others get their turn. {@code test.seed} repeats a draw. */
class WaitingTriesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final Duration TOKEN = Duration.ofSeconds(2);
  private static final Duration STEP = Duration.ofMillis(500);
  private static final String SHARED = "1.2.3.4";

  private final long seed = Long.getLong("test.seed", System.nanoTime());
  private final SettableClock clock = new SettableClock();
  private final LoginThrottle throttle = new LoginThrottle(clock);
  private final WaitingTries tries =
      new WaitingTries(throttle, clock, new Random(seed), PATIENCE, 1);
  private int sessions;

  @BeforeEach
  void reportSeed(TestReporter reporter) {
    reporter.publishEntry("test.seed", Long.toString(seed));
  }

  private Waiting add(String name, String address) {
    return tries.add(new Try(name, address), "session-" + sessions++);
  }

  private static Turn turn(Waiting one) {
    return one.turn().getNow(null);
  }

  /** Lets guessers take what is free at first. */
  private void empty(String name, String address) {
    while (throttle.wait(new Try(name, address)).isZero()) {
      throttle.take(new Try(name, address));
    }
  }

  /** Somebody at a connection, who sends the next try when the one before is answered. */
  private final class Client {
    private final String name;
    private final String address;
    private Waiting now;
    private int checked;

    private Client(String name, String address) {
      this.name = name;
      this.address = address;
      this.now = add(name, address);
    }

    /** Whether the try was checked. */
    private boolean isChecked() {
      if (turn(now) != Turn.CHECK) {
        return false;
      }
      checked++;
      tries.checked();
      return true;
    }

    private void goOn() {
      if (isChecked() || turn(now) == Turn.TOO_MANY) {
        now = add(name, address);
      }
    }

    private boolean getsIn() {
      boolean in = isChecked();
      if (turn(now) == Turn.TOO_MANY) {
        now = add(name, address);
      }
      return in;
    }
  }

  private List<Client> guessers(int connections, String name, String address) {
    List<Client> guessers = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      guessers.add(new Client(name, address));
    }
    return guessers;
  }

  /** How long it takes on average until somebody's try is checked, who asks again when refused. */
  private Duration meanWait(List<Client> guessers, String name, String address, Duration during) {
    Instant end = clock.instant().plus(during);
    Duration waited = Duration.ZERO;
    int times = 0;
    while (clock.instant().isBefore(end)) {
      Instant begun = clock.instant();
      Client person = new Client(name, address);
      while (!person.getsIn()) {
        guessers.forEach(Client::goOn);
        clock.pass(STEP);
        tries.settle();
      }
      waited = waited.plus(Duration.between(begun, clock.instant()));
      times++;
    }
    return waited.dividedBy(times);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 30, 100})
  void fromTheAddressOfAGuesserTheWaitGrowsOnlyWithItsConnections(int connections) {
    empty("meera", SHARED);
    Duration mean =
        meanWait(
            guessers(connections, "meera", SHARED),
            "meera",
            SHARED,
            Duration.ofMinutes(60 + 4 * connections));
    assertThat(mean)
        .as("seed %d", seed)
        .isLessThan(TOKEN.multipliedBy(2L * (connections + 1)).plus(STEP));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 30, 150})
  void fromAnotherAddressTheWaitIsShortHoweverManyConnections(int connections) {
    List.of(SHARED, "6.6.6.6", "7.7.7.7").forEach(address -> empty("meera", address));
    Duration mean =
        meanWait(
            guessers(connections, "meera", SHARED), "meera", "5.6.7.8", Duration.ofMinutes(30));
    assertThat(mean).as("seed %d", seed).isLessThan(TOKEN.multipliedBy(3));
  }

  @Test
  void whoGuessesAtOneNameDoesNotHoldUpAnotherEvenFromTheSameAddress() {
    empty("meera", SHARED);
    Duration mean = meanWait(guessers(50, "meera", SHARED), "anil", SHARED, Duration.ofMinutes(30));
    assertThat(mean).as("seed %d", seed).isLessThan(TOKEN.multipliedBy(4));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 250})
  void waitingBringsAGuesserNoMoreGuesses(int connections) {
    List<Client> guessers = guessers(connections, "meera", SHARED);
    for (int i = 0; i < 2 * 600; i++) {
      guessers.forEach(Client::goOn);
      clock.pass(STEP);
      tries.settle();
      assertThat(tries.size()).isLessThanOrEqualTo(WaitingTries.MOST);
    }
    assertThat(guessers.stream().mapToInt(guesser -> guesser.checked).sum())
        .as("seed %d", seed)
        .isBetween(295, 320);
  }

  @Test
  void whereTokensAndChecksAreFreeNoTryWaits() {
    Waiting first = add("meera", SHARED);
    Waiting second = add("meera", SHARED);
    assertThat(turn(first)).isEqualTo(Turn.CHECK);
    assertThat(turn(second)).as("one check at once").isNull();
    tries.checked();
    assertThat(turn(second)).isEqualTo(Turn.CHECK);
  }

  @Test
  void aFloodPushesOutItsOwnTries() {
    empty("meera", SHARED);
    empty("anil", "5.6.7.8");
    Waiting other = add("anil", "5.6.7.8");
    Waiting otherName = add("anil", SHARED);
    for (int i = 0; i < 2_000; i++) {
      add("meera", SHARED);
      assertThat(tries.size()).isLessThanOrEqualTo(WaitingTries.MOST);
    }
    assertThat(tries.size()).isEqualTo(WaitingTries.MOST);
    assertThat(turn(other)).isNull();
    assertThat(turn(otherName)).isNull();
  }

  @Test
  void aTryWaitsNoLongerThanItsPatience() {
    empty("meera", SHARED);
    assertThat(turn(add("anil", "5.6.7.8"))).isEqualTo(Turn.CHECK);
    Waiting one = add("meera", SHARED);
    assertThat(tries.pause(one)).isEqualTo(TOKEN);
    clock.pass(PATIENCE.minusMillis(1));
    tries.settle();
    assertThat(turn(one)).as("the only check is taken").isNull();
    assertThat(tries.pause(one)).isEqualTo(Duration.ofMillis(1));

    clock.pass(Duration.ofMillis(1));
    tries.settle();
    assertThat(turn(one)).isEqualTo(Turn.TOO_MANY);
    assertThat(tries.size()).isZero();
  }

  @Test
  void aSecondClickTakesThePlaceOfTheFirst() {
    empty("meera", SHARED);
    Waiting first = tries.add(new Try("meera", SHARED), "session");
    Waiting second = tries.add(new Try("meera", SHARED), "session");
    Waiting otherName = tries.add(new Try("anil", SHARED), "session");
    assertThat(turn(first)).isEqualTo(Turn.TOO_MANY);
    assertThat(turn(second)).isNull();
    assertThat(turn(otherName)).isNull();
    assertThat(tries.size()).isEqualTo(2);
  }

  @Test
  void aClockThatIsSetBackDelaysNoTries() {
    empty("meera", SHARED);
    Waiting one = add("meera", SHARED);
    clock.pass(Duration.ofDays(-1));
    tries.settle();
    assertThat(turn(one)).isEqualTo(Turn.TOO_MANY);
  }
}
