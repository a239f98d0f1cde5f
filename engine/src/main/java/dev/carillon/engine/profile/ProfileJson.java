package dev.carillon.engine.profile;

import dev.carillon.engine.json.StoredJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON in which profiles are kept. Beside the values there is, by property, what merging must
 * know of the past: the time of a plain value as a number; else an object with the time {@code t}
 * and value {@code v} before operators, the place {@code f} of the last folded operator, and the
 * operators {@code o} after it. An empty {@code f} says that none was folded though there are as
 * many as are kept. No property has an empty name; under it stands how many changes were refused.
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
        histories.put(past.getKey(), history(past.getValue(), values.get(past.getKey())));
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

  private static PropertyHistory history(JsonNode past, @Nullable JsonNode current) {
    if (past.isNumber()) {
      return PropertyHistory.of(past.asLong(0), current, null, List.of());
    }
    List<Operation> operations = new ArrayList<>();
    for (JsonNode one : past.path("o")) {
      operations.add(Operation.of(one.path(0).asLong(), one.path(1).asString(), one.path(2)));
    }
    return PropertyHistory.of(
        past.path("t").asLong(Long.MIN_VALUE), past.get("v"), folded(past), operations);
  }

  /**
   * Earlier versions kept the time of the last folded operator as that of the value. Where they may
   * have folded, what comes with that very time is taken for one that came before.
   */
  private static @Nullable Place folded(JsonNode past) {
    JsonNode place = past.get("f");
    if (place != null) {
      return place.isEmpty()
          ? null
          : new Place(place.path(0).asLong(), place.path(1).asString(), place.path(2).asString());
    }
    return past.has("t") && past.path("o").size() >= PropertyHistory.KEPT_OPERATORS
        ? Place.endOf(past.path("t").asLong())
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
    Place folded = history.folded();
    if (history.operations().isEmpty() && folded == null) {
      return JsonNodeFactory.instance.numberNode(history.setAt());
    }
    ObjectNode past = JsonNodeFactory.instance.objectNode();
    if (history.setAt() != Long.MIN_VALUE) {
      past.put("t", history.setAt());
    }
    JsonNode base = history.base();
    if (base != null) {
      past.set("v", base);
    }
    if (folded != null) {
      past.putArray("f").add(folded.at()).add(folded.operator()).add(folded.mark());
    } else if (history.operations().size() >= PropertyHistory.KEPT_OPERATORS) {
      past.putArray("f");
    }
    ArrayNode operations = past.putArray("o");
    for (Operation operation : history.operations()) {
      operations
          .addArray()
          .add(operation.place().at())
          .add(operation.place().operator())
          .add(operation.operand());
    }
    return past;
  }
}
