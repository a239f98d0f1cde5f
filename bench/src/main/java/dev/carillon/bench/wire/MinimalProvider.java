package dev.carillon.bench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers every request as Meta answers a message that it takes, each with a new message id, and
 * does nothing else: a provider that costs as little as one can. One thread.
 */
public final class MinimalProvider implements AutoCloseable {
  private static final byte[] TO = "\"to\":\"".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector;
  private final ServerSocketChannel server;
  private final AtomicLong answered = new AtomicLong();
  private final Thread thread;
  private volatile long firstAt;
  private volatile long lastAt;
  private volatile byte[] lastBody = new byte[0];

  private MinimalProvider(Selector selector, ServerSocketChannel server) {
    this.selector = selector;
    this.server = server;
    this.thread = Thread.ofPlatform().name("minimal-provider").daemon().unstarted(this::serve);
  }

  public static MinimalProvider start() throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    MinimalProvider provider = new MinimalProvider(selector, server);
    provider.thread.start();
    return provider;
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://localhost:" + server.socket().getLocalPort());
  }

  /** How many requests it has answered since the last reset. */
  public long answered() {
    return answered.get();
  }

  /** When it answered first since the count was zero, as {@link System#nanoTime()}. */
  public long firstAt() {
    return firstAt;
  }

  /** Resets the count. */
  public void reset() {
    answered.set(0);
  }

  /** When it answered last, as {@link System#nanoTime()}. */
  public long lastAt() {
    return lastAt;
  }

  /** The last request's body. */
  public byte[] lastBody() {
    return lastBody.clone();
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(this::step);
      }
    } catch (ClosedSelectorException ended) {
      // closed while it waited
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void step(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel channel = server.accept();
        if (channel != null) {
          channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
          channel.configureBlocking(false);
          channel.register(selector, SelectionKey.OP_READ, new Talk(channel));
        }
      } else {
        ((Talk) key.attachment()).read();
      }
    } catch (IOException gone) {
      close(key);
    }
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException already) {
      key.cancel();
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    server.close();
  }

  /** One connection; it asks again only when it was answered. */
  private final class Talk {
    private final SocketChannel channel;
    private final ByteBuffer request = ByteBuffer.allocate(16 * 1024);

    Talk(SocketChannel channel) {
      this.channel = channel;
    }

    void read() throws IOException {
      if (channel.read(request) < 0) {
        channel.close();
        return;
      }
      int headEnd = HttpMessage.headEnd(request.array(), request.position());
      if (headEnd < 0) {
        return;
      }
      int end = headEnd + HttpMessage.bodyLength(request.array(), headEnd);
      if (request.position() < end) {
        return;
      }
      byte[] body = Arrays.copyOfRange(request.array(), headEnd, end);
      request.clear();
      answer(body);
    }

    private void answer(byte[] body) throws IOException {
      long number = answered.incrementAndGet();
      String to = to(body);
      String json =
          "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\""
              + to
              + "\",\"wa_id\":\""
              + to
              + "\"}],\"messages\":[{\"id\":\"wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI"
              + number
              + "\",\"message_status\":\"accepted\"}]}";
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + json.length()
              + "\r\n\r\n";
      channel.write(ByteBuffer.wrap((head + json).getBytes(StandardCharsets.US_ASCII)));
      lastBody = body;
      lastAt = System.nanoTime();
      firstAt = number == 1 ? lastAt : firstAt;
    }

    private static String to(byte[] body) {
      for (int i = 0; i + TO.length < body.length; i++) {
        if (Arrays.equals(body, i, i + TO.length, TO, 0, TO.length)) {
          int from = i + TO.length;
          int end = from;
          while (end < body.length && body[end] != '"') {
            end++;
          }
          return new String(body, from, end - from, StandardCharsets.US_ASCII);
        }
      }
      return "";
    }
  }
}
