package dev.carillon.server.pages.wording;

import dev.carillon.engine.port.work.HeldConnection;
import dev.carillon.engine.provider.Connections;
import java.util.List;

/**
 * A connection that a campaign waits to send through.
 *
 * @param id the connection's id
 * @param name what the account calls it
 * @param reason what is wrong and what to do
 */
public record WaitingConnection(int id, String name, String reason) {

  public static List<WaitingConnection> of(List<HeldConnection> held, Connections connections) {
    return held.stream()
        .map(
            one ->
                new WaitingConnection(
                    one.connection(), name(one.connection(), connections), one.reason()))
        .toList();
  }

  /** The name of a connection. */
  public static String name(int id, Connections connections) {
    return connections
        .connection(id)
        .map(connected -> connected.connection().name())
        .orElse("A deleted connection");
  }
}
