package dev.carillon.simulator.wire;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the simulated providers read and write it. */
public final class Json {

  private static final JsonMapper PLAIN = JsonMapper.builder().build();

  /** PHP's way of writing, which is what Meta signs: {@code \u00e9} and {@code \/}. */
  private static final JsonMapper ESCAPED =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII, JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return PLAIN.createObjectNode();
  }

  /** The JSON object in {@code body}; empty when it is anything else. */
  public static Optional<ObjectNode> readObject(byte[] body) {
    try {
      return PLAIN.readTree(body) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The tree that has the components of {@code value}. */
  public static JsonNode tree(Object value) {
    return PLAIN.valueToTree(value);
  }

  /**
   * Reads {@code node} as {@code type}.
   *
   * @throws IllegalArgumentException when it does not fit, with the reason
   */
  public static <T> T convert(JsonNode node, Class<T> type) {
    try {
      return PLAIN.treeToValue(node, type);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  public static String write(JsonNode node) {
    return PLAIN.writeValueAsString(node);
  }

  /** Writes {@code node} in pure ASCII with escaped slashes. */
  public static byte[] writeEscaped(JsonNode node) {
    return ESCAPED.writeValueAsBytes(node);
  }
}
