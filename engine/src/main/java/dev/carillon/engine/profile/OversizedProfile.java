package dev.carillon.engine.profile;

import dev.carillon.core.user.ConsentProperty;
import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.json.StoredJson;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings a profile that was kept before there were limits within them, without having it in memory:
 * the largest properties go, and count as refused. The properties that Carillon itself reads go
 * last. Not thread-safe.
 */
public final class OversizedProfile {
  private record Kept(String name, JsonNode value, int bytes) {}

  private static final Comparator<Kept> SMALL_AFTER_RESERVED =
      Comparator.<Kept>comparingInt(
              kept -> PropertyHistories.RESERVED.contains(kept.name()) ? 0 : 1)
          .thenComparingInt(Kept::bytes)
          .thenComparing(Kept::name);

  private final ProfileMerge merge;
  private final StoredProfile known;
  private final TreeSet<Kept> kept = new TreeSet<>(SMALL_AFTER_RESERVED);
  private final ObjectNode past = JsonNodeFactory.instance.objectNode();
  private long bytes;
  private long pastBytes;
  private long refused;

  /**
   * @param known the profile, with anything for its properties and their past
   */
  public OversizedProfile(ProfileMerge merge, StoredProfile known) {
    this.merge = merge;
    this.known = known;
  }

  /**
   * The profile within its limits.
   *
   * @param properties its properties, which are read once
   * @param propertyTimes their past, read once after that
   * @throws IllegalArgumentException when one of them is not a JSON object
   */
  public StoredProfile trimmed(Reader properties, Reader propertyTimes) {
    StoredJson.members(properties, DataLimits.PROPERTY_BYTES, this::keep, tooLong -> refused++);
    Map<String, JsonNode> values = new HashMap<>();
    kept.forEach(one -> values.put(one.name(), one.value()));
    StoredJson.members(
        propertyTimes,
        DataLimits.PROPERTY_BYTES,
        (name, node) -> keepPast(name, node, values),
        tooLong -> keepPast(tooLong, null, values));
    return stored(values);
  }

  /** What is known of the profile without reading its properties. */
  public StoredProfile withoutProperties() {
    refused++;
    Map<String, JsonNode> values = new HashMap<>();
    put(values, "Name", known.name());
    merge.written(known).forEach((property, address) -> put(values, property, address));
    known
        .optOuts()
        .forEach(
            channel ->
                values.put(
                    ConsentProperty.of(channel), JsonNodeFactory.instance.booleanNode(false)));
    values.keySet().forEach(name -> past.put(name, updatedAt()));
    return stored(values);
  }

  private static void put(Map<String, JsonNode> values, String name, @Nullable String text) {
    if (text != null) {
      values.put(name, JsonNodeFactory.instance.stringNode(text));
    }
  }

  private void keep(String name, JsonNode value) {
    int size = name.length() + 4 + value.toString().getBytes(StandardCharsets.UTF_8).length;
    kept.add(new Kept(name, value, size));
    bytes += size;
    while (bytes > DataLimits.PROFILE_BYTES) {
      bytes -= kept.removeLast().bytes();
      refused++;
    }
  }

  /** A past that is too large is forgotten: the value is as of when the user was last heard of. */
  private void keepPast(String name, @Nullable JsonNode node, Map<String, JsonNode> values) {
    if (name.isEmpty()) {
      refused += node == null ? 0 : node.asLong(0);
    } else if (values.containsKey(name) || PropertyHistories.RESERVED.contains(name)) {
      int size = node == null ? 0 : node.toString().length();
      if (node == null || pastBytes + size > DataLimits.PROFILE_BYTES / 2) {
        past.put(name, updatedAt());
      } else {
        past.set(name, node);
        pastBytes += size;
      }
    }
  }

  private long updatedAt() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, known.updatedAt());
  }

  private StoredProfile stored(Map<String, JsonNode> values) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    values.forEach(properties::set);
    past.put("", refused);
    return merge.normalized(
        new StoredProfile(
            properties.toString(),
            past.toString(),
            known.name(),
            known.contacts(),
            known.firstSeenAt(),
            known.updatedAt()));
  }
}
