package dev.carillon.storage.embedded.audience;

import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Value;
import dev.carillon.engine.json.JsonPointers;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Property conditions as SQL. Each answers true or false, never null. Used by rules over profiles
 * and events, and by goals.
 */
public final class ConditionSql {
  private static final Comparator<PropertyCondition> EXACT_FIRST =
      Comparator.comparing(
          condition ->
              condition.operator() != Operator.EQUALS && condition.operator() != Operator.IN);

  private final ZoneId zone;
  private final boolean subqueries;

  /**
   * @param zone the account's zone, for days and local times
   * @param subqueries whether the SQL may hold subqueries where it stands
   */
  ConditionSql(ZoneId zone, boolean subqueries) {
    this.zone = zone;
    this.subqueries = subqueries;
  }

  /**
   * An expression that is true when all conditions fit a JSON object, for any place in a statement.
   *
   * @param properties a column, or an expression without parameters, that holds the object
   * @param zone the account's zone, for days and local times
   */
  public static Sql all(String properties, List<PropertyCondition> conditions, ZoneId zone) {
    if (conditions.isEmpty()) {
      return Sql.TRUE;
    }
    List<String> names = names(conditions);
    ConditionSql sql = new ConditionSql(zone, false);
    // a lambda, so that the object is parsed once for all conditions
    return Sql.of(
        "list_transform([{}], lambda v: {})[1]",
        extracted(properties, names),
        Sql.and(
            conditions.stream()
                .map(condition -> sql.matches(condition, element(names.indexOf(condition.name()))))
                .toList()));
  }

  /** The names of the properties that the conditions look at, each once. */
  static List<String> names(List<PropertyCondition> conditions) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    conditions.forEach(condition -> names.add(condition.name()));
    return List.copyOf(names);
  }

  /** A list of the JSON texts of the named members of an object; null for one that is not there. */
  static Sql extracted(String properties, List<String> names) {
    return Sql.of(
        "json_extract(" + properties + ", [{}])",
        Sql.join(", ", names.stream().map(name -> Sql.value(JsonPointers.member(name))).toList()));
  }

  /**
   * The rows of a source that all conditions fit. Each property is read in a query of its own, of
   * the rows that those before it left: exact comparisons, which leave the fewest, come first.
   *
   * @param source a table or a query in brackets with a column {@code properties}
   */
  Sql filtered(Sql source, List<PropertyCondition> conditions) {
    Sql rows = source;
    for (String name : names(conditions.stream().sorted(EXACT_FIRST).toList())) {
      Sql json = Sql.of("json");
      rows =
          Sql.of(
              "(SELECT * EXCLUDE (json) FROM (SELECT *, json_extract(properties, {})::VARCHAR"
                  + " AS json FROM {}) WHERE {})",
              Sql.value(JsonPointers.member(name)),
              rows,
              Sql.and(
                  conditions.stream()
                      .filter(condition -> condition.name().equals(name))
                      .map(condition -> matches(condition, json))
                      .toList()));
    }
    return rows;
  }

  /** The JSON text at a place, from 0, of the list {@code v} of {@link #extracted}. */
  static Sql element(int index) {
    return Sql.of("v[" + (index + 1) + "]::VARCHAR");
  }

  /**
   * Whether a property fits.
   *
   * @param json its value as JSON text, null where there is none
   */
  Sql matches(PropertyCondition condition, Sql json) {
    Value value = condition.value();
    return switch (condition.operator()) {
      case EXISTS -> exists(json);
      case NOT_EXISTS -> Sql.not(exists(json));
      case EQUALS, IN -> any(oneOf(values(value)), json);
      case NOT_EQUALS, NOT_IN -> Sql.not(any(oneOf(values(value)), json));
      case CONTAINS -> contains(value, json);
      case NOT_CONTAINS -> Sql.not(contains(value, json));
      case STARTS_WITH ->
          value instanceof Value.Text text ? any(ValueSql.startsWith(text), json) : Sql.FALSE;
      case GREATER_THAN, GREATER_OR_EQUAL, LESS_THAN, LESS_OR_EQUAL, BEFORE, AFTER ->
          ordered(condition.operator(), value, json);
      case BETWEEN -> between(value, json);
    };
  }

  private static Sql exists(Sql json) {
    return Sql.of("coalesce({} <> 'null', false)", json);
  }

  private Sql contains(Value value, Sql json) {
    return value instanceof Value.Text text ? any(ValueSql.contains(text), json) : Sql.FALSE;
  }

  private ValueSql.Test oneOf(List<Value> values) {
    ArrayList<Value.Text> texts = new ArrayList<>();
    ArrayList<Value.Numeric> numbers = new ArrayList<>();
    ArrayList<Value.Date> dates = new ArrayList<>();
    LinkedHashSet<Value.Truth> truths = new LinkedHashSet<>();
    for (Value value : values) {
      switch (value) {
        case Value.Text text -> texts.add(text);
        case Value.Numeric number -> numbers.add(number);
        case Value.Date date -> dates.add(date);
        case Value.Truth truth -> truths.add(truth);
        case Value.Nothing nothing -> {}
        case Value.Many many -> throw new IllegalArgumentException("a list within a list");
      }
    }
    ArrayList<ValueSql.Test> tests = new ArrayList<>();
    if (!texts.isEmpty()) {
      tests.add(ValueSql.sameText(texts));
    }
    if (!numbers.isEmpty()) {
      tests.add(ValueSql.sameNumber(numbers));
    }
    if (!dates.isEmpty()) {
      tests.add(ValueSql.dateIn(ValueSql.spans(dates, zone)));
    }
    truths.forEach(truth -> tests.add(ValueSql.sameTruth(truth)));
    return ValueSql.any(tests.toArray(ValueSql.Test[]::new));
  }

  private Sql ordered(Operator operator, Value value, Sql json) {
    return switch (value) {
      case Value.Numeric number ->
          switch (operator) {
            case GREATER_THAN -> any(ValueSql.number("{} > {}", number), json);
            case GREATER_OR_EQUAL -> any(ValueSql.number("{} >= {}", number), json);
            case LESS_THAN -> any(ValueSql.number("{} < {}", number), json);
            case LESS_OR_EQUAL -> any(ValueSql.number("{} <= {}", number), json);
            default -> Sql.FALSE;
          };
      case Value.Date date -> {
        Span span = Span.of(date, zone);
        yield any(
            ValueSql.dateIn(
                List.of(
                    switch (operator) {
                      case GREATER_THAN, AFTER -> span.after();
                      case GREATER_OR_EQUAL -> span.andAfter();
                      case LESS_THAN, BEFORE -> span.before();
                      case LESS_OR_EQUAL -> span.andBefore();
                      default -> throw new IllegalArgumentException(operator.key());
                    })),
            json);
      }
      case Value.Text text -> Sql.FALSE;
      case Value.Truth truth -> Sql.FALSE;
      case Value.Many many -> Sql.FALSE;
      case Value.Nothing nothing -> Sql.FALSE;
    };
  }

  private Sql between(Value value, Sql json) {
    List<Value> ends = values(value);
    if (ends.size() != 2) {
      return Sql.FALSE;
    }
    if (ends.get(0) instanceof Value.Numeric low && ends.get(1) instanceof Value.Numeric high) {
      return any(ValueSql.numberBetween(low, high), json);
    }
    if (ends.get(0) instanceof Value.Date low && ends.get(1) instanceof Value.Date high) {
      return any(ValueSql.dateIn(List.of(Span.of(low, zone).to(Span.of(high, zone)))), json);
    }
    return Sql.FALSE;
  }

  private static List<Value> values(Value value) {
    return value instanceof Value.Many(List<Value> values) ? values : List.of(value);
  }

  /** Whether the value, or one element of it when it is a list, passes the test. */
  private Sql any(ValueSql.Test test, Sql json) {
    return Sql.of(
        "CASE WHEN {} THEN true WHEN starts_with({}, '[') THEN len(list_filter("
            + "json_extract({}, '$[*]')::VARCHAR[], lambda e: {})) > 0 ELSE false END",
        test.of(json, subqueries),
        json,
        json,
        test.of(Sql.of("e"), false));
  }
}
