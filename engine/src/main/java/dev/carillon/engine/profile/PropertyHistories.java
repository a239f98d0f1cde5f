package dev.carillon.engine.profile;

import dev.carillon.core.user.ConsentProperty;
import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.UserZone;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The histories of all properties of a user while changes are merged in. It keeps the profile
 * within {@link DataLimits}: a change by which a property would grow beyond them is refused, so
 * that the property keeps the value that it has, and counted. Not thread-safe.
 */
final class PropertyHistories {
  /** Properties that Carillon itself reads. Short values of them have room in a full profile. */
  static final Set<String> RESERVED =
      Stream.concat(
              Stream.of(
                  "Phone", "Email", "Name", "MSG-whatsapp", "MSG-sms", "MSG-push", "MSG-email"),
              UserZone.PROPERTIES.stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final int SHORT_BYTES = 1_024;

  /** By how many bytes a character of a change can make a profile larger at most, and a change. */
  private static final int GROWTH = 20;

  private static final int GROWTH_OF_ANY = 1_024;

  /** Bytes of a property's value, and of what is known of its past, in the profile's JSON. */
  private record Size(int value, int past) {
    static final Size NONE = new Size(0, 0);
  }

  private final SortedMap<String, PropertyHistory> histories;

  /** Sizes by property, as long as they are counted. */
  private final Map<String, Size> sizes = new HashMap<>();

  /** While the profile is certainly smaller than this, nothing need be measured. */
  private long atMost;

  private boolean measured;
  private long valueBytes;
  private long pastBytes;
  private long refused;

  /**
   * @param characters of the profile's JSON
   * @param refused how many changes were refused before
   */
  PropertyHistories(SortedMap<String, PropertyHistory> histories, long characters, long refused) {
    this.histories = histories;
    this.atMost = 3 * characters;
    this.refused = refused;
  }

  SortedMap<String, PropertyHistory> all() {
    return histories;
  }

  /** How many changes of properties were refused since the user is known. */
  long refused() {
    return refused;
  }

  /** Makes ready for a change of so many characters. */
  void expect(long characters) {
    atMost += GROWTH * characters + GROWTH_OF_ANY;
    if (!measured && atMost > DataLimits.PROPERTY_BYTES) {
      measured = true;
      histories.forEach((name, history) -> count(name, sized(name, history)));
    }
  }

  void set(String name, Turn turn, @Nullable JsonNode to) {
    if (measured) {
      guarded(name, history -> history.set(turn, to));
    } else {
      history(name).set(turn, to);
    }
  }

  void change(String name, Operation operation) {
    if (measured || operation.place().operator().equals("$add")) {
      guarded(name, history -> history.change(operation));
    } else {
      history(name).change(operation);
    }
  }

  /** Adds what another profile knows of a property. */
  void merge(String name, PropertyHistory other) {
    guarded(name, history -> history.merge(other));
  }

  void refuse() {
    refuse(1);
  }

  void refuse(long changes) {
    refused += changes;
  }

  private PropertyHistory history(String name) {
    return histories.computeIfAbsent(name, any -> new PropertyHistory(ConsentProperty.is(name)));
  }

  private void guarded(String name, Consumer<PropertyHistory> change) {
    PropertyHistory before = histories.get(name);
    PropertyHistory after =
        before == null ? new PropertyHistory(ConsentProperty.is(name)) : before.copy();
    change.accept(after);
    if (elements(after) > DataLimits.LIST_ELEMENTS
        && (before == null || elements(after) > elements(before))) {
      refuse();
      return;
    }
    if (measured) {
      Size size = sized(name, after);
      if (!fits(name, sizes.getOrDefault(name, Size.NONE), size)) {
        refuse();
        return;
      }
      count(name, size);
    }
    histories.put(name, after);
  }

  private boolean fits(String name, Size before, Size after) {
    if (after.value() > DataLimits.PROPERTY_BYTES && after.value() > before.value()) {
      return false;
    }
    if (after.value() <= SHORT_BYTES && RESERVED.contains(name)) {
      return true;
    }
    return fits(valueBytes, before.value(), after.value())
        && fits(pastBytes, before.past(), after.past());
  }

  private static boolean fits(long total, int before, int after) {
    return after <= before || total - before + after <= DataLimits.PROFILE_BYTES;
  }

  private void count(String name, Size size) {
    Size before = sizes.put(name, size);
    valueBytes += size.value() - (before == null ? 0 : before.value());
    pastBytes += size.past() - (before == null ? 0 : before.past());
  }

  private static Size sized(String name, PropertyHistory history) {
    int around = bytes(name) + 4;
    JsonNode value = history.current();
    return new Size(
        value == null ? 0 : around + bytes(value.toString()),
        around + bytes(ProfileJson.past(history).toString()));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int elements(PropertyHistory history) {
    JsonNode value = history.current();
    return value != null && value.isArray() ? value.size() : 0;
  }
}
