package dev.carillon.server.ingest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads request bodies whole, within a limit that holds for what was packed too. */
final class Bodies {
  private static final int BUFFER = 16 * 1024;

  private Bodies() {}

  /**
   * Reads the body, unpacking gzip.
   *
   * @param limit the most bytes, unpacked
   * @throws RefusedBodyException when it is larger, packed in another way, or broken
   */
  static byte[] read(HttpServletRequest request, int limit)
      throws IOException, RefusedBodyException {
    long announced = request.getContentLengthLong();
    if (announced > limit) {
      throw tooLarge(limit);
    }
    String encoding = request.getHeader("Content-Encoding");
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      return read(request.getInputStream(), (int) announced, limit);
    }
    if (!encoding.toLowerCase(Locale.ROOT).strip().equals("gzip")) {
      throw new RefusedBodyException(
          415, "unsupportedEncoding", "Only gzip is understood as Content-Encoding.");
    }
    try (InputStream unpacked = new GZIPInputStream(request.getInputStream(), BUFFER)) {
      return read(unpacked, -1, limit);
    } catch (ZipException | EOFException broken) {
      throw new RefusedBodyException(400, "malformedBody", "The gzip body is broken.");
    }
  }

  private static byte[] read(InputStream in, int announced, int limit)
      throws IOException, RefusedBodyException {
    if (announced >= 0) {
      byte[] body = in.readNBytes(announced);
      if (body.length < announced) {
        throw new RefusedBodyException(400, "malformedBody", "The body ended early.");
      }
      return body;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream(BUFFER);
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (body.size() + n > limit) {
        throw tooLarge(limit);
      }
      body.write(buffer, 0, n);
    }
    return body.toByteArray();
  }

  private static RefusedBodyException tooLarge(int limit) {
    return new RefusedBodyException(
        413,
        "bodyTooLarge",
        "The body is larger than " + limit / 1024 / 1024 + " MiB; send less at once.");
  }

  /** A body that is not taken, with the answer to give. */
  static final class RefusedBodyException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;

    RefusedBodyException(int status, String code, String words) {
      super(words, null, false, false);
      this.status = status;
      this.code = code;
    }

    int status() {
      return status;
    }

    String code() {
      return code;
    }

    String words() {
      String message = getMessage();
      return message == null ? code : message;
    }
  }
}
