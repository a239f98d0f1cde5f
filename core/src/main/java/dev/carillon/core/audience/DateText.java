package dev.carillon.core.audience;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a date is written as text, in rules and in property values alike: {@code $D_} and seconds
 * since 1970, or milliseconds where there are 12 digits or more, a day {@code 2026-12-01}, or a
 * date-time {@code 2026-12-01T10:00} with optional seconds, fraction (1 to 9 digits, of which six
 * count) and offset ({@code Z} or {@code +05:30}, at most 18 hours). Years have four digits and
 * begin with 1000; everything else is plain text.
 */
public final class DateText {
  private static final Pattern EPOCH = Pattern.compile("\\$D_(-?)([0-9]{1,14})");
  private static final int MOST_DIGITS_OF_SECONDS = 11;
  private static final Pattern ISO =
      Pattern.compile(
          "([1-9][0-9]{3}-[0-9]{2}-[0-9]{2})"
              + "(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?)"
              + "(Z|[+-][0-9]{2}:[0-9]{2})?)?");

  private DateText() {}

  /** The date that the text writes; empty when it writes none. */
  public static Optional<Value.Date> parse(String text) {
    try {
      Matcher epoch = EPOCH.matcher(text);
      if (epoch.matches()) {
        String digits = epoch.group(2);
        long number = Long.parseLong(epoch.group(1) + digits);
        Instant at =
            digits.length() <= MOST_DIGITS_OF_SECONDS
                ? Instant.ofEpochSecond(number)
                : Instant.ofEpochMilli(number);
        return Optional.of(
            new Value.Moment(LocalDateTime.ofInstant(at, ZoneOffset.UTC), ZoneOffset.UTC));
      }
      Matcher iso = ISO.matcher(text);
      return iso.matches() ? Optional.of(iso(iso)) : Optional.empty();
    } catch (DateTimeException noSuchDate) {
      return Optional.empty();
    }
  }

  private static Value.Date iso(Matcher iso) {
    LocalDate day = LocalDate.parse(iso.group(1));
    if (iso.group(2) == null) {
      return new Value.Day(day);
    }
    String offset = iso.group(3);
    return new Value.Moment(
        day.atTime(LocalTime.parse(iso.group(2))), offset == null ? null : ZoneOffset.of(offset));
  }
}
