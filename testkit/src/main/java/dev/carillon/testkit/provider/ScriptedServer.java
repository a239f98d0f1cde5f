package dev.carillon.testkit.provider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on this machine that does to each request what is scripted, down to resets and
 * broken answers, and keeps what it got. Thread-safe.
 */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private final Semaphore letGo = new Semaphore(0);
  private volatile Function<ReceivedRequest, @Nullable Reply> beside = request -> null;
  private volatile Function<ReceivedRequest, Reply> otherwise =
      request -> Reply.Answer.of(404, "{}");

  public ScriptedServer() {
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Where the server is, such as http://127.0.0.1:40123. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Adds what is done with the next request that has nothing assigned yet. */
  public ScriptedServer then(Reply reply) {
    script.add(reply);
    return this;
  }

  /** What is done with requests beyond the script. */
  public ScriptedServer otherwise(Function<ReceivedRequest, Reply> reply) {
    otherwise = reply;
    return this;
  }

  /**
   * What is done with requests that are neither in the script nor among {@link #requests}.
   *
   * @param reply null for requests that are
   */
  public ScriptedServer beside(Function<ReceivedRequest, @Nullable Reply> reply) {
    beside = reply;
    return this;
  }

  /** All requests so far but those beside, in the order in which they were read. */
  public List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /** Waits until the other side has closed a connection after {@link Reply.AnswerAndClose}. */
  public boolean awaitLetGo() throws InterruptedException {
    return letGo.tryAcquire(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        ReceivedRequest request = read(in);
        if (!act(reply(request), socket, in)) {
          return;
        }
      }
    } catch (IOException e) {
      // the other side has gone, or the server was closed
    } finally {
      open.remove(socket);
    }
  }

  private Reply reply(ReceivedRequest request) {
    Reply aside = beside.apply(request);
    if (aside != null) {
      return aside;
    }
    requests.add(request);
    Reply next = script.poll();
    return next == null ? otherwise.apply(request) : next;
  }

  /** Does what is scripted; true when the connection stays open for another request. */
  private boolean act(Reply reply, Socket socket, InputStream in) throws IOException {
    OutputStream out = socket.getOutputStream();
    switch (reply) {
      case Reply.Answer answer -> {
        out.write(bytes(answer, answer.body().length()));
        return true;
      }
      case Reply.AnswerAndClose(Reply.Answer answer) -> {
        out.write(bytes(answer, answer.body().length()));
        socket.shutdownOutput();
        drain(in);
        letGo.release();
      }
      case Reply.Hang _ -> drain(in);
      case Reply.Close _ -> {}
      case Reply.Reset _ -> socket.setSoLinger(true, 0);
      case Reply.Truncate(Reply.Answer answer) -> out.write(bytes(answer, 1_000_000));
      case Reply.Endless _ -> endless(out);
    }
    return false;
  }

  private static void endless(OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    byte[] chunk = ("2000\r\n" + " ".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 100_000; i++) {
      out.write(chunk);
    }
  }

  private static void drain(InputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  private static byte[] bytes(Reply.Answer answer, int declaredLength) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Scripted\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    int length =
        declaredLength == answer.body().length()
            ? answer.body().getBytes(StandardCharsets.UTF_8).length
            : declaredLength;
    head.append("Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n");
    return (head + answer.body()).getBytes(StandardCharsets.UTF_8);
  }

  private static ReceivedRequest read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    return new ReceivedRequest(first[0], first[1], Map.copyOf(headers), body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
