package dev.carillon.engine.definition.when;

import dev.carillon.core.audience.DateText;
import dev.carillon.core.audience.Value;
import dev.carillon.core.campaign.Recurrence;
import dev.carillon.core.campaign.When;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problem.Code;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads when a campaign is sent. */
public final class WhenReader {
  static final int MOST_DATES = 100;
  private static final int MOST_RUNS = 10_000;
  private static final List<String> WEEKDAYS =
      Arrays.stream(DayOfWeek.values()).map(WhenReader::written).toList();

  private WhenReader() {}

  public static @Nullable When read(JsonPlace place) {
    if (!place.isObject()) {
      return null;
    }
    String type = place.member("type").oneOf(List.of("now", "at", "dates", "recurring"));
    return switch (type) {
      case null -> null;
      case "now" -> place.object("type") ? new When.Now() : null;
      case "at" -> place.object("type", "at") ? at(place.member("at")) : null;
      case "dates" -> place.object("type", "at") ? dates(place.member("at")) : null;
      default -> recurring(place);
    };
  }

  /** The name of a day of the week in JSON. */
  public static String written(DayOfWeek day) {
    return day.name().substring(0, 3);
  }

  private static When.@Nullable At at(JsonPlace place) {
    String text = place.text(60);
    if (text == null) {
      return null;
    }
    if (DateText.parse(text).orElse(null) instanceof Value.Moment(var time, var offset)) {
      return new When.At(time, offset);
    }
    return place.no(
        Code.BAD_FORMAT, "write the time as 2026-12-01T10:00 or 2026-12-01T10:00+05:30");
  }

  private static When.@Nullable Dates dates(JsonPlace place) {
    HashSet<When.At> known = new HashSet<>();
    List<When.At> times =
        place.list(
            1,
            MOST_DATES,
            element -> {
              When.At at = at(element);
              return at == null || known.add(at)
                  ? at
                  : element.no(Code.CONTRADICTION, "this time is in the list already");
            });
    return times == null || times.isEmpty() ? null : new When.Dates(times);
  }

  private static When.@Nullable Recurring recurring(JsonPlace place) {
    if (!place.object("type", "every", "on", "at", "from", "until", "runs")) {
      return null;
    }
    Recurrence rhythm = rhythm(place.member("every"), place.member("on"));
    LocalTime at = TimeReader.time(place.member("at"));
    JsonPlace untilPlace = place.member("until");
    JsonPlace runsPlace = place.member("runs");
    LocalDate from = optionalDay(place.member("from"));
    LocalDate until = optionalDay(untilPlace);
    Long runs = runsPlace.absent() ? null : runsPlace.whole(1, MOST_RUNS);
    if (!untilPlace.absent() && !runsPlace.absent()) {
      return runsPlace.no(Code.CONTRADICTION, "give until or runs, not both");
    }
    if (from != null && until != null && until.isBefore(from)) {
      return untilPlace.no(Code.CONTRADICTION, "until must not lie before from");
    }
    return rhythm == null || at == null
        ? null
        : new When.Recurring(rhythm, at, from, until, runs == null ? null : runs.intValue());
  }

  private static @Nullable LocalDate optionalDay(JsonPlace place) {
    return place.absent() ? null : PeriodReader.day(place);
  }

  private static @Nullable Recurrence rhythm(JsonPlace every, JsonPlace on) {
    String unit = every.oneOf(List.of("day", "week", "month"));
    return switch (unit) {
      case null -> null;
      case "day" ->
          on.absent()
              ? new Recurrence.Daily()
              : on.no(Code.CONTRADICTION, "a campaign of every day has no chosen days");
      case "week" -> {
        List<DayOfWeek> days = on.list(1, 7, WhenReader::weekday);
        yield days == null || days.isEmpty() ? null : new Recurrence.Weekly(days);
      }
      default -> {
        List<Integer> days = on.list(1, 31, WhenReader::dayOfMonth);
        yield days == null || days.isEmpty() ? null : new Recurrence.Monthly(days);
      }
    };
  }

  private static @Nullable DayOfWeek weekday(JsonPlace place) {
    String name = place.oneOf(WEEKDAYS);
    return name == null ? null : DayOfWeek.of(WEEKDAYS.indexOf(name) + 1);
  }

  private static @Nullable Integer dayOfMonth(JsonPlace place) {
    Long day = place.whole(1, 31);
    return day == null ? null : Integer.valueOf(day.intValue());
  }
}
