package dev.carillon.engine.dispatch.sender;

import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.Connections.Connected;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The senders of the connections in use; one whose settings changed is opened again. Thread-safe.
 */
public final class SenderPool implements AutoCloseable {
  private final Connections connections;
  private final InstantSource clock;
  private final int concurrentCalls;
  private final Map<Integer, ConnectionSender> open = new HashMap<>();

  public SenderPool(Connections connections, InstantSource clock, int concurrentCalls) {
    this.connections = connections;
    this.clock = clock;
    this.concurrentCalls = concurrentCalls;
  }

  /** Enters the connection's sender, to be left again; empty when there is no such connection. */
  public synchronized Optional<ConnectionSender> enter(int connection) {
    Optional<Connected> now = connections.connection(connection);
    @Nullable ConnectionSender connectionSender = open.get(connection);
    if (connectionSender != null
        && (now.isEmpty()
            || !now.get().connection().equals(connectionSender.connected().connection()))) {
      open.remove(connection);
      connectionSender.retire();
      connectionSender = null;
    }
    if (now.isEmpty()) {
      return Optional.empty();
    }
    if (connectionSender == null) {
      connectionSender = new ConnectionSender(now.get(), clock, concurrentCalls);
      open.put(connection, connectionSender);
    }
    connectionSender.enter();
    return Optional.of(connectionSender);
  }

  /** Whether the connection's secrets cannot be opened, so that nothing can be sent through it. */
  public boolean sealed(int connection) {
    return connections.connection(connection).map(Connected::sealed).orElse(false);
  }

  /** Forgets the trouble of a connection, because somebody acted. */
  public synchronized void calm(int connection) {
    @Nullable ConnectionSender connectionSender = open.get(connection);
    if (connectionSender != null) {
      connectionSender.calm();
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(ConnectionSender::retire);
    open.clear();
  }
}
