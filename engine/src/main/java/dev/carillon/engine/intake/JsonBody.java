package dev.carillon.engine.intake;

import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.json.JsonBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON body that holds records, before and while it is parsed.
 *
 * @param bytes the text in UTF-8, without a byte order mark
 * @param escaped whether texts in it may have escapes
 */
record JsonBody(byte[] bytes, boolean escaped) {

  /** Parses bodies. What one record may hold is judged record by record, not here. */
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1_000)
                  .maxStringLength(1 << 20)
                  .maxNumberLength(1_000)
                  .build())
          .build();

  /**
   * @throws MalformedBodyException when the bytes are not text in UTF-8
   */
  static JsonBody of(byte[] bytes) throws MalformedBodyException {
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
  @Nullable RecordError problem(int from, int to) {
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

  /** What a parser complains of, and where. */
  static String words(JacksonException malformed) {
    String message = malformed.getOriginalMessage();
    var location = malformed.getLocation();
    String text = message == null ? "unreadable" : message;
    if (text.length() > 200) {
      text = text.substring(0, 200);
    }
    return location == null
        ? text
        : text + " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
