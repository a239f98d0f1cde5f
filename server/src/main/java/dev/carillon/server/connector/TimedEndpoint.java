package dev.carillon.server.connector;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * Tomcat's end of all connections, each of which is a {@link TimedChannel}. When there are nearly
 * as many as it accepts, those that bring no request are closed, so that idle ones do not shut
 * others out.
 */
final class TimedEndpoint extends NioEndpoint {
  /** How long a connection may bring nothing under pressure; Tomcat looks once a second. */
  static final Duration PATIENCE_UNDER_PRESSURE = Duration.ofSeconds(1);

  private static final int PRESSURE_PERCENT = 75;

  private volatile RequestPace pace = new RequestPace(Duration.ofSeconds(30), 8 * 1024);
  private volatile boolean ending;

  @Override
  protected NioChannel createChannel(SocketBufferHandler buffers) {
    return isSSLEnabled() ? super.createChannel(buffers) : new TimedChannel(buffers, this);
  }

  /** Under pressure, connections without a whole request have a second left, the new one too. */
  @Override
  protected boolean setSocketOptions(SocketChannel socket) {
    boolean taken = super.setSocketOptions(socket);
    if (isUnderPressure()) {
      connections.values().stream()
          .filter(
              wrapper ->
                  wrapper.getSocket() instanceof TimedChannel channel && channel.isDispensable())
          .forEach(wrapper -> wrapper.setReadTimeout(PATIENCE_UNDER_PRESSURE.toMillis()));
    }
    return taken;
  }

  /** Whether there are so many connections that new ones may soon have to wait. */
  boolean isUnderPressure() {
    return getConnectionCount() > (long) getMaxConnections() * PRESSURE_PERCENT / 100;
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
