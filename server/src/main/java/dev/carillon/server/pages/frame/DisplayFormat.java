package dev.carillon.server.pages.frame;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How numbers and times are written for one reader: in the reader's locale and the account's zone.
 * What cannot be computed is written "-".
 *
 * @param locale the reader's
 * @param zone the account's
 * @param now the moment at which the page is made
 */
public record DisplayFormat(Locale locale, ZoneId zone, Instant now) {
  /** Shown where there is no number. */
  public static final String NOTHING = "-";

  private static final String NARROW_SPACE = "\u202f";

  public String number(long value) {
    return NumberFormat.getIntegerInstance(locale).format(value);
  }

  public String number(@Nullable Long value) {
    return value == null ? NOTHING : number(value.longValue());
  }

  /** A percentage with two places. */
  public String percent(@Nullable Double value) {
    return value == null ? NOTHING : places(2).format(value) + NARROW_SPACE + "%";
  }

  /** A percentage with its sign, plus too. */
  public String signedPercent(@Nullable Double value) {
    return value == null ? NOTHING : signed(value) + NARROW_SPACE + "%";
  }

  /** Percentage points with their sign. */
  public String points(@Nullable Double value) {
    return value == null ? NOTHING : signed(value) + NARROW_SPACE + "pp";
  }

  public String money(@Nullable Double value, String currency) {
    return value == null ? NOTHING : money(BigDecimal.valueOf(value), currency);
  }

  public String money(BigDecimal value, String currency) {
    int digits = Math.max(Currency.getInstance(currency).getDefaultFractionDigits(), 0);
    NumberFormat format = places(digits);
    return format.format(value.setScale(digits, RoundingMode.HALF_EVEN)) + NARROW_SPACE + currency;
  }

  /** "between a and b" of an interval; an open end is named so. */
  public String interval(@Nullable Double low, @Nullable Double high, String unit) {
    return (low == null ? "any less" : signed(low))
        + " to "
        + (high == null ? "any more" : signed(high))
        + NARROW_SPACE
        + unit;
  }

  public String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(day);
  }

  public String day(Instant at) {
    return day(at.atZone(zone).toLocalDate());
  }

  /** Day and time to the minute, with the zone. */
  public String moment(@Nullable Instant at) {
    return at == null ? NOTHING : at(at, FormatStyle.SHORT);
  }

  /** Day and time to the minute, without the zone. */
  public String local(Instant at) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(locale)
        .format(at.atZone(zone));
  }

  /** Day of the week, day and time to the minute; with the zone unless everybody has another. */
  public String runMoment(Instant at, boolean own) {
    return DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm", locale).format(at.atZone(zone))
        + (own ? "" : " " + zoneName(at));
  }

  /** Day and time to the second, with the zone. */
  public String exactly(@Nullable Instant at) {
    return at == null ? NOTHING : at(at, FormatStyle.MEDIUM);
  }

  /** The time of day to the second, with the zone. */
  public String time(Instant at) {
    return DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM)
            .withLocale(locale)
            .format(at.atZone(zone))
        + " "
        + zoneName(at);
  }

  private String at(Instant at, FormatStyle time) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, time)
            .withLocale(locale)
            .format(at.atZone(zone))
        + " "
        + zoneName(at);
  }

  /** The zone's short name at that moment, such as IST or CEST. */
  public String zoneName(Instant at) {
    return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(at.atZone(zone));
  }

  /** The zone in words, for settings. */
  public String zoneInWords() {
    return zone.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " (" + zone.getId() + ")";
  }

  /** How long ago, in its largest unit. */
  public String ago(@Nullable Instant at) {
    return at == null ? NOTHING : ago(Duration.between(at, now));
  }

  private static String ago(Duration since) {
    return since.toSeconds() < 1
        ? "just now"
        : length(since.truncatedTo(ChronoUnit.SECONDS)) + " ago";
  }

  /** A duration in its largest unit, rounded down, such as 2 days. */
  public static String length(Duration length) {
    if (length.toDays() > 0) {
      return count(length.toDays(), "day");
    }
    if (length.toHours() > 0) {
      return count(length.toHours(), "hour");
    }
    return length.toMinutes() > 0
        ? count(length.toMinutes(), "minute")
        : count(length.toSeconds(), "second");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  /** The number with the word for what is counted, in its right number. */
  public String count(long number, String one, String many) {
    return number(number) + " " + (number == 1 ? one : many);
  }

  private String signed(double value) {
    String digits = places(2).format(Math.abs(value));
    boolean zero = Math.abs(value) < 0.005;
    return zero ? digits : (value < 0 ? "\u2212" : "+") + digits;
  }

  private NumberFormat places(int digits) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    format.setRoundingMode(RoundingMode.HALF_EVEN);
    return format;
  }
}
