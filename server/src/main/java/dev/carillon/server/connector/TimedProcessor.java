package dev.carillon.server.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Serves the requests of one connection and notifies its channel when each ends. Of an unread body
 * a little is read after the answer, so that clients that send the whole body before they read
 * still get the answer; then the connection ends.
 */
final class TimedProcessor extends Http11Processor {
  /** On a request whose sender is known: as much as a file may have is read, and dropped. */
  static final String KNOWN_SENDER = "carillon.knownSender";

  private static final long MOST_DROPPED = 256 * 1024;
  private static final long MOST_DROPPED_OF_KNOWN = 1L << 30;

  private final @Nullable Adapter notifying;
  private final int usualTimeout;

  TimedProcessor(TimedProtocol protocol, Adapter adapter) {
    super(protocol, adapter);
    this.notifying = new Notifying(adapter);
    this.usualTimeout = protocol.getConnectionTimeout();
  }

  @Override
  public Adapter getAdapter() {
    return notifying == null ? super.getAdapter() : notifying;
  }

  private void requestEnded(Request request) {
    if (!isAsync() && !getErrorState().isError()) {
      dropBody(request);
    }
    SocketWrapperBase<?> wrapper = getSocketWrapper();
    // Where nothing can be written any more the channel itself still owes the answer.
    if (getErrorState().isIoAllowed()
        && wrapper != null
        && wrapper.getSocket() instanceof TimedChannel channel) {
      channel.requestEnded(isAsync());
    }
  }

  private void requestServed() {
    SocketWrapperBase<?> wrapper = getSocketWrapper();
    if (wrapper != null && wrapper.getSocket() instanceof TimedChannel channel) {
      channel.requestServed();
      wrapper.setReadTimeout(usualTimeout);
    }
  }

  private void dropBody(Request request) {
    if (request.getContentLengthLong() == request.getBytesRead() || isWhollyRead(request)) {
      return;
    }
    long most = request.getAttribute(KNOWN_SENDER) == null ? MOST_DROPPED : MOST_DROPPED_OF_KNOWN;
    if (request.hasExpectation() || request.getErrorException() != null) {
      most = 0; // It was not sent yet, or cannot be read.
    }
    Dropped dropped = new Dropped();
    try {
      for (long sum = 0, n = 0; n >= 0 && sum < most; sum += n) {
        n = request.doRead(dropped);
      }
    } catch (IOException slowOrGone) {
      getLog().debug("the rest of a body was not read", slowOrGone);
    }
    if (!isWhollyRead(request)) {
      request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  private static boolean isWhollyRead(Request request) {
    AtomicBoolean wholly = new AtomicBoolean();
    request.action(ActionCode.REQUEST_BODY_FULLY_READ, wholly);
    return wholly.get();
  }

  /** Discards bytes; they stay in the connection's own buffer. */
  private static final class Dropped implements ApplicationBufferHandler {
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      bytes = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return bytes;
    }

    @Override
    public void expand(int size) {}
  }

  /** Passes requests on to the server and reports when each was served. */
  private final class Notifying implements Adapter {
    private final Adapter server;

    private Notifying(Adapter server) {
      this.server = server;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
      requestServed();
      try {
        server.service(request, response);
      } finally {
        requestEnded(request);
      }
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
      return server.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event)
        throws Exception {
      return server.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long time) {
      server.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
      server.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
      return server.getDomain();
    }
  }
}
