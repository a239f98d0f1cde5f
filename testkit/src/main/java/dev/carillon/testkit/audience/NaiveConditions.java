package dev.carillon.testkit.audience;

import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares properties with values, one by one. */
final class NaiveConditions {
  private final ZoneId zone;

  NaiveConditions(ZoneId zone) {
    this.zone = zone;
  }

  boolean fits(PropertyCondition condition, JsonNode object) {
    JsonNode property = object.get(condition.name());
    Value value = condition.value();
    return switch (condition.operator()) {
      case EQUALS, IN -> any(property, element -> sameAsOneOf(element, value));
      case NOT_EQUALS, NOT_IN -> !any(property, element -> sameAsOneOf(element, value));
      case CONTAINS -> any(property, element -> contains(element, value));
      case NOT_CONTAINS -> !any(property, element -> contains(element, value));
      case STARTS_WITH -> any(property, element -> startsWith(element, value));
      case EXISTS -> property != null && !property.isNull();
      case NOT_EXISTS -> property == null || property.isNull();
      case GREATER_THAN -> any(property, element -> compare(element, value, Side.AFTER));
      case GREATER_OR_EQUAL ->
          any(
              property,
              element ->
                  compare(element, value, Side.AFTER) || compare(element, value, Side.WITHIN));
      case LESS_THAN -> any(property, element -> compare(element, value, Side.BEFORE));
      case LESS_OR_EQUAL ->
          any(
              property,
              element ->
                  compare(element, value, Side.BEFORE) || compare(element, value, Side.WITHIN));
      case BETWEEN -> any(property, element -> between(element, value));
      case BEFORE ->
          value instanceof Value.Date
              && any(property, element -> compare(element, value, Side.BEFORE));
      case AFTER ->
          value instanceof Value.Date
              && any(property, element -> compare(element, value, Side.AFTER));
    };
  }

  private static boolean any(@Nullable JsonNode property, Predicate<JsonNode> test) {
    if (property == null) {
      return false;
    }
    return property.isArray() ? property.valueStream().anyMatch(test) : test.test(property);
  }

  private boolean sameAsOneOf(JsonNode element, Value value) {
    return switch (value) {
      case Value.Many(List<Value> values) ->
          values.stream().anyMatch(one -> sameAsOneOf(element, one));
      case Value.Text(String text) ->
          element.isString() && lower(element.stringValue()).equals(lower(text));
      case Value.Truth(boolean truth) -> element.isBoolean() && element.booleanValue() == truth;
      case Value.Numeric number -> compare(element, number, Side.WITHIN);
      case Value.Date date -> compare(element, date, Side.WITHIN);
      case Value.Nothing() -> false;
    };
  }

  private static boolean contains(JsonNode element, Value value) {
    return value instanceof Value.Text(String text)
        && element.isString()
        && lower(element.stringValue()).contains(lower(text));
  }

  private static boolean startsWith(JsonNode element, Value value) {
    return value instanceof Value.Text(String text)
        && element.isString()
        && lower(element.stringValue()).startsWith(lower(text));
  }

  private boolean between(JsonNode element, Value value) {
    return value instanceof Value.Many(List<Value> ends)
        && ends.size() == 2
        && ends.get(0) instanceof Value.Numeric == ends.get(1) instanceof Value.Numeric
        && (compare(element, ends.get(0), Side.AFTER) || compare(element, ends.get(0), Side.WITHIN))
        && (compare(element, ends.get(1), Side.BEFORE)
            || compare(element, ends.get(1), Side.WITHIN));
  }

  /** Where an element may be, seen from a value. */
  private enum Side {
    BEFORE,
    WITHIN,
    AFTER
  }

  /** Whether the element is of the value's type and is on that side of it. */
  private boolean compare(JsonNode element, Value value, Side side) {
    return switch (value) {
      case Value.Numeric(BigDecimal number) ->
          element.isNumber() && side == side(element.doubleValue(), number.doubleValue());
      case Value.Date date -> element.isString() && compare(element.stringValue(), date, side);
      case Value.Text text -> false;
      case Value.Truth truth -> false;
      case Value.Many many -> false;
      case Value.Nothing nothing -> false;
    };
  }

  private static Side side(double element, double value) {
    return element < value ? Side.BEFORE : element > value ? Side.AFTER : Side.WITHIN;
  }

  private boolean compare(String written, Value.Date value, Side side) {
    Instant moment = moment(written);
    if (moment != null) {
      return side == side(moment, value);
    }
    LocalDateTime local = local(written);
    return local != null && side == side(local, value);
  }

  private Side side(Instant moment, Value.Date value) {
    return switch (value) {
      case Value.Day(LocalDate day) ->
          Side.values()[Integer.signum(moment.atZone(zone).toLocalDate().compareTo(day)) + 1];
      case Value.Moment other ->
          Side.values()[Integer.signum(moment.compareTo(other.instant(zone))) + 1];
    };
  }

  private Side side(LocalDateTime local, Value.Date value) {
    return switch (value) {
      case Value.Day(LocalDate day) ->
          Side.values()[Integer.signum(local.toLocalDate().compareTo(day)) + 1];
      case Value.Moment(var time, var offset) -> {
        LocalDateTime other =
            offset == null ? time : time.toInstant(offset).atZone(zone).toLocalDateTime();
        yield Side.values()[Integer.signum(local.compareTo(other)) + 1];
      }
    };
  }

  /**
   * The moment that the text names, by seconds, milliseconds or with an offset; null for anything
   * else.
   */
  private static @Nullable Instant moment(String written) {
    if (written.matches("\\$D_-?[0-9]{1,11}")) {
      return Instant.ofEpochSecond(Long.parseLong(written.substring(3)));
    }
    if (written.matches("\\$D_-?[0-9]{12,14}")) {
      return Instant.ofEpochMilli(Long.parseLong(written.substring(3)));
    }
    if (!written.matches("[1-9].{9}T[^-+Zz]+([-+][0-9]{2}:[0-9]{2}|Z)")) {
      return null;
    }
    try {
      return OffsetDateTime.parse(written).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException noDate) {
      return null;
    }
  }

  /** The wall-clock time that the text names; null for anything else. */
  private static @Nullable LocalDateTime local(String written) {
    try {
      return written.matches("[1-9].{9}")
          ? LocalDate.parse(written).atTime(LocalTime.MIDNIGHT)
          : written.matches("[1-9].{9}T[0-9]{2}:.+")
              ? LocalDateTime.parse(written).truncatedTo(ChronoUnit.MICROS)
              : null;
    } catch (DateTimeException noDate) {
      return null;
    }
  }

  /** Each code point by itself, as the rule language says, and not the whole text by its words. */
  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The offsets that a date may have. */
  static final List<ZoneOffset> OFFSETS =
      List.of(
          ZoneOffset.UTC,
          ZoneOffset.ofHours(18),
          ZoneOffset.ofHoursMinutes(-17, -59),
          ZoneOffset.ofHoursMinutes(5, 30),
          ZoneOffset.ofHours(-3));
}
