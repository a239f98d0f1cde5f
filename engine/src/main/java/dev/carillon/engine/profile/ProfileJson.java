package dev.carillon.engine.profile;

import dev.carillon.core.user.BodyPlace;
import dev.carillon.core.user.ConsentProperty;
import dev.carillon.engine.json.StoredJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON in which profiles are kept. Beside the values there is, by property, what merging must
 * know of the past.
 *
 * <ul>
 *   <li>The turn of a plain value: its time {@code at} as a number, where its body is not known;
 *       else {@code [at, body, position, arrived]}, {@code arrived} being the microseconds from the
 *       time to the arrival of the body.
 *   <li>Where more must be known, an object: the turn {@code t} and value {@code v} before
 *       operators; other bodies of that time {@code b}, each {@code [body, arrived]}; other words
 *       of a consent {@code c}, each {@code [at, value, body, position, arrived]}; the place {@code
 *       f} of the last folded operator, {@code [at, operator, mark, body, position, arrived]}, with
 *       other bodies of its time {@code g}; the operators {@code o} after it, each {@code [at,
 *       operator, operand, body, position, arrived]}. An empty {@code f} says that none was folded
 *       though there are as many as are kept.
 * </ul>
 *
 * No property has an empty name; under it stands how many changes were refused.
 */
final class ProfileJson {
  private static final String REFUSED = "";

  private ProfileJson() {}

  static PropertyHistories read(StoredProfile stored) {
    ObjectNode values = StoredJson.object(stored.properties());
    TreeMap<String, PropertyHistory> histories = new TreeMap<>();
    long refused = 0;
    for (Map.Entry<String, JsonNode> past :
        StoredJson.object(stored.propertyTimes()).properties()) {
      if (past.getKey().equals(REFUSED)) {
        refused = past.getValue().asLong(0);
      } else {
        String name = past.getKey();
        histories.put(name, history(past.getValue(), values.get(name), ConsentProperty.is(name)));
      }
    }
    return new PropertyHistories(
        histories, (long) stored.properties().length() + stored.propertyTimes().length(), refused);
  }

  /** How many changes of properties were refused. */
  static long refused(StoredProfile stored) {
    // It stands first, so most profiles need not be parsed.
    return stored.propertyTimes().startsWith("{\"" + REFUSED + "\":")
        ? StoredJson.object(stored.propertyTimes()).path(REFUSED).asLong(0)
        : 0;
  }

  private static PropertyHistory history(
      JsonNode past, @Nullable JsonNode current, boolean consent) {
    if (!past.isObject()) {
      Turn turn = past.isArray() ? turn(past, 0) : Turn.unplaced(past.asLong(0));
      return PropertyHistory.of(
          LastSet.of(consent, turn, current, new Bodies(), List.of()),
          null,
          new Bodies(),
          List.of());
    }
    JsonNode set = past.path("t");
    Turn turn =
        set.isMissingNode()
            ? Turn.NEVER
            : set.isArray() ? turn(set, 0) : Turn.unplaced(set.asLong());
    List<LastSet.Word> words = new ArrayList<>();
    for (JsonNode one : past.path("c")) {
      JsonNode value = one.path(1);
      words.add(new LastSet.Word(turn(one, 1), value.isNull() ? null : value));
    }
    List<Operation> operations = new ArrayList<>();
    for (JsonNode one : past.path("o")) {
      operations.add(Operation.of(turn(one, 2), one.path(1).asString(), one.path(2)));
    }
    OperationPlace folded = folded(past, turn);
    return PropertyHistory.of(
        LastSet.of(consent, turn, past.get("v"), bodies(past.path("b"), turn.at()), words),
        folded,
        folded == null ? new Bodies() : bodies(past.path("g"), folded.turn().at()),
        operations);
  }

  /**
   * Reads a turn from a list that begins with its time.
   *
   * @param skipped how many elements lie between the time and the place, which may be missing
   */
  private static Turn turn(JsonNode list, int skipped) {
    long at = list.path(0).asLong();
    int place = 1 + skipped;
    return list.size() <= place
        ? Turn.unplaced(at)
        : Turn.of(
            at,
            at + list.path(place + 2).asLong(),
            new BodyPlace(list.path(place).asLong(), list.path(place + 1).asInt()));
  }

  private static Bodies bodies(JsonNode list, long at) {
    Bodies bodies = new Bodies();
    for (JsonNode one : list) {
      bodies.hear(one.path(0).asLong(), at + one.path(1).asLong());
    }
    return bodies;
  }

  /**
   * Earlier versions kept the time of the last folded operator as that of the value. Where they may
   * have folded, what comes with that very time is taken for one that came before.
   */
  private static @Nullable OperationPlace folded(JsonNode past, Turn set) {
    JsonNode place = past.get("f");
    if (place != null) {
      return place.isEmpty()
          ? null
          : new OperationPlace(turn(place, 2), place.path(1).asString(), place.path(2).asString());
    }
    return past.has("t") && past.path("o").size() >= PropertyHistory.KEPT_OPERATORS
        ? OperationPlace.endOf(set.at())
        : null;
  }

  static ObjectNode values(PropertyHistories histories) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    histories
        .all()
        .forEach(
            (name, history) -> {
              JsonNode current = history.current();
              if (current != null) {
                values.set(name, current);
              }
            });
    return values;
  }

  static ObjectNode past(PropertyHistories histories) {
    ObjectNode past = JsonNodeFactory.instance.objectNode();
    if (histories.refused() > 0) {
      past.put(REFUSED, histories.refused());
    }
    histories.all().forEach((name, history) -> past.set(name, past(history)));
    return past;
  }

  static JsonNode past(PropertyHistory history) {
    LastSet last = history.last();
    OperationPlace folded = history.folded();
    ArrayNode others = bodies(last.bodies(), last.turn());
    ArrayNode words = words(last);
    if (history.operations().isEmpty() && folded == null && others.isEmpty() && words.isEmpty()) {
      return turn(last.turn());
    }
    ObjectNode past = JsonNodeFactory.instance.objectNode();
    if (!last.turn().equals(Turn.NEVER)) {
      past.set("t", turn(last.turn()));
    }
    JsonNode base = last.value();
    if (base != null) {
      past.set("v", base);
    }
    setUnlessEmpty(past, "b", others);
    setUnlessEmpty(past, "c", words);
    if (folded != null) {
      ArrayNode place = past.putArray("f");
      place.add(folded.turn().at()).add(folded.operator()).add(folded.mark());
      addPlace(place, folded.turn());
      setUnlessEmpty(past, "g", bodies(history.foldedBodies(), folded.turn()));
    } else if (history.operations().size() >= PropertyHistory.KEPT_OPERATORS) {
      past.putArray("f");
    }
    ArrayNode operations = past.putArray("o");
    for (Operation operation : history.operations()) {
      ArrayNode one = operations.addArray();
      one.add(operation.turn().at()).add(operation.place().operator()).add(operation.operand());
      addPlace(one, operation.turn());
    }
    return past;
  }

  private static JsonNode turn(Turn turn) {
    if (!turn.isPlaced()) {
      return JsonNodeFactory.instance.numberNode(turn.at());
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode().add(turn.at());
    addPlace(list, turn);
    return list;
  }

  private static void addPlace(ArrayNode list, Turn turn) {
    if (turn.isPlaced()) {
      list.add(turn.body()).add(turn.place().position()).add(turn.arrivedAt() - turn.at());
    }
  }

  private static ArrayNode bodies(Bodies bodies, Turn but) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    bodies
        .arrivals()
        .forEach(
            (body, arrivedAt) -> {
              if (body != but.body()) {
                list.addArray().add(body).add(arrivedAt - but.at());
              }
            });
    return list;
  }

  private static ArrayNode words(LastSet last) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    last.words().stream()
        .filter(word -> word.turn().body() != last.turn().body())
        .sorted(Comparator.comparing(LastSet.Word::turn))
        .forEach(
            word -> {
              ArrayNode one = list.addArray().add(word.turn().at()).add(word.value());
              addPlace(one, word.turn());
            });
    return list;
  }

  private static void setUnlessEmpty(ObjectNode past, String member, ArrayNode list) {
    if (!list.isEmpty()) {
      past.set(member, list);
    }
  }

  /** The time of a property's value in what is kept of its past; empty when it was never set. */
  static OptionalLong setAt(JsonNode past) {
    JsonNode turn = past.isObject() ? past.path("t") : past;
    JsonNode at = turn.isArray() ? turn.path(0) : turn;
    return at.isNumber() ? OptionalLong.of(at.longValue()) : OptionalLong.empty();
  }
}
