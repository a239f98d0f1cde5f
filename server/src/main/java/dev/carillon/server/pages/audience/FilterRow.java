package dev.carillon.server.pages.audience;

import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A filter on an event's property as a form has it, all as text.
 *
 * @param op key of the operator
 * @param value what the property is compared with; several are separated by commas
 */
public record FilterRow(String property, String op, String value) {
  public static final FilterRow EMPTY = new FilterRow("", Operator.EQUALS.key(), "");

  /** Whether nothing was typed. */
  public boolean blank() {
    return property.isBlank() && value.isBlank();
  }

  /** The filter as the rule language writes it. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("property", property).put("op", op);
    Optional<Operator> operator =
        Arrays.stream(Operator.values()).filter(o -> o.key().equals(op)).findFirst();
    if (operator.isEmpty()) {
      return json;
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
    return json;
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

  /** The rows that show filters; empty when rows cannot show all of them. */
  public static Optional<List<FilterRow>> of(List<PropertyCondition> filters) {
    List<Optional<FilterRow>> rows = filters.stream().map(FilterRow::of).toList();
    return rows.stream().allMatch(Optional::isPresent)
        ? Optional.of(rows.stream().map(Optional::orElseThrow).toList())
        : Optional.empty();
  }

  private static Optional<FilterRow> of(PropertyCondition filter) {
    return written(filter.value())
        .map(text -> new FilterRow(filter.name(), filter.operator().key(), text));
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
    List<Optional<String>> parts = values.stream().map(FilterRow::written).toList();
    boolean fits = parts.stream().allMatch(part -> part.isPresent() && !part.get().contains(","));
    return fits
        ? Optional.of(String.join(", ", parts.stream().map(Optional::orElseThrow).toList()))
        : Optional.empty();
  }
}
