package dev.carillon.engine.profile;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One property's past, as far as a late change can still matter: the last value that was set, and
 * the operators after it. Merging is order independent: the last value is the latest by time (of
 * two at one time, the greater text), and operators form a set in the order of their {@link Place}.
 *
 * <p>Only the latest {@value #KEPT_OPERATORS} operators, and {@value #KEPT_CHARACTERS} characters
 * of operands, are kept apart. Older ones are folded into the value; the place of the last folded
 * one stays, and whatever comes at or before it is passed over. So a folded operator that comes
 * again changes nothing, and a change that is later than none of them but comes after so many
 * others is merged as if it were older than the value.
 */
final class PropertyHistory {
  static final int KEPT_OPERATORS = 100;
  static final int KEPT_CHARACTERS = 64 << 10;

  private static final int LONGEST_NUMBER = 400;

  private static final Comparator<@Nullable Place> FOLDED =
      Comparator.nullsFirst(Comparator.naturalOrder());

  private long setAt = Long.MIN_VALUE;
  private @Nullable JsonNode value;
  private @Nullable Place folded;
  private final TreeSet<Operation> operations = new TreeSet<>();
  private int characters;

  /** The value after all operators, while it is known. */
  private @Nullable JsonNode current;

  private boolean currentKnown;

  /** A history with what was kept of it. */
  static PropertyHistory of(
      long setAt,
      @Nullable JsonNode value,
      @Nullable Place folded,
      Collection<Operation> operations) {
    PropertyHistory history = new PropertyHistory();
    history.setAt = setAt;
    history.value = value;
    history.folded = folded;
    operations.forEach(history::keep);
    return history;
  }

  PropertyHistory copy() {
    PropertyHistory copy = of(setAt, value, folded, operations);
    copy.current = current;
    copy.currentKnown = currentKnown;
    return copy;
  }

  /** The time of the last value; {@link Long#MIN_VALUE} when none was ever set. */
  long setAt() {
    return setAt;
  }

  /** The last value that was set, with folded operators; null when there is none. */
  @Nullable JsonNode base() {
    return value;
  }

  /** The place of the last operator that became part of the value; null when none did. */
  @Nullable Place folded() {
    return folded;
  }

  SortedSet<Operation> operations() {
    return operations;
  }

  void set(long at, @Nullable JsonNode to) {
    if (folded != null && at <= folded.at()) {
      return;
    }
    if (at < setAt || (at == setAt && compare(to, value) <= 0)) {
      return;
    }
    begin(at, to, null);
  }

  void change(Operation operation) {
    if (!follows(operation) || operations.contains(operation)) {
      return;
    }
    if (currentKnown && (operations.isEmpty() || operation.compareTo(operations.last()) > 0)) {
      current = apply(current, operation);
    } else {
      currentKnown = false;
    }
    keep(operation);
    while (operations.size() > KEPT_OPERATORS || characters > KEPT_CHARACTERS) {
      Operation oldest = operations.removeFirst();
      characters -= oldest.characters();
      value = apply(value, oldest);
      folded = folded == null || oldest.place().compareTo(folded) > 0 ? oldest.place() : folded;
    }
  }

  void merge(PropertyHistory other) {
    if (other.compareBase(this) > 0) {
      begin(other.setAt, other.value, other.folded);
    }
    other.operations.forEach(this::change);
  }

  private void begin(long at, @Nullable JsonNode to, @Nullable Place foldedUpTo) {
    setAt = at;
    value = to;
    folded = foldedUpTo;
    currentKnown = false;
    operations.removeIf(operation -> !follows(operation));
    characters = operations.stream().mapToInt(Operation::characters).sum();
  }

  private boolean follows(Operation operation) {
    return operation.place().at() >= setAt
        && (folded == null || operation.place().compareTo(folded) > 0);
  }

  private void keep(Operation operation) {
    if (operations.add(operation)) {
      characters += operation.characters();
    }
  }

  /** The value that reaches further in time is greater; of two that reach as far, the folded. */
  private int compareBase(PropertyHistory other) {
    int order = Long.compare(reach(), other.reach());
    if (order == 0) {
      order = FOLDED.compare(folded, other.folded);
    }
    if (order == 0) {
      order = Long.compare(setAt, other.setAt);
    }
    return order == 0 ? compare(value, other.value) : order;
  }

  private long reach() {
    return folded == null ? setAt : Math.max(setAt, folded.at());
  }

  /** The value after all operators; null when the property is not there. */
  @Nullable JsonNode current() {
    if (!currentKnown) {
      JsonNode after = value;
      for (Operation operation : operations) {
        after = apply(after, operation);
      }
      current = after;
      currentKnown = true;
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
    JsonNode operand = operation.operand();
    return switch (operation.place().operator()) {
      case "$incr" -> plus(value, operand.decimalValue());
      case "$decr" -> plus(value, operand.decimalValue().negate());
      case "$add" -> add(value, operand);
      case "$remove" -> value == null ? null : remove(value, operand);
      default -> throw new IllegalArgumentException("no operator " + operation.place().operator());
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
    return Math.abs((long) number.scale()) <= LONGEST_NUMBER
        && number.precision() <= LONGEST_NUMBER;
  }

  private static JsonNode add(@Nullable JsonNode value, JsonNode elements) {
    LinkedHashSet<JsonNode> list = new LinkedHashSet<>();
    if (value != null) {
      list.addAll(elements(value));
    }
    list.addAll(elements(elements));
    return JsonNodeFactory.instance.arrayNode().addAll(list);
  }

  private static JsonNode remove(JsonNode value, JsonNode elements) {
    if (!value.isArray()) {
      return value;
    }
    HashSet<JsonNode> removed = new HashSet<>(elements(elements));
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : value) {
      if (!removed.contains(element)) {
        list.add(element);
      }
    }
    return list;
  }

  private static Collection<JsonNode> elements(JsonNode value) {
    return value instanceof ArrayNode list ? list.values() : java.util.List.of(value);
  }
}
