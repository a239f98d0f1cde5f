package dev.carillon.server.connector;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 over connections that give each request a limited time to arrive. */
public final class TimedProtocol extends Http11NioProtocol {
  private final TimedEndpoint endpoint;

  /** For Tomcat, which makes it by its name. */
  public TimedProtocol() {
    this(new TimedEndpoint());
  }

  private TimedProtocol(TimedEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  public void setPace(RequestPace pace) {
    endpoint.setPace(pace);
  }

  @Override
  protected Processor createProcessor() {
    return new TimedProcessor(this, getAdapter());
  }

  /** Takes no connections any more, and answers each request as the last of its connection. */
  void beginToEnd() {
    // In this order, so that no client that is asked to retry meets a port that is about to close.
    closeServerSocketGraceful();
    endpoint.end();
  }

  boolean isEnding() {
    return endpoint.isEnding();
  }

  /** Whether a request that was begun is not answered yet. */
  boolean isBusy() {
    return endpoint.isBusy();
  }
}
