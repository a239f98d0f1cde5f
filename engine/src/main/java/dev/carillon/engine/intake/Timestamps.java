package dev.carillon.engine.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Which times a source may report. */
public final class Timestamps {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration LATEST_AHEAD = Duration.ofDays(366);

  private Timestamps() {}

  /** Whether a source may report this time: since 2000, and at most 366 days ahead. */
  public static boolean plausible(Instant at, Instant receivedAt) {
    return !at.isBefore(EARLIEST) && !at.isAfter(receivedAt.plus(LATEST_AHEAD));
  }

  /** A moment in whole seconds since 1970; empty when it is none that a source may report. */
  public static Optional<Instant> ofEpochSeconds(long seconds, Instant receivedAt) {
    if (seconds < EARLIEST.getEpochSecond()
        || seconds > receivedAt.plus(LATEST_AHEAD).getEpochSecond()) {
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochSecond(seconds));
  }

  /** A moment in ISO 8601, in UTC when it has no offset; empty when it is none. */
  public static Optional<Instant> ofText(String text) {
    try {
      return Optional.of(
          text.endsWith("Z") || hasOffset(text)
              ? OffsetDateTime.parse(withColon(text)).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException notATime) {
      return Optional.empty();
    }
  }

  private static boolean hasOffset(String text) {
    int time = text.indexOf('T');
    return time > 0 && (text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0);
  }

  /** Some sources write an offset as +0530. */
  private static String withColon(String text) {
    int length = text.length();
    if (length > 5
        && (text.charAt(length - 5) == '+' || text.charAt(length - 5) == '-')
        && text.indexOf('T') > 0) {
      return text.substring(0, length - 2) + ":" + text.substring(length - 2);
    }
    return text;
  }
}
