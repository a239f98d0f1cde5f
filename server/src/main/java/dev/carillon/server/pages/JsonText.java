package dev.carillon.server.pages;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows JSON to people. What is not JSON is shown as it is. */
final class JsonText {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LONGEST = 200_000;

  private JsonText() {}

  /** The text with line breaks and indentation. */
  static String pretty(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + " \u2026" : text;
    try {
      return MAPPER.readTree(cut).toPrettyString();
    } catch (JacksonException notJson) {
      return cut;
    }
  }

  /** The members of an object, each value as text. */
  static Map<String, String> members(String object) {
    Map<String, String> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : MAPPER.readTree(object).properties()) {
      members.put(member.getKey(), written(member.getValue()));
    }
    return members;
  }

  /** A text member of an object; null when it has none. */
  static @Nullable String text(String object, String member) {
    JsonNode value = MAPPER.readTree(object).get(member);
    return value != null && value.isString() ? value.stringValue() : null;
  }

  private static String written(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
