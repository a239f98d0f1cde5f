package dev.carillon.storage.embedded.audience;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Rule.Amount.Figure;
import dev.carillon.core.audience.Rule.Occasion.Which;
import dev.carillon.core.audience.Times;
import dev.carillon.engine.json.JsonPointers;
import dev.carillon.engine.port.audience.Evaluation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of users by what they did. Each is one pass over the events in which name and time are
 * filtered while reading, and properties are read of what is left: passes are cheaper than one that
 * counts several behaviours at once.
 */
sealed interface EventSet {

  /** A query for the users' keys; a key may come more than once. */
  Sql select(Evaluation evaluation);

  /** The users that the rule matches, or who it does not match. */
  record Membership(EventSet set, boolean outside) {}

  static Membership of(Rule.Behaviour behaviour) {
    return switch (behaviour) {
      case Rule.Did did -> of(did);
      case Rule.DidNot didNot ->
          new Membership(
              new Counted(didNot.event(), didNot.period(), didNot.where(), 1, Long.MAX_VALUE),
              true);
      case Rule.Occasion occasion -> new Membership(new OnOccasion(occasion), false);
      case Rule.Amount amount -> new Membership(new WithAmount(amount), false);
    };
  }

  /** Users who never did it are those outside of the set of users who did. */
  private static Membership of(Rule.Did did) {
    Times times = did.times();
    if (times.min() == 0 && times.includeNever()) {
      long least = times.max() == Long.MAX_VALUE ? Long.MAX_VALUE : times.max() + 1;
      return new Membership(
          new Counted(did.event(), did.period(), did.where(), least, Long.MAX_VALUE), true);
    }
    return new Membership(
        new Counted(did.event(), did.period(), did.where(), Math.max(1, times.min()), times.max()),
        false);
  }

  /**
   * The users who did an event from {@code least} to {@code most} times.
   *
   * @param least 1 or more
   * @param most {@link Long#MAX_VALUE} for any number
   */
  record Counted(String event, Period period, List<PropertyCondition> where, long least, long most)
      implements EventSet {

    @Override
    public Sql select(Evaluation evaluation) {
      PeriodSql ends = PeriodSql.of(period, evaluation);
      Sql users =
          where.isEmpty()
              ? events(event, ends.from(), ends.to(), evaluation)
              : Sql.of("FROM {}", filtered(event, period, where, evaluation));
      if (least == 1 && most == Long.MAX_VALUE) {
        return Sql.of("SELECT user_key {}", users);
      }
      return Sql.of(
          "SELECT user_key {} GROUP BY user_key HAVING count(*) BETWEEN {} AND {}",
          users,
          Sql.value(least),
          Sql.value(most));
    }
  }

  /**
   * The users whose first or last event lies in the period. Events beyond the end that the first
   * one must lie before cannot be the first, so they need not be read; nor those before the
   * beginning for the last.
   */
  record OnOccasion(Rule.Occasion occasion) implements EventSet {

    @Override
    public Sql select(Evaluation evaluation) {
      PeriodSql ends = PeriodSql.of(occasion.period(), evaluation);
      boolean first = occasion.which() == Which.FIRST;
      Sql users =
          first
              ? events(occasion.event(), Optional.empty(), ends.to(), evaluation)
              : events(occasion.event(), ends.from(), Optional.empty(), evaluation);
      return (first ? ends.from() : ends.to())
          .map(
              end ->
                  Sql.of(
                      "SELECT user_key {} GROUP BY user_key HAVING "
                          + (first ? "min" : "max")
                          + "(\"at\") {}",
                      users,
                      end))
          .orElseGet(() -> Sql.of("SELECT user_key {}", users));
    }
  }

  /**
   * The users whose figure fits. A number that is too great for the decimal counts as the greatest;
   * users without a number have no sum, and what is null is left out.
   */
  record WithAmount(Rule.Amount amount) implements EventSet {
    private static final String DECIMAL = "DECIMAL(38," + Rule.Amount.PLACES + ")";

    /** Holds what is below {@link Rule.Amount#LIMIT}, and nothing else. */
    private static final String BELOW_LIMIT =
        "DECIMAL("
            + (Rule.Amount.LIMIT.precision() - 1 + Rule.Amount.PLACES)
            + ","
            + Rule.Amount.PLACES
            + ")";

    private static final String NUMBER =
        "coalesce(TRY_CAST(json AS "
            + BELOW_LIMIT
            + "), sign(TRY_CAST(json AS DOUBLE)) * "
            + Rule.Amount.LIMIT.toPlainString()
            + "::"
            + DECIMAL
            + ")";

    @Override
    public Sql select(Evaluation evaluation) {
      return Sql.of(
          "SELECT user_key FROM (SELECT user_key, "
              + NUMBER
              + " AS number FROM (SELECT user_key, json_extract(properties, {})::VARCHAR AS json"
              + " FROM {})) GROUP BY user_key HAVING {}",
          Sql.value(JsonPointers.member(amount.compared().name())),
          filtered(amount.event(), amount.period(), amount.where(), evaluation),
          compared());
    }

    private Sql compared() {
      List<Sql> numbers = amount.numbers().stream().map(this::number).toList();
      return switch (amount.compared().operator()) {
        case EQUALS -> Sql.of("sum(number) = {}", numbers.getFirst());
        case NOT_EQUALS -> Sql.of("sum(number) <> {}", numbers.getFirst());
        case GREATER_THAN -> Sql.of("sum(number) > {}", numbers.getFirst());
        case GREATER_OR_EQUAL -> Sql.of("sum(number) >= {}", numbers.getFirst());
        case LESS_THAN -> Sql.of("sum(number) < {}", numbers.getFirst());
        case LESS_OR_EQUAL -> Sql.of("sum(number) <= {}", numbers.getFirst());
        case BETWEEN ->
            Sql.of("sum(number) BETWEEN {} AND {}", numbers.getFirst(), numbers.getLast());
        case CONTAINS, NOT_CONTAINS, STARTS_WITH, IN, NOT_IN, EXISTS, NOT_EXISTS, BEFORE, AFTER ->
            throw new IllegalStateException(amount.compared().operator().key());
      };
    }

    /** What the sum is compared with: for an average its multiple, so that nothing is rounded. */
    private Sql number(BigDecimal number) {
      Sql decimal = Sql.of("{}::" + DECIMAL, Sql.value(number.toPlainString()));
      return amount.figure() == Figure.AVERAGE ? Sql.of("{} * count(number)", decimal) : decimal;
    }
  }

  /**
   * The events of a name between the ends. What sources date ahead of the evaluation has not
   * happened yet.
   */
  private static Sql events(
      String event, Optional<Sql> from, Optional<Sql> to, Evaluation evaluation) {
    ArrayList<Sql> conditions = new ArrayList<>();
    conditions.add(Sql.of("name = {}", Sql.value(event)));
    from.ifPresent(end -> conditions.add(Sql.of("\"at\" {}", end)));
    to.ifPresent(end -> conditions.add(Sql.of("\"at\" {}", end)));
    conditions.add(Sql.of("\"at\" <= {}", PeriodSql.time(evaluation.at())));
    return Sql.of("FROM event WHERE {}", Sql.join(" AND ", conditions));
  }

  /** The events with their properties, as a query in brackets. */
  private static Sql filtered(
      String event, Period period, List<PropertyCondition> where, Evaluation evaluation) {
    PeriodSql ends = PeriodSql.of(period, evaluation);
    return new ConditionSql(evaluation.zone(), true)
        .filtered(
            Sql.of(
                "(SELECT user_key, properties {})",
                events(event, ends.from(), ends.to(), evaluation)),
            where);
  }
}
