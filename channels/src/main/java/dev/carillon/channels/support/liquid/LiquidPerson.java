package dev.carillon.channels.support.liquid;

import dev.carillon.core.audience.DateText;
import dev.carillon.core.audience.Value;
import dev.carillon.engine.provider.PersonalisationException;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The properties of one person as a text sees them. A name means the property that is written
 * exactly so, else one that differs in capitals only, because users come in both as "name" and as
 * "Name". Not thread-safe.
 */
public final class LiquidPerson {
  private static final JsonFactory JSON = new JsonFactory();

  /** A number that would take more digits than this stays the text that it came as. */
  private static final int MOST_DIGITS = 40;

  private static final String EPOCH_DATE = "$D_";

  private final String json;
  private @Nullable Map<String, @Nullable Object> properties;
  private @Nullable Map<String, @Nullable Object> byLowerCase;

  private LiquidPerson(String json) {
    this.json = json;
  }

  /**
   * A person with these properties. They are read when the first text asks for one.
   *
   * @param json a JSON object
   */
  public static LiquidPerson of(String json) {
    return new LiquidPerson(json);
  }

  /** Reads the properties, if that has not been done. */
  void load() throws PersonalisationException {
    if (properties == null) {
      try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw new PersonalisationException("the properties are not a JSON object");
        }
        properties = object(parser);
      } catch (JacksonException e) {
        throw new PersonalisationException("the properties are not readable");
      }
    }
  }

  /** The value of a property: text, number, boolean, list or map; null when there is none. */
  @Nullable Object get(String name) {
    Map<String, @Nullable Object> loaded = properties;
    if (loaded == null) {
      throw new IllegalStateException("properties are not loaded");
    }
    Object value = loaded.get(name);
    return value != null ? value : lowerCase(loaded).get(name.toLowerCase(Locale.ROOT));
  }

  private Map<String, @Nullable Object> lowerCase(Map<String, @Nullable Object> loaded) {
    Map<String, @Nullable Object> index = byLowerCase;
    if (index == null) {
      index = new HashMap<>();
      for (Map.Entry<String, @Nullable Object> property : loaded.entrySet()) {
        if (property.getValue() != null) {
          index.putIfAbsent(property.getKey().toLowerCase(Locale.ROOT), property.getValue());
        }
      }
      byLowerCase = index;
    }
    return index;
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      map.put(name, value(parser));
    }
    return map;
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case null, default -> null;
    };
  }

  /** A date that is written in seconds means nothing to people: they get a day, or a date-time. */
  private static String text(String text) {
    if (!text.startsWith(EPOCH_DATE)
        || !(DateText.parse(text).orElse(null) instanceof Value.Moment(var time, var _))) {
      return text;
    }
    return time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? time.toLocalDate().toString()
        : time.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME) + "Z";
  }

  private static Object number(JsonParser parser) {
    String text = parser.getString();
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && text.length() <= 18) {
      return Long.valueOf(text);
    }
    if (text.length() > MOST_DIGITS) {
      return text;
    }
    BigDecimal number = new BigDecimal(text);
    return Math.abs((long) number.scale()) > MOST_DIGITS ? text : number;
  }
}
