package dev.carillon.storage.embedded.audience;

import dev.carillon.core.audience.Period;
import dev.carillon.engine.port.audience.Evaluation;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The ends of a period, each as an operator and a time that follow what is compared.
 *
 * @param from what lies after the beginning; empty when it is open
 * @param to what lies before the end; empty when it is open
 */
record PeriodSql(Optional<Sql> from, Optional<Sql> to) {

  static PeriodSql of(Period period, Evaluation evaluation) {
    return switch (period) {
      case Period.Ever() -> new PeriodSql(Optional.empty(), Optional.empty());
      case Period.Within(var length) ->
          // the moment of evaluation counts, the moment a whole length before it does not
          new PeriodSql(
              Optional.of(Sql.of("> {}", time(evaluation.at().minus(length)))),
              Optional.of(Sql.of("<= {}", time(evaluation.at()))));
      case Period.Days(var from, var to) ->
          new PeriodSql(
              Optional.ofNullable(from)
                  .map(day -> day.atStartOfDay(evaluation.zone()).toInstant())
                  .map(start -> Sql.of(">= {}", time(start))),
              Optional.ofNullable(to)
                  .map(day -> day.plusDays(1).atStartOfDay(evaluation.zone()).toInstant())
                  .map(end -> Sql.of("< {}", time(end))));
    };
  }

  static Sql time(Instant instant) {
    return Sql.value(
        LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC));
  }
}
