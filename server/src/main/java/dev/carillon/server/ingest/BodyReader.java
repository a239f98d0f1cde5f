package dev.carillon.server.ingest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads one request's body into memory, unpacking gzip. Each byte of memory for it is counted
 * before it is used, so that what is announced and never sent costs nothing.
 */
public final class BodyReader implements AutoCloseable {
  private static final int FIRST = 16 * 1024;
  private static final int ALLOCATED_AT_ONCE = 64 * 1024;

  /** Buffers and the window of the unpacking, in the heap and beside it. */
  private static final int UNPACKING = 64 * 1024;

  private final InputStream in;
  private final BodyLease lease;
  private final int limit;

  /** Bytes that the body has for certain; -1 when known only at its end. */
  private final int announced;

  private byte[] bytes = new byte[0];
  private int length;
  private boolean ended;

  private BodyReader(InputStream in, BodyLease lease, int limit, int announced) {
    this.in = in;
    this.lease = lease;
    this.limit = limit;
    this.announced = announced;
  }

  /**
   * Begins to read.
   *
   * @param limit the most bytes, unpacked
   * @throws RefusedBodyException when it is larger for certain, packed in another way, or broken
   */
  public static BodyReader of(HttpServletRequest request, BodyLease lease, int limit)
      throws IOException {
    String encoding = request.getHeader("Content-Encoding");
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      return of(request.getInputStream(), request.getContentLengthLong(), lease, limit);
    }
    if (!encoding.toLowerCase(Locale.ROOT).strip().equals("gzip")) {
      throw new RefusedBodyException(
          415, "unsupportedEncoding", "Only gzip is understood as Content-Encoding.");
    }
    if (request.getContentLengthLong() > limit) {
      throw tooLarge(limit);
    }
    lease.take(UNPACKING);
    try {
      return new BodyReader(new GZIPInputStream(request.getInputStream(), FIRST), lease, limit, -1);
    } catch (ZipException | EOFException broken) {
      throw brokenGzip();
    }
  }

  /**
   * Begins to read what is not packed.
   *
   * @param announced the bytes that it has for certain; -1 when known only at its end
   * @throws RefusedBodyException when it is larger than the limit for certain
   */
  public static BodyReader of(InputStream in, long announced, BodyLease lease, int limit)
      throws RefusedBodyException {
    if (announced > limit) {
      throw tooLarge(limit);
    }
    return new BodyReader(in, lease, limit, (int) announced);
  }

  /**
   * Reads the whole body.
   *
   * @throws RefusedBodyException when it is too large or broken, or when there is no room for it
   */
  public byte[] readAll() throws IOException {
    readUpTo(limit);
    if (bytes.length != length) {
      resize(length);
    }
    return bytes;
  }

  /**
   * Reads until the body ends or has so many bytes; afterwards {@link #bytes} has what came.
   *
   * @throws RefusedBodyException as {@link #readAll}
   */
  void readUpTo(int most) throws IOException {
    try {
      while (!ended && length < most) {
        readSome(most);
      }
      if (!ended && length == limit && in.read() >= 0) {
        throw tooLarge(limit);
      }
    } catch (ZipException | EOFException broken) {
      throw brokenGzip();
    }
  }

  private void readSome(int most) throws IOException {
    if (length == announced) {
      ended = true;
      return;
    }
    if (length == bytes.length) {
      resize(nextCapacity());
    }
    int count = in.read(bytes, length, Math.min(bytes.length, most) - length);
    if (count >= 0) {
      length += count;
    } else if (length < announced) {
      throw new RefusedBodyException(400, "malformedBody", "The body ended early.");
    } else {
      ended = true;
    }
  }

  private int nextCapacity() {
    int most = announced >= 0 ? announced : limit;
    return most <= ALLOCATED_AT_ONCE && announced >= 0
        ? most
        : Math.min(most, Math.max(FIRST, 2 * bytes.length));
  }

  private void resize(int capacity) throws RefusedBodyException {
    lease.take(capacity);
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, capacity);
    lease.giveBack(before);
  }

  /** What was read so far, in the first {@link #length} places. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    if (in instanceof GZIPInputStream) {
      in.close();
    }
  }

  private static RefusedBodyException brokenGzip() {
    return new RefusedBodyException(400, "malformedBody", "The gzip body is broken.");
  }

  private static RefusedBodyException tooLarge(int limit) {
    return new RefusedBodyException(
        413,
        "bodyTooLarge",
        "The body is larger than " + limit / 1024 / 1024 + " MiB; send less at once.");
  }
}
