package dev.carillon.channels.meta.graph;

import dev.carillon.channels.support.http.RetryAfter;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long an answer asks to wait: by Retry-After, else by Graph's own header of the account's use,
 * which estimates the minutes until calls are allowed again.
 */
final class GraphWait {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private GraphWait() {}

  /** The wait, at most a day; empty when the answer does not say. */
  static Optional<Duration> of(HttpHeaders headers, InstantSource clock) {
    return RetryAfter.of(headers, clock)
        .or(() -> headers.firstValue("x-business-use-case-usage").flatMap(GraphWait::regained));
  }

  private static Optional<Duration> regained(String header) {
    long minutes = 0;
    try {
      for (JsonNode uses : JSON.readTree(header)) {
        for (JsonNode use : uses) {
          minutes = Math.max(minutes, use.path("estimated_time_to_regain_access").asLong(0));
        }
      }
    } catch (JacksonException e) {
      return Optional.empty();
    }
    return minutes > 0
        ? Optional.of(Duration.ofMinutes(Math.min(minutes, RetryAfter.LONGEST.toMinutes())))
        : Optional.empty();
  }
}
