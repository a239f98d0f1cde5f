package dev.carillon.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Finds where an HTTP/1.1 message with a Content-Length ends, in bytes that may not be all. */
final class HttpMessage {
  private static final String LENGTH = "content-length:";

  private HttpMessage() {}

  /**
   * Where the head ends: the position after the empty line.
   *
   * @return -1 when it is not all there
   */
  static int headEnd(byte[] bytes, int size) {
    for (int i = 3; i < size; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  /** The body's length as the head says; 0 when it says nothing. */
  static int bodyLength(byte[] bytes, int headEnd) {
    String head =
        new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    if (head.contains("transfer-encoding:")) {
      throw new IllegalStateException("a body without a length: " + head);
    }
    int at = head.indexOf(LENGTH);
    return at < 0
        ? 0
        : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at)).strip());
  }
}
