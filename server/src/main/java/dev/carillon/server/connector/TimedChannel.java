package dev.carillon.server.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * A connection that stops reading a request that comes too slowly, be it in its head, in its body
 * or between chunks, and that is never closed on a request that was begun without an answer to it.
 *
 * <p>Tomcat's own time limits are for each read, so that a byte now and then holds a connection for
 * ever.
 */
final class TimedChannel extends NioChannel {
  private static final int INFORMATIONAL = "HTTP/1.1 ".length();
  private static final int MOST_DROPPED = 256 * 1024;

  private final TimedEndpoint endpoint;

  /** Whether bytes of a request have come that is not answered yet. */
  private volatile boolean begun;

  private volatile boolean answered;

  /** Whether a whole head has come whose request may still be being answered. */
  private volatile boolean served;

  private boolean closedByClient;
  private long begunAt;
  private long received;

  TimedChannel(SocketBufferHandler buffers, TimedEndpoint endpoint) {
    super(buffers);
    this.endpoint = endpoint;
  }

  @Override
  public void reset(SocketChannel channel, NioSocketWrapper wrapper) throws IOException {
    requestEnded(false);
    closedByClient = false;
    super.reset(channel, wrapper);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (begun && isLate(System.nanoTime() - begunAt)) {
      throw new SlowRequestException();
    }
    int count = super.read(target);
    if (count > 0) {
      if (!begun) {
        begunAt = System.nanoTime();
        begun = true;
        served = false;
      }
      received += count;
    } else if (count < 0) {
      closedByClient = true;
    }
    return count;
  }

  private boolean isLate(long nanos) {
    return endpoint.pace().isLate(nanos, received)
        || (!served
            && endpoint.isUnderPressure()
            && nanos > TimedEndpoint.PATIENCE_UNDER_PRESSURE.toNanos());
  }

  @Override
  public synchronized int write(ByteBuffer source) throws IOException {
    boolean isAnswer = answered || !isInformational(source);
    int count = super.write(source);
    answered = isAnswer && (answered || count > 0);
    return count;
  }

  /** Whether this begins an answer after which the real one follows, such as 100. */
  private static boolean isInformational(ByteBuffer source) {
    return source.remaining() > INFORMATIONAL
        && source.get(source.position() + INFORMATIONAL) == '1';
  }

  /** The request's head is whole; from now on nothing but itself ends it. */
  void requestServed() {
    served = true;
  }

  /**
   * The request was answered as far as it ever will be; what comes now is the next one.
   *
   * @param goesOn whether its answer is still being written, by another thread
   */
  void requestEnded(boolean goesOn) {
    begun = false;
    served = goesOn;
    answered = false;
    received = 0;
  }

  /** Whether a request waits here to be read or answered. */
  boolean isBusy() {
    return begun && !answered && isOpen();
  }

  /** Whether closing it costs no answer, as no whole head of a request has come. */
  boolean isDispensable() {
    return !served && isOpen();
  }

  @Override
  public synchronized void close() throws IOException {
    if (isBusy() && !closedByClient) {
      answered = true;
      answerLast(endpoint.isEnding() ? LastWords.ENDING : LastWords.TOO_SLOW);
    }
    super.close();
  }

  private void answerLast(LastWords words) {
    try {
      sc.write(ByteBuffer.wrap(words.response()));
      sc.shutdownOutput();
      // Closing with bytes unread would make the system drop the answer that is on its way.
      ByteBuffer dropped = ByteBuffer.allocate(8 * 1024);
      for (int sum = 0, n = sc.read(dropped); n > 0 && sum < MOST_DROPPED; n = sc.read(dropped)) {
        sum += n;
        dropped.clear();
      }
    } catch (IOException gone) {
      closedByClient = true;
    }
  }
}
