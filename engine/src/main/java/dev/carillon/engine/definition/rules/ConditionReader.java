package dev.carillon.engine.definition.rules;

import dev.carillon.core.audience.DateText;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Value;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problem.Code;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a property compared with a value. A text written as a date is a date, except where the
 * operator is about texts (contains, notContains, startsWith).
 */
public final class ConditionReader {
  /** The most characters of a property's or event's name. */
  public static final int NAME_LENGTH = 512;

  private static final int TEXT_LENGTH = 2_000;
  private static final int MOST_FILTERS = 50;
  private static final int LIST_LENGTH = 10_000;
  private static final Map<String, Operator> OPERATORS =
      Arrays.stream(Operator.values())
          .collect(
              Collectors.toMap(
                  Operator::key, Function.identity(), (a, b) -> a, LinkedHashMap::new));

  private ConditionReader() {}

  /** The filters of an event, none when nothing is there; each is counted before it is read. */
  public static @Nullable List<PropertyCondition> conditions(
      JsonPlace where, Predicate<JsonPlace> counted) {
    return where.absent()
        ? List.of()
        : where.list(0, MOST_FILTERS, place -> counted.test(place) ? read(place) : null);
  }

  static @Nullable PropertyCondition read(JsonPlace place) {
    if (!place.object("property", "op", "value")) {
      return null;
    }
    return condition(place, "property", OPERATORS.values(), ConditionReader::value);
  }

  /** What the figure named by the member is made of, and compared with. */
  static @Nullable PropertyCondition figure(JsonPlace place, String member) {
    return condition(place, member, Rule.Amount.OPERATORS, ConditionReader::amounts);
  }

  private static @Nullable PropertyCondition condition(
      JsonPlace place,
      String member,
      Collection<Operator> operators,
      BiFunction<Operator, JsonPlace, @Nullable Value> read) {
    String name = place.member(member).name(NAME_LENGTH);
    String key = place.member("op").oneOf(operators.stream().map(Operator::key).toList());
    Operator operator = key == null ? null : OPERATORS.get(key);
    if (operator == null) {
      return null;
    }
    Value value = read.apply(operator, place.member("value"));
    return name == null || value == null ? null : new PropertyCondition(name, operator, value);
  }

  private static @Nullable Value amounts(Operator operator, JsonPlace place) {
    return operator == Operator.BETWEEN ? between(place, ConditionReader::amount) : amount(place);
  }

  private static @Nullable Value amount(JsonPlace place) {
    if (place.absent()) {
      return place.no(Code.REQUIRED, "this is missing");
    }
    if (!place.node().isNumber()) {
      return place.no(Code.WRONG_TYPE, "a number is needed here");
    }
    Value.Numeric number = number(place);
    return number == null || Rule.Amount.fits(number.number())
        ? number
        : place.no(
            Code.OUT_OF_RANGE,
            "it must be from -10^18 to 10^18, with at most "
                + Rule.Amount.PLACES
                + " decimal places");
  }

  private static @Nullable Value value(Operator operator, JsonPlace place) {
    return switch (operator) {
      case EXISTS, NOT_EXISTS ->
          place.absent()
              ? new Value.Nothing()
              : place.no(Code.CONTRADICTION, operator.key() + " takes no value");
      case EQUALS, NOT_EQUALS -> scalar(place);
      case IN, NOT_IN -> {
        List<Value> values = place.list(1, LIST_LENGTH, ConditionReader::scalar);
        yield values == null ? null : new Value.Many(values);
      }
      case CONTAINS, NOT_CONTAINS, STARTS_WITH -> {
        String text = place.text(TEXT_LENGTH);
        yield text != null && text.isEmpty()
            ? place.no(Code.EMPTY, "every text contains the empty text; give some characters")
            : text == null ? null : new Value.Text(text);
      }
      case GREATER_THAN, GREATER_OR_EQUAL, LESS_THAN, LESS_OR_EQUAL -> ordered(place);
      case BETWEEN -> between(place, ConditionReader::ordered);
      case BEFORE, AFTER -> date(place);
    };
  }

  private static @Nullable Value scalar(JsonPlace place) {
    JsonNode node = place.node();
    if (node.isNumber()) {
      return number(place);
    }
    if (node.isBoolean()) {
      return new Value.Truth(node.booleanValue());
    }
    if (!place.absent() && !node.isString()) {
      return place.no(Code.WRONG_TYPE, "a text, a number or a boolean is needed here");
    }
    String text = place.text(TEXT_LENGTH);
    return text == null
        ? null
        : DateText.parse(text).<Value>map(date -> date).orElseGet(() -> new Value.Text(text));
  }

  private static @Nullable Value ordered(JsonPlace place) {
    if (place.node().isNumber()) {
      return number(place);
    }
    if (place.absent()) {
      return date(place);
    }
    return place.node().isString() && DateText.parse(place.node().stringValue()).isPresent()
        ? date(place)
        : place.no(
            place.node().isString() ? Code.BAD_FORMAT : Code.WRONG_TYPE,
            "a number such as 100, or a date such as 2026-12-01, is needed here");
  }

  private static @Nullable Value between(
      JsonPlace place, Function<JsonPlace, @Nullable Value> read) {
    List<Value> ends = place.list(2, 2, read);
    if (ends == null || ends.size() != 2) {
      return null;
    }
    if (ends.get(0) instanceof Value.Numeric(BigDecimal low)
        && ends.get(1) instanceof Value.Numeric(BigDecimal high)) {
      return low.compareTo(high) > 0
          ? place.no(Code.CONTRADICTION, "the first number must not be greater than the second")
          : new Value.Many(ends);
    }
    return ends.get(0) instanceof Value.Date && ends.get(1) instanceof Value.Date
        ? new Value.Many(ends)
        : place.no(Code.CONTRADICTION, "both ends must be numbers, or both dates");
  }

  private static @Nullable Value date(JsonPlace place) {
    String text = place.text(TEXT_LENGTH);
    if (text == null) {
      return null;
    }
    return DateText.parse(text)
        .<@Nullable Value>map(date -> date)
        .orElseGet(
            () ->
                place.no(
                    Code.BAD_FORMAT,
                    "write the date as 2026-12-01, 2026-12-01T10:00 or 2026-12-01T10:00+05:30"));
  }

  private static Value.@Nullable Numeric number(JsonPlace place) {
    JsonNode node = place.node();
    if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
      return place.no(Code.OUT_OF_RANGE, "the number is too great");
    }
    BigDecimal number = node.decimalValue();
    // the scale is looked at first: writing such a number out would take all the memory there is
    return Math.abs((long) number.scale()) > 1_000
            || number.precision() > 1_000
            || !Double.isFinite(number.doubleValue())
        ? place.no(Code.OUT_OF_RANGE, "the number is too great or too fine")
        : new Value.Numeric(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
  }
}
