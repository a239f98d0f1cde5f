package dev.carillon.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random schedules in many zones and years, against one who watches the clock every minute. */
class RandomSchedulesTest {
  private static final int SCHEDULES = 120;
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "Asia/Kolkata",
          "Pacific/Apia",
          "America/Sao_Paulo",
          "Africa/Cairo",
          "Asia/Kathmandu",
          "Pacific/Chatham",
          "America/St_Johns",
          "Africa/Casablanca",
          "Asia/Pyongyang",
          "America/Caracas",
          "Antarctica/Troll",
          "Pacific/Kiritimati",
          "Asia/Tehran");

  @Test
  void comeToTheSameAsWatchingTheClock() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < SCHEDULES; i++) {
      ZoneId zone = ZoneId.of(ZONES.get(i % ZONES.size()));
      int year = zone.getId().equals("Pacific/Apia") ? 2011 : 2005 + random.nextInt(30);
      Instant launched =
          LocalDate.of(year, 1, 1)
              .atStartOfDay(zone)
              .toInstant()
              .plus(Duration.ofMinutes(random.nextInt(525_600)));
      Instant until = launched.plus(Duration.ofDays(random.nextInt(20, 300)));
      When.Recurring recurring = recurring(random, LocalDate.ofInstant(launched, zone));

      List<Instant> runs =
          ScheduledRuns.of(new Schedule(recurring, zone), launched, until).stream()
              .map(Schedule.Due::at)
              .toList();

      assertThat(runs)
          .as("seed %d, schedule %d: %s in %s from %s", seed, i, recurring, zone, launched)
          .isEqualTo(watched(recurring, zone, launched, until));
    }
  }

  private static When.Recurring recurring(Random random, LocalDate launched) {
    LocalTime at =
        LocalTime.of(
            random.nextBoolean() ? random.nextInt(4) : random.nextInt(24), 15 * random.nextInt(4));
    @Nullable LocalDate from =
        random.nextBoolean() ? null : launched.plusDays(random.nextInt(-30, 60));
    @Nullable LocalDate until =
        random.nextInt(3) > 0 ? null : launched.plusDays(random.nextInt(0, 250));
    @Nullable Integer most =
        until != null || random.nextBoolean() ? null : Integer.valueOf(1 + random.nextInt(50));
    return new When.Recurring(rhythm(random), at, from, until, most);
  }

  private static Recurrence rhythm(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Recurrence.Daily();
      case 1 -> {
        List<DayOfWeek> days = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
          days.add(DayOfWeek.of(1 + random.nextInt(7)));
        }
        yield new Recurrence.Weekly(days);
      }
      default -> {
        List<Integer> days = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          days.add(random.nextBoolean() ? 28 + random.nextInt(4) : 1 + random.nextInt(31));
        }
        yield new Recurrence.Monthly(days);
      }
    };
  }

  /**
   * Looks at the zone's clock every minute. Whenever it shows a later time than ever before, the
   * targets that it has come to or past are due.
   */
  private static List<Instant> watched(
      When.Recurring recurring, ZoneId zone, Instant launched, Instant until) {
    List<Instant> runs = new ArrayList<>();
    int most = recurring.runs() == null ? Integer.MAX_VALUE : recurring.runs();
    Instant minute = launched.minus(Duration.ofDays(3));
    LocalDateTime latest = LocalDateTime.ofInstant(minute, zone);
    LocalDateTime target = latest.toLocalDate().atTime(recurring.at());
    for (; !minute.isAfter(until) && runs.size() < most; minute = minute.plusSeconds(60)) {
      LocalDateTime shown = LocalDateTime.ofInstant(minute, zone);
      if (shown.isAfter(latest)) {
        latest = shown;
      }
      while (!target.isAfter(latest)) {
        LocalDate day = target.toLocalDate();
        boolean elsewhere =
            !day.equals(shown.toLocalDate()) && chosen(recurring, shown.toLocalDate());
        if (chosen(recurring, day) && !elsewhere && !minute.isBefore(launched)) {
          runs.add(minute);
        }
        target = target.plusDays(1);
      }
    }
    return runs;
  }

  private static boolean chosen(When.Recurring recurring, LocalDate day) {
    if ((recurring.from() != null && day.isBefore(recurring.from()))
        || (recurring.until() != null && day.isAfter(recurring.until()))) {
      return false;
    }
    return switch (recurring.rhythm()) {
      case Recurrence.Daily() -> true;
      case Recurrence.Weekly(List<DayOfWeek> days) -> days.contains(day.getDayOfWeek());
      case Recurrence.Monthly(List<Integer> days) -> {
        TreeSet<Integer> ofMonth = new TreeSet<>();
        days.forEach(number -> ofMonth.add(Math.min(number, day.lengthOfMonth())));
        yield ofMonth.contains(day.getDayOfMonth());
      }
    };
  }
}
