package dev.carillon.engine.intake.clevertap;

import dev.carillon.core.user.ConsentProperty;
import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.intake.RecordError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Walks over an object of properties and says what is wrong with it: the one judge of properties,
 * whatever format they came in. It counts while it reads, and what comes after a problem is only
 * passed over.
 */
public final class PropertiesCheck {
  private static final String TOO_MANY =
      "A record has at most " + DataLimits.PROPERTIES + " properties.";

  private final JsonParser parser;
  private final int code;
  private @Nullable RecordError problem;

  /** Name of the property that is being looked at. */
  private String property = "";

  private boolean doubled;
  private boolean consent;

  private PropertiesCheck(JsonParser parser, int code) {
    this.parser = parser;
    this.code = code;
  }

  /**
   * Reads the object that the parser has just begun, up to its end.
   *
   * @param code of problems that have none of their own
   */
  public static PropertiesCheck of(JsonParser parser, int code) {
    PropertiesCheck check = new PropertiesCheck(parser, code);
    check.members();
    return check;
  }

  /** The first problem; null when there is none. */
  public @Nullable RecordError problem() {
    return problem;
  }

  /** Whether an object in it has two members of one name. */
  boolean isDoubled() {
    return doubled;
  }

  /** Whether one of the properties is a consent. */
  boolean hasConsent() {
    return consent;
  }

  private void members() {
    int count = 0;
    MemberNames names = new MemberNames();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      if (++count > DataLimits.PROPERTIES) {
        problem = new RecordError(RecordError.TOO_MANY_PROPERTIES, TOO_MANY);
      }
      if (problem != null) {
        passOver(1);
        return;
      }
      property = parser.currentName();
      doubled |= !names.add(property);
      consent |= ConsentProperty.is(property);
      if (property.isEmpty() || property.length() > DataLimits.NAME_CHARACTERS) {
        note(code, "A property's name has 1 to " + DataLimits.NAME_CHARACTERS + " characters.");
      }
      value(parser.nextToken());
    }
  }

  private void value(JsonToken token) {
    switch (token) {
      case START_OBJECT, START_ARRAY -> {
        long from = parser.currentTokenLocation().getByteOffset();
        collection(token);
        if (parser.currentLocation().getByteOffset() - from > DataLimits.PROPERTY_BYTES) {
          note(
              RecordError.PROPERTY_SIZE,
              "The value of the property " + shortened(property) + " has more than 64 KiB.");
        }
      }
      default -> scalar(token);
    }
  }

  /** A list or an object with all that lies in it. */
  private void collection(JsonToken begun) {
    boolean[] lists = new boolean[DataLimits.DEPTH + 1];
    int[] sizes = new int[DataLimits.DEPTH + 1];
    MemberNames[] names = new MemberNames[DataLimits.DEPTH + 1];
    names[1] = new MemberNames();
    int depth = 1;
    lists[1] = begun == JsonToken.START_ARRAY;
    while (depth > 0) {
      if (problem != null) {
        passOver(depth);
        return;
      }
      JsonToken token = parser.nextToken();
      if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
        depth--;
        continue;
      }
      if (token != JsonToken.PROPERTY_NAME
          && lists[depth]
          && ++sizes[depth] > DataLimits.LIST_ELEMENTS) {
        note(
            RecordError.PROPERTY_SIZE,
            "A list in the property " + shortened(property) + " has more than 1,000 elements.");
      }
      if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
        depth++;
        if (depth > DataLimits.DEPTH) {
          note(code, "The value of the property " + shortened(property) + " is nested too deeply.");
        } else {
          lists[depth] = token == JsonToken.START_ARRAY;
          sizes[depth] = 0;
          names[depth] = new MemberNames();
        }
      } else if (token == JsonToken.PROPERTY_NAME) {
        doubled |= !names[depth].add(parser.currentName());
      } else {
        scalar(token);
      }
    }
  }

  private void scalar(JsonToken token) {
    switch (token) {
      case VALUE_STRING -> {
        if (parser.getStringLength() > DataLimits.TEXT_CHARACTERS) {
          note(
              code,
              "A text in the property " + shortened(property) + " has more than 8,192 characters.");
        }
      }
      case VALUE_NUMBER_INT -> number(false);
      case VALUE_NUMBER_FLOAT -> number(true);
      default -> {}
    }
  }

  private void number(boolean fraction) {
    int length = parser.getStringLength();
    if (length > DataLimits.NUMBER_CHARACTERS) {
      note(
          code,
          "A number in the property " + shortened(property) + " has more than 64 characters.");
    } else if (fraction && hasExponent(length) && !Double.isFinite(parser.getDoubleValue())) {
      note(code, "A number in the property " + shortened(property) + " is beyond 1.8E308.");
    }
  }

  private boolean hasExponent(int length) {
    char[] characters = parser.getStringCharacters();
    int from = parser.getStringOffset();
    for (int i = from; i < from + length; i++) {
      if (characters[i] == 'e' || characters[i] == 'E') {
        return true;
      }
    }
    return false;
  }

  /** Goes to the end of what is open. */
  private void passOver(int open) {
    int depth = open;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
        depth++;
      } else if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
        depth--;
      }
    }
  }

  private void note(int of, String words) {
    if (problem == null) {
      problem = new RecordError(of, words);
    }
  }

  private static String shortened(String name) {
    return name.length() > 60 ? name.substring(0, 60) + "..." : name;
  }
}
