package dev.carillon.engine.dispatch.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private Instant now = START;
  private final InstantSource clock = () -> now;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 49, 80, 250, 1_000})
  void noSecondHoldsMoreThanTheRateAndTheRateIsReached(int perSecond) {
    Random random = new Random(perSecond);
    RateLimiter limiter = new RateLimiter(perSecond, clock);
    List<Instant> calls = new ArrayList<>();
    for (int i = 0; i < perSecond * 20; i++) {
      Instant turn = limiter.reserve();
      now = turn.isAfter(now) ? turn : now;
      calls.add(now);
      if (random.nextInt(perSecond * 4) == 0) {
        now = now.plusMillis(random.nextInt(3_000));
      }
    }
    for (int i = 0; i + perSecond < calls.size(); i++) {
      assertThat(Duration.between(calls.get(i), calls.get(i + perSecond)))
          .as("seed %d, call %d", perSecond, i)
          .isGreaterThanOrEqualTo(Duration.ofNanos(999_999_000));
    }
    assertThat(Duration.between(START, now)).isLessThan(Duration.ofSeconds(34));
  }

  @Test
  void theSteadyRateIsTheConnectionsRate() {
    RateLimiter limiter = new RateLimiter(80, clock);
    for (int i = 0; i < 800; i++) {
      Instant turn = limiter.reserve();
      now = turn.isAfter(now) ? turn : now;
    }
    assertThat(Duration.between(START, now))
        .isBetween(Duration.ofMillis(9_850), Duration.ofMillis(10_200));
  }

  @Test
  void aThrottleHalvesTheRateAndQuietSpellsDoubleItAgain() {
    RateLimiter limiter = new RateLimiter(100, clock);
    limiter.tooMuch(null);
    limiter.tooMuch(null);
    assertThat(limiter.perSecond()).isEqualTo(50);
    assertThat(limiter.reserve()).isEqualTo(START.plusSeconds(1));

    now = START.plusSeconds(2);
    limiter.tooMuch(Duration.ofSeconds(5));
    assertThat(limiter.perSecond()).isEqualTo(25);
    assertThat(limiter.reserve()).isEqualTo(START.plusSeconds(7));

    now = START.plusSeconds(12);
    assertThat(limiter.perSecond()).isEqualTo(50);
    now = START.plusSeconds(22);
    assertThat(limiter.perSecond()).isEqualTo(100);
  }

  @Test
  void aClockThatIsSetBackStopsNothing() {
    RateLimiter limiter = new RateLimiter(10, clock);
    limiter.reserve();
    now = START.minus(Duration.ofHours(2));
    limiter.reserve();
    assertThat(limiter.reserve()).isBefore(now.plusSeconds(1));
  }
}
