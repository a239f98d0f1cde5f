package dev.carillon.engine.profile;

import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.profile.StoredProfile.PhoneState;
import dev.carillon.engine.profile.StoredProfile.Reserved;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges what sources say of a user into what is stored. Any order of the same changes ends in the
 * same profile: each property takes the latest by event time, removal included, and operators count
 * when they are not older than the last value. Thread-safe.
 *
 * <p>Properties with a meaning of their own are {@code Phone}, {@code Email}, {@code Name} and the
 * booleans {@code MSG-whatsapp}, {@code MSG-sms}, {@code MSG-push} and {@code MSG-email}.
 */
public final class ProfileMerge {
  private static final Set<String> OPERATORS = Set.of("$add", "$remove", "$incr", "$decr");

  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private final PhoneNumbers phoneNumbers;

  public ProfileMerge(PhoneNumbers phoneNumbers) {
    this.phoneNumbers = phoneNumbers;
  }

  /**
   * The profile with a change in it.
   *
   * @throws IllegalArgumentException when the change's properties are not a JSON object
   */
  public StoredProfile merge(StoredProfile stored, ProfileChange change) {
    JsonNode changed = read(change.properties());
    if (!changed.isObject()) {
      throw new IllegalArgumentException("properties are a JSON object");
    }
    Map<String, PropertyHistory> histories = histories(stored);
    long at = micros(change.at());
    for (Map.Entry<String, JsonNode> property : changed.properties()) {
      PropertyHistory history =
          histories.computeIfAbsent(property.getKey(), name -> new PropertyHistory());
      applyTo(history, at, property.getValue());
    }
    return store(
        histories,
        stored,
        earlier(stored.firstSeenAt(), change.receivedAt()),
        later(stored.updatedAt(), change.receivedAt()));
  }

  /** One user's profile out of two that turned out to be the same user's. */
  public StoredProfile merge(StoredProfile kept, StoredProfile givenUp) {
    Map<String, PropertyHistory> histories = histories(kept);
    histories(givenUp)
        .forEach(
            (name, history) ->
                histories.computeIfAbsent(name, any -> new PropertyHistory()).merge(history));
    return store(
        histories,
        kept,
        earlier(kept.firstSeenAt(), givenUp.firstSeenAt()),
        later(kept.updatedAt(), givenUp.updatedAt()));
  }

  /** When a property got the value that it has; empty when it was never set. */
  public Optional<Instant> setAt(StoredProfile stored, String property) {
    JsonNode times = read(stored.propertyTimes()).get(property);
    if (times != null && times.isObject()) {
      times = times.get("t");
    }
    return times == null || !times.isNumber()
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(times.longValue(), ChronoUnit.MICROS));
  }

  private static void applyTo(PropertyHistory history, long at, JsonNode value) {
    if (value.isNull()) {
      history.set(at, null);
      return;
    }
    if (value.isObject() && value.size() == 1) {
      String operator = value.propertyNames().iterator().next();
      JsonNode operand = value.get(operator);
      if (operator.equals("$delete")) {
        history.set(at, null);
        return;
      }
      if (OPERATORS.contains(operator)) {
        boolean number = operator.equals("$incr") || operator.equals("$decr");
        if (!number || (operand.isNumber() && PropertyHistory.calculable(operand.decimalValue()))) {
          history.change(new PropertyHistory.Operation(at, operator, operand));
        }
        return;
      }
    }
    history.set(at, value);
  }

  /** The times are a number for a plain value, and an object where operators follow a value. */
  private Map<String, PropertyHistory> histories(StoredProfile stored) {
    JsonNode values = read(stored.properties());
    TreeMap<String, PropertyHistory> histories = new TreeMap<>();
    for (Map.Entry<String, JsonNode> property : read(stored.propertyTimes()).properties()) {
      PropertyHistory history = new PropertyHistory();
      JsonNode times = property.getValue();
      if (times.isNumber()) {
        history.set(times.longValue(), values.get(property.getKey()));
      } else {
        if (times.has("t")) {
          history.set(times.get("t").longValue(), times.get("v"));
        }
        for (JsonNode operation : times.get("o")) {
          history.change(
              new PropertyHistory.Operation(
                  operation.get(0).longValue(), operation.get(1).stringValue(), operation.get(2)));
        }
      }
      histories.put(property.getKey(), history);
    }
    return histories;
  }

  private StoredProfile store(
      Map<String, PropertyHistory> histories,
      StoredProfile before,
      Instant firstSeenAt,
      Instant updatedAt) {
    ObjectNode values = json.createObjectNode();
    ObjectNode times = json.createObjectNode();
    histories.forEach(
        (name, history) -> {
          JsonNode current = history.current();
          if (current != null) {
            values.set(name, current);
          }
          if (history.operations().isEmpty()) {
            times.put(name, history.setAt());
          } else {
            times.set(name, withOperations(history));
          }
        });
    return new StoredProfile(
        values.toString(), times.toString(), reserved(values, before), firstSeenAt, updatedAt);
  }

  private ObjectNode withOperations(PropertyHistory history) {
    ObjectNode node = json.createObjectNode();
    if (history.setAt() != Long.MIN_VALUE) {
      node.put("t", history.setAt());
      JsonNode base = history.base();
      if (base != null) {
        node.set("v", base);
      }
    }
    ArrayNode operations = node.putArray("o");
    for (PropertyHistory.Operation operation : history.operations()) {
      operations.addArray().add(operation.at()).add(operation.operator()).add(operation.operand());
    }
    return node;
  }

  private Reserved reserved(ObjectNode values, StoredProfile before) {
    String given = text(values, "Phone");
    Optional<String> digits = given == null ? Optional.empty() : phone(given, before);
    PhoneState state =
        given == null
            ? PhoneState.NONE
            : digits.isPresent() ? PhoneState.VALID : PhoneState.INVALID;
    return new Reserved(
        digits.orElse(null),
        state,
        welcome(values, "MSG-whatsapp"),
        welcome(values, "MSG-sms"),
        welcome(values, "MSG-push"),
        welcome(values, "MSG-email"),
        text(values, "Email"),
        text(values, "Name"));
  }

  /** Most changes leave the number as it is, and reading one is dear. */
  private Optional<String> phone(String given, StoredProfile before) {
    String known = before.reserved().phone();
    if (known != null && given.equals("+" + known)) {
      return Optional.of(known);
    }
    return phoneNumbers.digits(given);
  }

  private static boolean welcome(ObjectNode values, String name) {
    JsonNode value = values.get(name);
    return value == null || !value.isBoolean() || value.booleanValue();
  }

  private static @Nullable String text(ObjectNode values, String name) {
    JsonNode value = values.get(name);
    if (value == null || value.isContainer()) {
      return null;
    }
    String text = value.asString().strip();
    return text.isEmpty() ? null : text;
  }

  private JsonNode read(String text) {
    try {
      return json.readTree(text);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException("properties are a JSON object", malformed);
    }
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
