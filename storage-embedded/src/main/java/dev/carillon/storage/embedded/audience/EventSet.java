package dev.carillon.storage.embedded.audience;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Times;
import dev.carillon.engine.port.AudienceStore.Evaluation;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The users who did an event from {@code least} to {@code most} times. Each is one pass over the
 * events in which name and time are filtered while reading, and properties are read of what is
 * left: passes are cheaper than one that counts several behaviours at once.
 *
 * @param least 1 or more
 * @param most {@link Long#MAX_VALUE} for any number
 */
record EventSet(String event, Period period, List<PropertyCondition> where, long least, long most) {

  /** The users that the rule matches, or who it does not match. */
  record Membership(EventSet set, boolean outside) {}

  /** Who never did it can only be told by who did: those are outside of a set. */
  static Membership of(Rule.Did did) {
    Times times = did.times();
    if (times.min() == 0 && times.includeNever()) {
      long least = times.max() == Long.MAX_VALUE ? Long.MAX_VALUE : times.max() + 1;
      return new Membership(
          new EventSet(did.event(), did.period(), did.where(), least, Long.MAX_VALUE), true);
    }
    return new Membership(
        new EventSet(did.event(), did.period(), did.where(), Math.max(1, times.min()), times.max()),
        false);
  }

  static Membership of(Rule.DidNot didNot) {
    return new Membership(
        new EventSet(didNot.event(), didNot.period(), didNot.where(), 1, Long.MAX_VALUE), true);
  }

  /** A query for the users' keys; a key may come more than once. */
  Sql select(Evaluation evaluation) {
    Sql users = where.isEmpty() ? events(evaluation) : filtered(evaluation);
    if (least == 1 && most == Long.MAX_VALUE) {
      return Sql.of("SELECT user_key {}", users);
    }
    return Sql.of(
        "SELECT user_key {} GROUP BY user_key HAVING count(*) BETWEEN {} AND {}",
        users,
        Sql.value(least),
        Sql.value(most));
  }

  private Sql events(Evaluation evaluation) {
    ArrayList<Sql> conditions = new ArrayList<>();
    conditions.add(Sql.of("name = {}", Sql.value(event)));
    switch (period) {
      case Period.Ever() -> {}
      case Period.Within(var length) -> {
        // the moment of evaluation counts, the moment a whole length before it does not
        conditions.add(Sql.of("\"at\" > {}", time(evaluation.at().minus(length))));
        conditions.add(Sql.of("\"at\" <= {}", time(evaluation.at())));
      }
      case Period.Days(var from, var to) -> {
        if (from != null) {
          Instant start = from.atStartOfDay(evaluation.zone()).toInstant();
          conditions.add(Sql.of("\"at\" >= {}", time(start)));
        }
        if (to != null) {
          Instant end = to.plusDays(1).atStartOfDay(evaluation.zone()).toInstant();
          conditions.add(Sql.of("\"at\" < {}", time(end)));
        }
      }
    }
    return Sql.of("FROM event WHERE {}", Sql.join(" AND ", conditions));
  }

  private Sql filtered(Evaluation evaluation) {
    return Sql.of(
        "FROM {}",
        new ConditionSql(evaluation.zone(), true)
            .filtered(Sql.of("(SELECT user_key, properties {})", events(evaluation)), where));
  }

  private static Sql time(Instant instant) {
    return Sql.value(
        LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC));
  }
}
