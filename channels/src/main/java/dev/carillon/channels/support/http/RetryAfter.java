package dev.carillon.channels.support.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header Retry-After: seconds, or a date. */
public final class RetryAfter {
  /** No wait is taken to be longer. */
  public static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /** The wait, from nothing to a day; empty when the answer does not say, or not readably. */
  public static Optional<Duration> of(HttpHeaders headers, InstantSource clock) {
    return headers.firstValue("retry-after").flatMap(value -> read(value.strip(), clock));
  }

  private static Optional<Duration> read(String value, InstantSource clock) {
    try {
      return Optional.of(
          within(
              !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')
                  ? Duration.ofSeconds(Long.parseLong(value))
                  : Duration.between(
                      clock.instant(),
                      ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                          .toInstant())));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Duration within(Duration wait) {
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
