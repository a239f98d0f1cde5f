package dev.carillon.channels.meta.whatsapp;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long an answer asks to wait: by Retry-After, else by Graph's own header of the account's use,
 * which estimates the minutes until calls are allowed again.
 */
final class ProviderWait {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONGEST = Duration.ofDays(1);

  private ProviderWait() {}

  /** The wait, at most a day; null when the answer does not say. */
  static @Nullable Duration of(HttpHeaders headers, InstantSource clock) {
    Duration wait =
        headers
            .firstValue("retry-after")
            .map(value -> retryAfter(value.strip(), clock))
            .or(() -> headers.firstValue("x-business-use-case-usage").map(ProviderWait::regained))
            .orElse(null);
    if (wait == null) {
      return null;
    }
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static @Nullable Duration retryAfter(String value, InstantSource clock) {
    try {
      return !value.isEmpty() && value.chars().allMatch(Character::isDigit)
          ? Duration.ofSeconds(Long.parseLong(value))
          : Duration.between(
              clock.instant(),
              ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Duration regained(String header) {
    long minutes = 0;
    try {
      for (JsonNode uses : JSON.readTree(header)) {
        for (JsonNode use : uses) {
          minutes = Math.max(minutes, use.path("estimated_time_to_regain_access").asLong(0));
        }
      }
    } catch (JacksonException e) {
      return null;
    }
    return minutes > 0 ? Duration.ofMinutes(Math.min(minutes, LONGEST.toMinutes())) : null;
  }
}
