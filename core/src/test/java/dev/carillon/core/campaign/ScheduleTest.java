package dev.carillon.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Schedule.Due;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

  /** Each change of the clocks: a daily time around it, and the moments of three days. */
  @ParameterizedTest
  @CsvSource({
    // clocks skip 02:00 to 03:00
    "Europe/Berlin, 02:30, 2026-03-28, 2026-03-28T01:30Z 2026-03-29T01:00Z 2026-03-30T00:30Z",
    "America/New_York, 02:30, 2026-03-07, 2026-03-07T07:30Z 2026-03-08T07:00Z 2026-03-09T06:30Z",
    // clocks show 02:00 to 03:00, and 01:00 to 02:00, twice
    "Europe/Berlin, 02:30, 2026-10-24, 2026-10-24T00:30Z 2026-10-25T00:30Z 2026-10-26T01:30Z",
    "America/New_York, 01:30, 2026-10-31, 2026-10-31T05:30Z 2026-11-01T05:30Z 2026-11-02T06:30Z",
    // by half an hour
    "Australia/Lord_Howe, 02:15, 2026-10-03, 2026-10-02T15:45Z 2026-10-03T15:30Z 2026-10-04T15:15Z",
    "Australia/Lord_Howe, 01:45, 2026-04-04, 2026-04-03T14:45Z 2026-04-04T14:45Z 2026-04-05T15:15Z",
    // never
    "Asia/Kolkata, 02:30, 2026-03-28, 2026-03-27T21:00Z 2026-03-28T21:00Z 2026-03-29T21:00Z",
    // 30 December 2011 never was
    "Pacific/Apia, 10:00, 2011-12-28, 2011-12-28T20:00Z 2011-12-29T20:00Z 2011-12-30T20:00Z"
  })
  void aDailyRunKeepsItsLocalTime(ZoneId zone, LocalTime at, LocalDate from, String moments) {
    Schedule schedule = new Schedule(recurring(new Recurrence.Daily(), at, from, null, 3), zone);

    assertThat(ScheduledRuns.of(schedule, Instant.EPOCH, Instant.MAX))
        .extracting(due -> due.at().toString().replace(":00Z", "Z"))
        .containsExactly(moments.split(" ", -1));
  }

  @Test
  void aDayThatTheZoneSkippedRunsAtTheNextMomentUnlessThatDayHasARunOfItsOwn() {
    ZoneId apia = ZoneId.of("Pacific/Apia");
    Instant before = Instant.parse("2011-12-29T00:00:00Z");
    When.Recurring fridays =
        recurring(
            new Recurrence.Weekly(List.of(DayOfWeek.FRIDAY)), LocalTime.of(10, 0), null, null, 1);

    assertThat(ScheduledRuns.of(new Schedule(fridays, apia), before, Instant.MAX))
        .extracting(Due::at)
        .containsExactly(Instant.parse("2011-12-30T10:00:00Z"));
  }

  @Test
  void aDayThatAMonthLacksIsItsLastAndRunsOnce() {
    Schedule schedule =
        new Schedule(
            recurring(
                new Recurrence.Monthly(List.of(29, 30, 31)),
                LocalTime.of(9, 0),
                LocalDate.of(2027, 1, 30),
                LocalDate.of(2028, 3, 1),
                null),
            ZoneOffset.UTC);

    assertThat(days(schedule, "2026-12-01T00:00:00Z"))
        .startsWith("2027-01-30", "2027-01-31", "2027-02-28", "2027-03-29")
        .contains("2027-04-29", "2027-04-30")
        .endsWith("2028-01-31", "2028-02-29");
  }

  @Test
  void theSeventhStartsOnTheNextSeventh() {
    Schedule schedule =
        new Schedule(
            recurring(new Recurrence.Monthly(List.of(7)), LocalTime.of(10, 0), null, null, 2),
            KOLKATA);

    assertThat(days(schedule, "2026-11-07T04:30:00Z")).containsExactly("2026-11-07", "2026-12-07");
    assertThat(days(schedule, "2026-11-07T04:30:01Z")).containsExactly("2026-12-07", "2027-01-07");
  }

  @Test
  void datesRunInOrderOfTheirMomentsAndEqualMomentsOnce() {
    Schedule schedule =
        new Schedule(
            new When.Dates(
                List.of(
                    at("2026-12-03T10:00", null),
                    at("2026-12-01T10:00", null),
                    at("2026-12-01T04:30", ZoneOffset.UTC),
                    at("2026-12-01T04:31", ZoneOffset.UTC))),
            KOLKATA);

    assertThat(ScheduledRuns.of(schedule, Instant.EPOCH, Instant.MAX))
        .extracting(due -> due.at().toString())
        .containsExactly("2026-12-01T04:30:00Z", "2026-12-01T04:31:00Z", "2026-12-03T04:30:00Z");
  }

  @Test
  void oneDateRunsOnceAndNowHasNoDate() {
    Instant before = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(
            ScheduledRuns.of(
                new Schedule(at("2026-12-03T10:00", null), KOLKATA), before, Instant.MAX))
        .containsExactly(
            new Due(
                LocalDateTime.parse("2026-12-03T10:00"), Instant.parse("2026-12-03T04:30:00Z")));
    assertThat(new Schedule(new When.Now(), KOLKATA).after(before)).isEmpty();
  }

  private static List<String> days(Schedule schedule, String launched) {
    return ScheduledRuns.of(schedule, Instant.parse(launched), Instant.MAX).stream()
        .map(due -> due.at().atZone(schedule.zone()).toLocalDate().toString())
        .toList();
  }

  private static When.At at(String time, @Nullable ZoneOffset offset) {
    return new When.At(LocalDateTime.parse(time), offset);
  }

  private static When.Recurring recurring(
      Recurrence rhythm,
      LocalTime at,
      @Nullable LocalDate from,
      @Nullable LocalDate until,
      @Nullable Integer runs) {
    return new When.Recurring(rhythm, at, from, until, runs);
  }
}
