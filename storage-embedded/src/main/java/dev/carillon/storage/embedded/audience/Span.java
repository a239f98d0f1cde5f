package dev.carillon.storage.embedded.audience;

import dev.carillon.core.audience.Value;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The microseconds that a date of a rule covers, first and last included: on the world's clock, to
 * compare with dates that name a moment, and on the wall clock of the account's zone, to compare
 * with dates written without an offset. So no zone is needed in the store.
 *
 * @param first the first microsecond since 1970 in UTC
 * @param last the last one
 * @param localFirst the first microsecond of the wall clock, counted as if it were UTC
 * @param localLast the last one
 */
record Span(long first, long last, long localFirst, long localLast) {

  static Span of(Value.Date date, ZoneId zone) {
    return switch (date) {
      case Value.Day(var day) ->
          new Span(
              micros(day.atStartOfDay(zone).toInstant()),
              micros(day.plusDays(1).atStartOfDay(zone).toInstant()) - 1,
              micros(day.atStartOfDay()),
              micros(day.plusDays(1).atStartOfDay()) - 1);
      case Value.Moment moment -> {
        long instant = micros(moment.instant(zone));
        long local =
            micros(
                moment.offset() == null
                    ? moment.time()
                    : LocalDateTime.ofInstant(moment.instant(zone), zone));
        yield new Span(instant, instant, local, local);
      }
    };
  }

  /** From the beginning of this one to the end of the other. */
  Span to(Span other) {
    return new Span(first, other.last, localFirst, other.localLast);
  }

  /** Everything before it. */
  Span before() {
    return new Span(Long.MIN_VALUE, first - 1, Long.MIN_VALUE, localFirst - 1);
  }

  /** Everything after it. */
  Span after() {
    return new Span(last + 1, Long.MAX_VALUE, localLast + 1, Long.MAX_VALUE);
  }

  /** It and everything after. */
  Span andAfter() {
    return new Span(first, Long.MAX_VALUE, localFirst, Long.MAX_VALUE);
  }

  /** It and everything before. */
  Span andBefore() {
    return new Span(Long.MIN_VALUE, last, Long.MIN_VALUE, localLast);
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant.truncatedTo(ChronoUnit.MICROS));
  }

  private static long micros(LocalDateTime local) {
    return micros(local.toInstant(ZoneOffset.UTC));
  }
}
