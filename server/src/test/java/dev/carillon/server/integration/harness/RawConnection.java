package dev.carillon.server.integration.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A connection on which a test sends whatever bytes it likes, whole requests or pieces of one. */
public final class RawConnection implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: (\\d+)\r\n", Pattern.CASE_INSENSITIVE);

  private final Socket socket;

  public RawConnection(URI server) throws IOException {
    this.socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
  }

  /**
   * A response as it came.
   *
   * @param head the status line and the headers
   */
  public record Response(int status, String head, String body) {
    /** The value of a header; null without it. */
    public @Nullable String header(String name) {
      Matcher header =
          Pattern.compile("\r\n" + name + ": ([^\r]*)\r\n", Pattern.CASE_INSENSITIVE).matcher(head);
      return header.find() ? header.group(1) : null;
    }
  }

  public RawConnection send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** The next response; fails when the connection ends before it does, or when it is too long. */
  public Response response() throws IOException {
    Response response = response(LONGEST);
    if (response == null) {
      throw new AssertionError("nothing came in " + LONGEST);
    }
    return response;
  }

  /** The next response; null when none begins within the time. */
  public @Nullable Response response(Duration patience) throws IOException {
    socket.setSoTimeout((int) patience.toMillis());
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    try {
      head.write(next(in));
    } catch (SocketTimeoutException nothing) {
      return null;
    }
    socket.setSoTimeout((int) LONGEST.toMillis());
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(next(in));
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    Matcher length = LENGTH.matcher(text);
    byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
    return new Response(
        Integer.parseInt(text.split(" ", 3)[1]), text, new String(body, StandardCharsets.UTF_8));
  }

  private static int next(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new IOException("the connection ended within a response");
    }
    return next;
  }

  /** Whether the server ends the connection, whatever it still sends. */
  public boolean ends() throws IOException {
    socket.setSoTimeout((int) LONGEST.toMillis());
    try {
      while (socket.getInputStream().read() >= 0) {
        // What still comes is of no interest.
      }
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
