package dev.carillon.engine.intake.clevertap;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Gives refused records back as JSON, for one body. A long record is cut down to its beginning, and
 * so is every one once enough was given back, so that an answer stays small whatever was sent.
 */
public final class RecordEcho {
  /** Bytes of a record that is given back whole. */
  static final int LONGEST = 4 << 10;

  /** Bytes that are given back whole in one answer. */
  static final int MOST = 1 << 20;

  /** Bytes of a longer record that are shown. */
  private static final int BEGINNING = 300;

  private final byte[] body;
  private int given;

  public RecordEcho(byte[] body) {
    this.body = body;
  }

  /** The record between these bytes: as it was sent, or an object that shows its beginning. */
  public String of(int from, int to) {
    int bytes = to - from;
    if (bytes <= LONGEST && given + bytes <= MOST) {
      given += bytes;
      return text(from, to);
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("$beginning", beginning(from, to))
        .put("$bytes", bytes)
        .toString();
  }

  /** As many whole characters as fit. */
  private String beginning(int from, int to) {
    int end = Math.min(to, from + BEGINNING);
    while (end < to && (body[end] & 0xc0) == 0x80) {
      end--;
    }
    return text(from, end);
  }

  private String text(int from, int to) {
    return new String(body, from, to - from, StandardCharsets.UTF_8);
  }
}
