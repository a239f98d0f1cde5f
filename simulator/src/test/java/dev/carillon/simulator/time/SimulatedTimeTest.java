package dev.carillon.simulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedTimeTest {

  private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

  private final SimulatedTime time = SimulatedTime.stoppedAt(START);
  private final List<String> happened = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void runsWhatIsDueInOrderOfTimeAndThenOfKey() {
    plan(20, 0, "late");
    plan(10, 2, "second");
    plan(10, 1, "first");
    plan(31, 0, "not yet");

    time.advanceTo(START.plusSeconds(30));

    assertThat(happened)
        .containsExactly(
            "first at 2026-11-01T09:00:10Z",
            "second at 2026-11-01T09:00:10Z",
            "late at 2026-11-01T09:00:20Z");
    assertThat(time.instant()).isEqualTo(START.plusSeconds(30));
    assertThat(time.nextDue()).contains(START.plusSeconds(31));
  }

  @Test
  void runsWhatFollowsFromWhatItRan() {
    time.schedule(START.plusSeconds(1), 0, () -> plan(5, 0, "follows"));

    time.advanceBy(Duration.ofSeconds(10));

    assertThat(happened).containsExactly("follows at 2026-11-01T09:00:05Z");
  }

  @Test
  void waitsForWorkThatWasHandedToOtherThreads() {
    List<String> settled = new ArrayList<>();
    time.onSettle(
        () -> {
          if (settled.isEmpty()) {
            settled.add("settled");
            plan(2, 0, "planned while settling");
          }
        });

    time.advanceBy(Duration.ofSeconds(3));

    assertThat(happened).hasSize(1);
  }

  @Test
  void neverTurnsBack() {
    assertThatThrownBy(() -> time.advanceTo(START.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void runsEverythingWithoutMovingTheClock() {
    time.schedule(START.plusSeconds(3600), 0, () -> plan(90_000, 0, "far off"));

    time.runEverythingNow();

    assertThat(happened).containsExactly("far off at " + START);
    assertThat(time.pending()).isZero();
  }

  @Test
  void anExceptionDoesNotKeepTheRestFromHappening() {
    time.schedule(
        START,
        0,
        () -> {
          throw new IllegalStateException("on purpose");
        });
    plan(1, 0, "next");

    time.advanceBy(Duration.ofSeconds(1));

    assertThat(happened).hasSize(1);
  }

  @Test
  void runsByItselfAtAMultipleOfRealTime() throws InterruptedException {
    CountDownLatch hourLater = new CountDownLatch(1);
    time.schedule(START.plus(Duration.ofHours(1)), 0, hourLater::countDown);

    time.run(36_000);

    assertThat(hourLater.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(time.instant()).isAfterOrEqualTo(START.plus(Duration.ofHours(1)));
    assertThatThrownBy(() -> time.advanceBy(Duration.ofHours(1)))
        .isInstanceOf(IllegalStateException.class);
    time.stop();
    assertThat(time.isStopped()).isTrue();
  }

  @Test
  void goesOverToTheWallClock() throws InterruptedException {
    try (SimulatedTime past = SimulatedTime.stoppedAt(Instant.now().minusSeconds(3600))) {
      CountDownLatch overdue = new CountDownLatch(1);
      past.schedule(past.instant().plusSeconds(5), 0, overdue::countDown);

      past.followWall();

      assertThat(overdue.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.between(past.instant(), Instant.now()).abs())
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  private void plan(int seconds, long order, String name) {
    time.schedule(
        START.plusSeconds(seconds), order, () -> happened.add(name + " at " + time.instant()));
  }
}
