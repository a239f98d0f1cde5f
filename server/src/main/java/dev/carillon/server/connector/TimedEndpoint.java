package dev.carillon.server.connector;

import java.time.Duration;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;

/** Tomcat's end of all connections, each of which is a {@link TimedChannel}. */
final class TimedEndpoint extends NioEndpoint {
  private volatile RequestPace pace = new RequestPace(Duration.ofSeconds(30), 8 * 1024);
  private volatile boolean ending;

  @Override
  protected NioChannel createChannel(SocketBufferHandler buffers) {
    return isSSLEnabled() ? super.createChannel(buffers) : new TimedChannel(buffers, this);
  }

  RequestPace pace() {
    return pace;
  }

  void setPace(RequestPace pace) {
    this.pace = pace;
  }

  boolean isEnding() {
    return ending;
  }

  void end() {
    ending = true;
  }

  /** Whether any connection has a request that is not answered. */
  boolean isBusy() {
    return connections.values().stream()
        .anyMatch(
            wrapper -> wrapper.getSocket() instanceof TimedChannel channel && channel.isBusy());
  }
}
