package dev.carillon.engine.definition.json;

import dev.carillon.engine.json.JsonBytes;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parses the text of a definition, strictly: numbers exactly, repeated members refused, sizes
 * limited. What is kept of users is read by {@link dev.carillon.engine.json.StoredJson} instead.
 * Thread-safe.
 */
public final class JsonDocument {
  /** The most characters or bytes of a document. */
  public static final int MAX_LENGTH = 2_000_000;

  private static final int MOST_LEVELS = 100;
  private static final int LONGEST_TEXT = 100_000;
  private static final int LONGEST_NAME = 1_000;
  private static final int LONGEST_NUMBER = 100;
  private static final String BEYOND_LIMITS =
      String.format(
          Locale.ROOT,
          "it is beyond the limits: it nests at most %,d levels, and a text in it has at most %,d"
              + " characters, a name %,d, a number %,d",
          MOST_LEVELS,
          LONGEST_TEXT,
          LONGEST_NAME,
          LONGEST_NUMBER);

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MOST_LEVELS)
                          .maxDocumentLength(MAX_LENGTH)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNameLength(LONGEST_NAME)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonDocument() {}

  /** The document that the text holds. */
  public static Reading<JsonNode> parse(String text) {
    return text.length() > MAX_LENGTH ? tooLong() : parsed(() -> MAPPER.readTree(text));
  }

  /** The document that the UTF-8 bytes hold. */
  public static Reading<JsonNode> parse(byte[] utf8) {
    if (utf8.length > MAX_LENGTH) {
      return tooLong();
    }
    if (!JsonBytes.areUtf8(utf8)) {
      return refused("the body is not text in UTF-8");
    }
    if (JsonBytes.haveBackslash(utf8) && JsonBytes.haveLoneSurrogate(utf8, 0, utf8.length)) {
      return refused("a text in it has half of a surrogate pair, which is no character");
    }
    return parsed(() -> MAPPER.readTree(utf8));
  }

  private static Reading<JsonNode> parsed(Parse parse) {
    try {
      JsonNode node = parse.run();
      return node.isMissingNode()
          ? refused("the body is empty; a JSON object is needed")
          : new Reading.Understood<>(node);
    } catch (StreamConstraintsException e) {
      return refused(BEYOND_LIMITS);
    } catch (JacksonException e) {
      TokenStreamLocation place = e.getLocation();
      return refused(
          place == null
              ? "this is not JSON"
              : "this is not the JSON that is needed; it goes wrong at line %d, column %d"
                  .formatted(place.getLineNr(), place.getColumnNr()));
    }
  }

  private static Reading<JsonNode> tooLong() {
    return new Reading.Refused<>(
        List.of(
            new Problem(
                "", Problem.Code.TOO_LONG, "a definition has at most " + MAX_LENGTH + " bytes")));
  }

  private static Reading<JsonNode> refused(String words) {
    return new Reading.Refused<>(List.of(new Problem("", Problem.Code.MALFORMED, words)));
  }

  private interface Parse {
    JsonNode run() throws JacksonException;
  }
}
