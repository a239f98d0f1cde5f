package dev.carillon.engine.profile;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One property's past, as far as a late change can still matter: the last value that was set, and
 * the operators after it. Merging is order independent: the last value is the latest by time (of
 * two at one time, the greater text), and operators form a set ordered by time.
 *
 * <p>Only the latest {@value #KEPT_OPERATORS} operators are kept apart; older ones become part of
 * the value, so a change that is later than those but comes after more than so many others is
 * merged as if it were older.
 */
final class PropertyHistory {
  static final int KEPT_OPERATORS = 100;

  private static final int LONGEST_NUMBER = 400;

  /** A change of the value that is there. */
  record Operation(long at, String operator, JsonNode operand) {}

  private static final Comparator<Operation> ORDER =
      Comparator.comparingLong(Operation::at)
          .thenComparing(Operation::operator)
          .thenComparing(operation -> operation.operand().toString());

  private long setAt = Long.MIN_VALUE;
  private @Nullable JsonNode value;
  private final TreeSet<Operation> operations = new TreeSet<>(ORDER);

  /** The time of the last value; {@link Long#MIN_VALUE} when none was ever set. */
  long setAt() {
    return setAt;
  }

  /** The last value that was set, without operators; null when there is none or it was removed. */
  @Nullable JsonNode base() {
    return value;
  }

  SortedSet<Operation> operations() {
    return operations;
  }

  void set(long at, @Nullable JsonNode to) {
    if (at < setAt || (at == setAt && compare(to, value) <= 0)) {
      return;
    }
    setAt = at;
    value = to;
    operations.removeIf(operation -> operation.at() < at);
  }

  void change(Operation operation) {
    if (operation.at() < setAt) {
      return;
    }
    operations.add(operation);
    while (operations.size() > KEPT_OPERATORS) {
      Operation oldest = operations.removeFirst();
      value = apply(value, oldest);
      setAt = oldest.at();
    }
  }

  void merge(PropertyHistory other) {
    if (other.setAt != Long.MIN_VALUE) {
      set(other.setAt, other.value);
    }
    other.operations.forEach(this::change);
  }

  /** The value after all operators; null when the property is not there. */
  @Nullable JsonNode current() {
    JsonNode current = value;
    for (Operation operation : operations) {
      current = apply(current, operation);
    }
    return current;
  }

  private static int compare(@Nullable JsonNode one, @Nullable JsonNode other) {
    if (one == null || other == null) {
      return Boolean.compare(one != null, other != null);
    }
    return one.toString().compareTo(other.toString());
  }

  private static @Nullable JsonNode apply(@Nullable JsonNode value, Operation operation) {
    return switch (operation.operator()) {
      case "$incr" -> plus(value, operation.operand().decimalValue());
      case "$decr" -> plus(value, operation.operand().decimalValue().negate());
      case "$add" -> add(value, operation.operand());
      case "$remove" -> value == null ? null : remove(value, operation.operand());
      default -> throw new IllegalArgumentException("no operator " + operation.operator());
    };
  }

  private static JsonNode plus(@Nullable JsonNode value, BigDecimal by) {
    if (value != null && (!value.isNumber() || !calculable(value.decimalValue()))) {
      return value;
    }
    BigDecimal sum = value == null ? by : value.decimalValue().add(by);
    BigDecimal plain = sum.stripTrailingZeros();
    return JsonNodeFactory.instance.numberNode(plain.scale() < 0 ? plain.setScale(0) : plain);
  }

  /** Whether adding it cannot fill the memory: 1E999999999 is a short text and a long number. */
  static boolean calculable(BigDecimal number) {
    return Math.abs(number.scale()) <= LONGEST_NUMBER && number.precision() <= LONGEST_NUMBER;
  }

  private static JsonNode add(@Nullable JsonNode value, JsonNode elements) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    addDistinct(list, value);
    addDistinct(list, elements);
    return list;
  }

  private static void addDistinct(ArrayNode list, @Nullable JsonNode elements) {
    if (elements == null) {
      return;
    }
    if (!elements.isArray()) {
      if (!contains(list, elements)) {
        list.add(elements);
      }
      return;
    }
    for (JsonNode element : elements) {
      if (!contains(list, element)) {
        list.add(element);
      }
    }
  }

  private static JsonNode remove(JsonNode value, JsonNode elements) {
    if (!value.isArray()) {
      return value;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : value) {
      if (elements.isArray() ? !contains(elements, element) : !elements.equals(element)) {
        list.add(element);
      }
    }
    return list;
  }

  private static boolean contains(JsonNode list, JsonNode element) {
    for (JsonNode one : list) {
      if (one.equals(element)) {
        return true;
      }
    }
    return false;
  }
}
