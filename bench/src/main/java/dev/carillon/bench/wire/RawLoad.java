package dev.carillon.bench.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Posts prepared requests over a number of connections, each of which sends its next one when the
 * answer to the last is there. One thread does it all. Any answer but 200 ends it.
 */
public final class RawLoad {
  private static final int ANSWER_BYTES = 64 * 1024;
  private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

  private final List<byte[]> requests;
  private int next;
  private int answered;

  private RawLoad(List<byte[]> requests) {
    this.requests = requests;
  }

  /** The bytes of a POST. */
  public static byte[] post(String path, List<String> headers, byte[] body) {
    StringBuilder head = new StringBuilder(256);
    head.append("POST ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
    head.append("User-Agent: facebookexternalua\r\nAccept: */*\r\n");
    head.append("Content-Type: application/json\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] first = head.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    return whole;
  }

  /**
   * Sends all requests.
   *
   * @return seconds from the first byte sent to the last answer
   * @throws IOException when a connection breaks
   * @throws IllegalStateException when an answer is not 200
   */
  public static double run(SocketAddress server, List<byte[]> requests, int connections)
      throws IOException {
    return new RawLoad(requests).run(server, connections);
  }

  private double run(SocketAddress server, int connections) throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Talk(channel));
      }
      long began = System.nanoTime();
      for (SelectionKey key : selector.keys()) {
        talk(key).sendNext(key);
      }
      while (answered < requests.size()) {
        selector.select(this::step);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      return seconds;
    }
  }

  private static Talk talk(SelectionKey key) {
    return (Talk) key.attachment();
  }

  private void step(SelectionKey key) {
    try {
      if (key.isWritable()) {
        talk(key).write(key);
      } else {
        talk(key).read(key);
      }
    } catch (IOException broken) {
      throw new IllegalStateException("a connection broke", broken);
    }
  }

  /** One connection. */
  private final class Talk {
    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
    private ByteBuffer request = ByteBuffer.allocate(0);
    private int answerEnd = -1;

    Talk(SocketChannel channel) {
      this.channel = channel;
    }

    void sendNext(SelectionKey key) throws IOException {
      if (next == requests.size()) {
        return;
      }
      request = ByteBuffer.wrap(requests.get(next++));
      write(key);
    }

    void write(SelectionKey key) throws IOException {
      channel.write(request);
      key.interestOps(request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    void read(SelectionKey key) throws IOException {
      if (channel.read(answer) < 0) {
        throw new IOException("the server closed the connection");
      }
      if (answerEnd < 0) {
        int headEnd = HttpMessage.headEnd(answer.array(), answer.position());
        if (headEnd < 0) {
          return;
        }
        if (!Arrays.equals(answer.array(), 0, OK.length, OK, 0, OK.length)) {
          throw new IllegalStateException(
              "not answered with 200: "
                  + new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8));
        }
        answerEnd = headEnd + HttpMessage.bodyLength(answer.array(), headEnd);
      }
      if (answer.position() >= answerEnd) {
        answer.clear();
        answerEnd = -1;
        answered++;
        sendNext(key);
      }
    }
  }
}
