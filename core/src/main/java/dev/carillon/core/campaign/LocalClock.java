package dev.carillon.core.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What the clocks of a zone show, across the days on which they are changed. */
public final class LocalClock {
  private LocalClock() {}

  /**
   * The first moment at which the zone's clocks show this time or a later one: a time that they
   * skip comes when they have skipped it, and of one that they show twice the first counts.
   */
  public static Instant moment(LocalDateTime time, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition change = rules.getTransition(time);
    return change != null && change.isGap()
        ? change.getInstant()
        : time.toInstant(rules.getValidOffsets(time).getFirst());
  }

  /**
   * The next moment at which the zone's clocks come to show this time of day, which may be the
   * second of two on one day.
   *
   * @param after the moment must be later than this one
   */
  public static Instant next(LocalTime time, ZoneId zone, Instant after) {
    LocalDate day = LocalDate.ofInstant(after, zone);
    return LongStream.rangeClosed(-1, 3)
        .mapToObj(day::plusDays)
        .flatMap(date -> moments(date.atTime(time), zone))
        .filter(after::isBefore)
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private static Stream<Instant> moments(LocalDateTime time, ZoneId zone) {
    Stream<Instant> shown = zone.getRules().getValidOffsets(time).stream().map(time::toInstant);
    return Optional.ofNullable(zone.getRules().getTransition(time))
        .filter(ZoneOffsetTransition::isGap)
        .map(gap -> Stream.of(gap.getInstant()))
        .orElse(shown);
  }
}
