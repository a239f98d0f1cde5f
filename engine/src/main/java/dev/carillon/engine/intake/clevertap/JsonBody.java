package dev.carillon.engine.intake.clevertap;

import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.RecordError;
import dev.carillon.engine.json.JsonBytes;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON body that holds records, before and while it is parsed.
 *
 * @param bytes the text in UTF-8, without a byte order mark
 * @param escaped whether texts in it may have escapes
 */
public record JsonBody(byte[] bytes, boolean escaped) {

  private static final int MOST_LEVELS = 1_000;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final int LONGEST_NAME = 50_000;
  private static final int LONGEST_NUMBER = 1_000;

  /** Parses bodies. What one record may hold is judged record by record, not here. */
  public static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_LEVELS)
                  .maxStringLength(LONGEST_TEXT)
                  .maxNameLength(LONGEST_NAME)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .build();

  /**
   * @throws MalformedBodyException when the bytes are not text in UTF-8
   */
  public static JsonBody of(byte[] bytes) throws MalformedBodyException {
    if (!JsonBytes.areUtf8(bytes)) {
      throw new MalformedBodyException("The body is not text in UTF-8.");
    }
    byte[] text = hasMark(bytes) ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    return new JsonBody(text, JsonBytes.haveBackslash(text));
  }

  private static boolean hasMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  /**
   * Judges a record by its bytes alone.
   *
   * @return what is wrong with it; null when nothing is
   */
  public @Nullable RecordError problem(int from, int to) {
    if (to - from > DataLimits.RECORD_BYTES) {
      return new RecordError(
          RecordError.RECORD_SIZE,
          "A record has at most 128 KiB; this one has " + (to - from) + " bytes.");
    }
    if (escaped && JsonBytes.haveLoneSurrogate(bytes, from, to)) {
      return new RecordError(
          RecordError.BROKEN_TEXT,
          "A text has half of a surrogate pair, such as \\ud83d alone, which is no character.");
    }
    return null;
  }

  /** Why the parser cannot go on, and where. */
  public static MalformedBodyException refused(JacksonException problem) {
    String words =
        problem instanceof StreamConstraintsException
            ? String.format(
                Locale.ROOT,
                "The body is beyond the limits: it nests at most %,d levels, and a text in it has"
                    + " at most %,d characters, a name %,d, a number %,d",
                MOST_LEVELS,
                LONGEST_TEXT,
                LONGEST_NAME,
                LONGEST_NUMBER)
            : "The body is not valid JSON";
    TokenStreamLocation place = problem.getLocation();
    return new MalformedBodyException(
        place == null
            ? words + "."
            : words + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ").");
  }
}
