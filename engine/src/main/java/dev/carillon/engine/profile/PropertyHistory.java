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
 * One property's past, as far as a late change can still matter: the value that was set last, and
 * the operators after it. Each change has its {@link Turn}, and a body that comes again has the
 * turns that it had, so merging depends neither on order nor on repetition.
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

  private static final Comparator<@Nullable OperationPlace> FOLDED =
      Comparator.nullsFirst(Comparator.naturalOrder());

  private final LastSet last;
  private @Nullable OperationPlace folded;

  /** The bodies whose operators were folded at the time of the last folded one. */
  private final Bodies foldedBodies = new Bodies();

  private final TreeSet<Operation> operations = new TreeSet<>();
  private int characters;

  /** The value after all operators, while it is known. */
  private @Nullable JsonNode current;

  private boolean currentKnown;

  /**
   * @param consent whether a no counts most of what is said at one time
   */
  PropertyHistory(boolean consent) {
    this(new LastSet(consent));
  }

  private PropertyHistory(LastSet last) {
    this.last = last;
  }

  /** A history with what was kept of it. */
  static PropertyHistory of(
      LastSet last,
      @Nullable OperationPlace folded,
      Bodies foldedBodies,
      Collection<Operation> operations) {
    PropertyHistory history = new PropertyHistory(last);
    history.folded = folded;
    history.foldedBodies.hearAll(foldedBodies);
    operations.forEach(history::keep);
    return history;
  }

  PropertyHistory copy() {
    PropertyHistory copy = of(last.copy(), folded, foldedBodies, operations);
    copy.current = current;
    copy.currentKnown = currentKnown;
    return copy;
  }

  /** The last value that was set, with folded operators. */
  LastSet last() {
    return last;
  }

  /** The place of the last operator that became part of the value; null when none did. */
  @Nullable OperationPlace folded() {
    return folded;
  }

  Bodies foldedBodies() {
    return foldedBodies;
  }

  SortedSet<Operation> operations() {
    return operations;
  }

  void set(Turn said, @Nullable JsonNode to) {
    Turn turn = arrived(said);
    if (isFolded(turn) || !last.set(turn, to)) {
      return;
    }
    folded = null;
    foldedBodies.forget();
    restart();
  }

  void change(Operation said) {
    Turn turn = arrived(said.turn());
    Operation operation = said.arrived(turn.arrivedAt());
    if (turn.at() == last.turn().at()) {
      last.bodies().hear(turn);
    }
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
      fold(operations.removeFirst());
    }
  }

  private void fold(Operation oldest) {
    characters -= oldest.characters();
    last.fold(apply(last.value(), oldest));
    if (folded == null || oldest.turn().at() > folded.turn().at()) {
      foldedBodies.forget();
    }
    foldedBodies.hear(oldest.turn());
    folded = folded == null || oldest.place().compareTo(folded) > 0 ? oldest.place() : folded;
  }

  void merge(PropertyHistory other) {
    LastSet others = other.last.copy();
    LastSet mine = last.copy();
    if (other.compareBase(this) > 0) {
      last.take(others);
      others = mine;
      folded = other.folded;
      foldedBodies.forget();
      foldedBodies.hearAll(other.foldedBodies);
    }
    if (others.turn().at() == last.turn().at()) {
      last.hearAll(others.bodies(), others.words());
    }
    restart();
    other.operations.forEach(this::change);
  }

  /** Takes away the operators that came before the value that is there now. */
  private void restart() {
    currentKnown = false;
    for (Operation operation : operations) {
      if (operation.turn().at() == last.turn().at()) {
        last.bodies().hear(operation.turn());
      }
    }
    operations.removeIf(operation -> !follows(operation));
    characters = operations.stream().mapToInt(Operation::characters).sum();
  }

  /** The turn of a change, whose body may have spoken of the property before. */
  private Turn arrived(Turn said) {
    if (!said.isPlaced()) {
      return said;
    }
    Long first = said.at() == last.turn().at() ? last.bodies().arrival(said.body()) : null;
    if (first == null && folded != null && said.at() == folded.turn().at()) {
      first = foldedBodies.arrival(said.body());
    }
    if (first != null) {
      return said.arrived(first);
    }
    for (Operation operation : operations) {
      if (operation.turn().at() == said.at() && operation.turn().body() == said.body()) {
        return said.arrived(operation.turn().arrivedAt());
      }
    }
    return said;
  }

  private boolean isFolded(Turn turn) {
    return folded != null && turn.compareTo(folded.turn()) <= 0;
  }

  private boolean follows(Operation operation) {
    return operation.turn().compareTo(last.turn()) >= 0
        && (folded == null || operation.place().compareTo(folded) > 0);
  }

  private void keep(Operation operation) {
    if (operations.add(operation)) {
      characters += operation.characters();
    }
  }

  /** The value that reaches further in time is greater; of two that reach as far, the folded. */
  private int compareBase(PropertyHistory other) {
    int order = reach().compareTo(other.reach());
    if (order == 0) {
      order = FOLDED.compare(folded, other.folded);
    }
    if (order == 0) {
      order = last.turn().compareTo(other.last.turn());
    }
    return order == 0 ? LastSet.compare(last.value(), other.last.value()) : order;
  }

  private Turn reach() {
    return folded == null || folded.turn().compareTo(last.turn()) < 0 ? last.turn() : folded.turn();
  }

  /** The value after all operators; null when the property is not there. */
  @Nullable JsonNode current() {
    if (!currentKnown) {
      JsonNode after = last.value();
      for (Operation operation : operations) {
        after = apply(after, operation);
      }
      current = after;
      currentKnown = true;
    }
    return current;
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
