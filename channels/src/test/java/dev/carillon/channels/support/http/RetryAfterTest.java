package dev.carillon.channels.support.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-20T10:15:30Z"));

  @Test
  void secondsOrADate() {
    assertThat(wait("7")).contains(Duration.ofSeconds(7));
    assertThat(wait(" 0 ")).contains(Duration.ZERO);
    assertThat(wait("Fri, 20 Nov 2026 10:16:00 GMT")).contains(Duration.ofSeconds(30));
    assertThat(wait("Fri, 20 Nov 2026 10:00:00 GMT")).contains(Duration.ZERO);
    assertThat(wait("86401")).contains(RetryAfter.LONGEST);
  }

  @Test
  void whatCannotBeReadSaysNothing() {
    for (String value : List.of("", "soon", "-1", "1.5", "9".repeat(40), "٧")) {
      assertThat(wait(value)).as(value).isEmpty();
    }
    assertThat(RetryAfter.of(HttpHeaders.of(Map.of(), (_, _) -> true), CLOCK)).isEmpty();
  }

  private static Optional<Duration> wait(String value) {
    return RetryAfter.of(
        HttpHeaders.of(Map.of("Retry-After", List.of(value)), (_, _) -> true), CLOCK);
  }
}
