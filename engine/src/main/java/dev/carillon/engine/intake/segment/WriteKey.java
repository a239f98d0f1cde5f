package dev.carillon.engine.intake.segment;

import dev.carillon.engine.intake.clevertap.JsonBody;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Finds the key that Segment's libraries may put into a body, in whatever of the body has come, and
 * keeps nothing else of it.
 */
public final class WriteKey {
  private static final String MEMBER = "writeKey";

  private WriteKey() {}

  /**
   * The value of the member {@code writeKey} of the outermost object.
   *
   * @param json UTF-8 JSON, or the beginning of it
   * @param length how much of the bytes counts
   * @return empty when it is not there, or no text
   */
  public static Optional<String> in(byte[] json, int length) {
    try (JsonParser parser =
        JsonBody.JSON.createParser(ObjectReadContext.empty(), json, 0, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = parser.currentName().equals(MEMBER);
        JsonToken value = parser.nextToken();
        if (found) {
          return value == JsonToken.VALUE_STRING
              ? Optional.of(parser.getString())
              : Optional.empty();
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException endedOrMalformed) {
      return Optional.empty();
    }
  }
}
