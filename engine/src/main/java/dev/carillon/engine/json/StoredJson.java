package dev.carillon.engine.json;

import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON that is kept: properties of users and events. What was taken once must be readable for
 * ever, so it knows none of the limits that hold for what comes in. Numbers are exact; of members
 * with one name the last counts. Thread-safe.
 */
public final class StoredJson {
  /** The member that holds the beginning of a text that cannot be read. */
  static final String UNREADABLE = "$unreadable";

  private static final int SHOWN_OF_UNREADABLE = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1_000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(100_000)
                  .build())
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StoredJson() {}

  /** The object that the text holds. A text that holds none gives one that says so. */
  public static ObjectNode object(String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException unreadable) {
      // said below
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put(UNREADABLE, text.substring(0, Math.min(text.length(), SHOWN_OF_UNREADABLE)));
  }

  /**
   * Gives the members of an object one by one; those of a long text as {@link #members(Reader, int,
   * BiConsumer, Consumer)} does.
   *
   * @param most characters of a value beyond which its name alone is given
   * @throws NotAnObjectException when the text is not an object
   */
  public static void members(
      String text, int most, BiConsumer<String, JsonNode> member, Consumer<String> tooLong) {
    try {
      if (text.length() > most) {
        members(new StringReader(text), most, member, tooLong);
      } else if (MAPPER.readTree(text) instanceof ObjectNode object) {
        object.properties().forEach(one -> member.accept(one.getKey(), one.getValue()));
      } else {
        throw new NotAnObjectException(null);
      }
    } catch (JacksonException unreadable) {
      throw new NotAnObjectException(unreadable);
    }
  }

  /**
   * Gives the members of an object one by one, with no more than one of them in memory at a time.
   *
   * @param most characters of a value beyond which its name alone is given
   * @throws NotAnObjectException when the text is not an object
   */
  public static void members(
      Reader text, int most, BiConsumer<String, JsonNode> member, Consumer<String> tooLong) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new NotAnObjectException(null);
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        String value = value(parser, most);
        if (value == null) {
          tooLong.accept(name);
        } else {
          member.accept(name, MAPPER.readTree(value));
        }
      }
    } catch (JacksonException unreadable) {
      throw new NotAnObjectException(unreadable);
    }
  }

  /** The value that the parser has begun as text, read to its end; null when it is too long. */
  private static @Nullable String value(JsonParser parser, int most) {
    StringWriter text = new StringWriter();
    boolean tooLong = false;
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      int depth = 0;
      int tokens = 0;
      do {
        if (depth > 0) {
          parser.nextToken();
        }
        JsonToken token = parser.currentToken();
        // Each token is a character at least.
        tooLong |= ++tokens > most || (token == JsonToken.VALUE_STRING && isLong(parser, most));
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (!tooLong) {
          generator.copyCurrentEventExact(parser);
        }
      } while (depth > 0);
    }
    return tooLong || text.getBuffer().length() > most ? null : text.toString();
  }

  private static boolean isLong(JsonParser parser, int most) {
    return parser.getStringLength() > most;
  }
}
