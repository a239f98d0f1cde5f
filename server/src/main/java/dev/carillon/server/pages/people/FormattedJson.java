package dev.carillon.server.pages.people;

import dev.carillon.core.audience.DateText;
import dev.carillon.core.audience.Value;
import dev.carillon.engine.json.StoredJson;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows JSON to people. What is not JSON is shown as it is. */
public final class FormattedJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final int LONGEST = 200_000;

  private FormattedJson() {}

  /** The text with line breaks and indentation. */
  static String pretty(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + " \u2026" : text;
    try {
      return MAPPER.readTree(cut).toPrettyString();
    } catch (JacksonException notJson) {
      return cut;
    }
  }

  /** The members of an object, each with its type and its value as text. */
  static List<PropertyLine> properties(String object) {
    List<PropertyLine> lines = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : StoredJson.object(object).properties()) {
      JsonNode value = member.getValue();
      lines.add(new PropertyLine(member.getKey(), type(value), written(value)));
    }
    return lines;
  }

  /** A text member of an object; null when it has none. */
  public static @Nullable String text(String object, String member) {
    JsonNode value = StoredJson.object(object).get(member);
    return value != null && value.isString() ? value.stringValue() : null;
  }

  private static String type(JsonNode value) {
    if (value.isString()) {
      return DateText.parse(value.stringValue()).isPresent() ? "date" : "text";
    }
    return value.isNumber()
        ? "number"
        : value.isBoolean() ? "yes or no" : value.isArray() ? "list" : "object";
  }

  private static String written(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? "yes" : "no";
    }
    if (!value.isString()) {
      return value.toString();
    }
    String text = value.stringValue();
    return text.startsWith("$D_")
            && DateText.parse(text).orElse(null) instanceof Value.Moment(var time, var _)
        ? MOMENT.format(time) + " UTC"
        : text;
  }
}
