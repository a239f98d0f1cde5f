package dev.carillon.server.pages;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Times;
import dev.carillon.core.audience.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One condition as a form has it, all as text.
 *
 * @param kind property, did or didNot
 * @param name name of the property or event
 * @param op key of the operator, for a property
 * @param value what the property is compared with
 * @param times atLeast, atMost or exactly, for did
 * @param count how often, for did
 * @param days how many days back, for events; empty for ever
 */
public record ConditionRow(
    String kind, String name, String op, String value, String times, String count, String days) {
  static final ConditionRow EMPTY =
      new ConditionRow("property", "", Operator.EQUALS.key(), "", "atLeast", "1", "30");

  /** The operators that a form offers, by key. */
  public static List<Operator> operators() {
    return List.of(Operator.values());
  }

  /** An operator as a form words it. */
  public static String words(Operator operator) {
    return RuleWords.words(operator);
  }

  /** The condition as the rule language writes it. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (kind.equals("property")) {
      json.put("property", name).put("op", op);
      value(json);
      return json;
    }
    json.put(kind.equals("didNot") ? "didNot" : "did", name);
    if (!kind.equals("didNot")) {
      number(json, times, count);
    }
    if (!days.isEmpty()) {
      json.put("within", "P" + days + "D");
    }
    return json;
  }

  private void value(ObjectNode json) {
    Optional<Operator> operator =
        Arrays.stream(Operator.values()).filter(o -> o.key().equals(op)).findFirst();
    if (operator.isEmpty()) {
      return;
    }
    switch (operator.get()) {
      case EXISTS, NOT_EXISTS -> {}
      case IN, NOT_IN, BETWEEN -> {
        ArrayNode list = json.putArray("value");
        for (String part : value.split(",", -1)) {
          if (!part.isBlank()) {
            add(list, part.strip());
          }
        }
      }
      case CONTAINS, NOT_CONTAINS, STARTS_WITH, BEFORE, AFTER -> json.put("value", unquoted(value));
      case EQUALS, NOT_EQUALS, GREATER_THAN, GREATER_OR_EQUAL, LESS_THAN, LESS_OR_EQUAL -> {
        ArrayNode one = json.arrayNode();
        add(one, value);
        json.set("value", one.get(0));
      }
    }
  }

  /** Numbers and truth values are taken as such; quotes make them text. */
  private static void add(ArrayNode list, String text) {
    BigDecimal number = number(text);
    if (number != null) {
      list.add(number);
    } else if (text.equals("true") || text.equals("false")) {
      list.add(text.equals("true"));
    } else {
      list.add(unquoted(text));
    }
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static @Nullable BigDecimal number(String text) {
    return text.matches("-?\\d{1,30}(\\.\\d{1,30})?") ? new BigDecimal(text) : null;
  }

  private static void number(ObjectNode json, String member, String text) {
    if (text.matches("\\d{1,18}")) {
      json.put(member, Long.parseLong(text));
    } else {
      json.put(member, text);
    }
  }

  /** The row that shows a rule; empty when no row can. */
  static Optional<ConditionRow> of(Rule rule) {
    return switch (rule) {
      case Rule.OfProperty(var condition) -> ofProperty(condition);
      case Rule.Did did when did.where().isEmpty() ->
          days(did.period()).flatMap(days -> ofEvent("did", did.event(), did.times(), days));
      case Rule.DidNot didNot when didNot.where().isEmpty() ->
          days(didNot.period())
              .flatMap(days -> ofEvent("didNot", didNot.event(), Times.atLeast(1), days));
      case Rule.Everyone _,
          Rule.All _,
          Rule.Any _,
          Rule.Not _,
          Rule.Behaviour _,
          Rule.Reachable _,
          Rule.Bucket _ ->
          Optional.empty();
    };
  }

  private static Optional<ConditionRow> ofProperty(PropertyCondition condition) {
    return written(condition.value())
        .map(
            text ->
                new ConditionRow(
                    "property",
                    condition.name(),
                    condition.operator().key(),
                    text,
                    "atLeast",
                    "1",
                    "30"));
  }

  private static Optional<ConditionRow> ofEvent(
      String kind, String event, Times times, String days) {
    if (times.min() == times.max()) {
      return Optional.of(row(kind, event, "exactly", times.min(), days));
    }
    if (times.max() == Long.MAX_VALUE) {
      return Optional.of(row(kind, event, "atLeast", times.min(), days));
    }
    return times.min() == 0 && !times.includeNever()
        ? Optional.of(row(kind, event, "atMost", times.max(), days))
        : Optional.empty();
  }

  private static ConditionRow row(
      String kind, String event, String times, long count, String days) {
    return new ConditionRow(
        kind, event, Operator.EQUALS.key(), "", times, Long.toString(count), days);
  }

  private static Optional<String> days(Period period) {
    return switch (period) {
      case Period.Ever() -> Optional.of("");
      case Period.Within(var length) ->
          length.equals(Duration.ofDays(length.toDays()))
              ? Optional.of(Long.toString(length.toDays()))
              : Optional.empty();
      case Period.Days _ -> Optional.empty();
    };
  }

  private static Optional<String> written(Value value) {
    return switch (value) {
      case Value.Nothing() -> Optional.of("");
      case Value.Text(String text) ->
          text.contains("\"")
              ? Optional.empty()
              : Optional.of(plain(text) ? text : "\"" + text + "\"");
      case Value.Numeric(var number) -> Optional.of(number.toPlainString());
      case Value.Truth(boolean truth) -> Optional.of(Boolean.toString(truth));
      case Value.Day(var day) -> Optional.of(day.toString());
      case Value.Moment _ -> Optional.empty();
      case Value.Many(var values) -> many(values);
    };
  }

  private static boolean plain(String text) {
    return number(text) == null && !text.equals("true") && !text.equals("false");
  }

  private static Optional<String> many(List<Value> values) {
    List<Optional<String>> parts = values.stream().map(ConditionRow::written).toList();
    boolean fits = parts.stream().allMatch(part -> part.isPresent() && !part.get().contains(","));
    return fits
        ? Optional.of(String.join(", ", parts.stream().map(Optional::orElseThrow).toList()))
        : Optional.empty();
  }
}
