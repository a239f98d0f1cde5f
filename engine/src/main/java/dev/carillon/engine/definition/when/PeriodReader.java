package dev.carillon.engine.definition.when;

import dev.carillon.core.audience.DateText;
import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.Value;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problem.Code;
import java.time.Duration;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads lengths of time and the periods of rules. */
public final class PeriodReader {
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Pattern WEEKS = Pattern.compile("P([0-9]{1,4})W");
  private static final Pattern OTHERS =
      Pattern.compile(
          "P(?=[0-9T])(?:[0-9]{1,6}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?"
              + "(?:[0-9]{1,9}S)?)?");

  private PeriodReader() {}

  /** The period of a behaviour from its members within, from and to; ever without them. */
  public static @Nullable Period period(JsonPlace rule) {
    JsonPlace within = rule.member("within");
    JsonPlace from = rule.member("from");
    JsonPlace to = rule.member("to");
    if (within.absent() && from.absent() && to.absent()) {
      return new Period.Ever();
    }
    if (!within.absent()) {
      if (!from.absent() || !to.absent()) {
        return within.no(Code.CONTRADICTION, "give either within, or from and to");
      }
      Duration length = length(within, Duration.ofSeconds(1), LONGEST);
      return length == null ? null : new Period.Within(length);
    }
    LocalDate first = from.absent() ? null : day(from);
    LocalDate last = to.absent() ? null : day(to);
    if ((first == null && !from.absent()) || (last == null && !to.absent())) {
      return null;
    }
    if (first != null && last != null && last.isBefore(first)) {
      return to.no(Code.CONTRADICTION, "to must not lie before from");
    }
    return new Period.Days(first, last);
  }

  /** A length of time as an ISO-8601 duration of weeks, or of days, hours, minutes and seconds. */
  public static @Nullable Duration length(JsonPlace place, Duration least, Duration most) {
    String text = place.text(40);
    if (text == null) {
      return null;
    }
    Matcher weeks = WEEKS.matcher(text);
    if (!weeks.matches() && !OTHERS.matcher(text).matches()) {
      return place.no(
          Code.BAD_FORMAT, "write the length as P30D, P2W or PT12H; a day has 24 hours");
    }
    Duration length =
        weeks.matches()
            ? Duration.ofDays(7 * Long.parseLong(weeks.group(1)))
            : Duration.parse(text);
    return length.compareTo(least) < 0 || length.compareTo(most) > 0
        ? place.no(Code.OUT_OF_RANGE, "it must be from " + written(least) + " to " + written(most))
        : length;
  }

  /** A length of time in the shortest of the forms that can be read. */
  public static String written(Duration length) {
    return length.equals(Duration.ofDays(length.toDays()))
        ? "P" + length.toDays() + "D"
        : length.toString();
  }

  /** A day of the calendar. */
  static @Nullable LocalDate day(JsonPlace place) {
    String text = place.text(40);
    if (text == null) {
      return null;
    }
    if (DateText.parse(text).orElse(null) instanceof Value.Day(LocalDate day)) {
      return day;
    }
    return place.no(Code.BAD_FORMAT, "write the day as 2026-12-01");
  }
}
