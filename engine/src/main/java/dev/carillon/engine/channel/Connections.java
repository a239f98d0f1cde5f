package dev.carillon.engine.channel;

import java.util.Optional;

/** The account's connections, with their secrets opened, and the provider of each. */
public interface Connections {

  /** The connection as it is set up now, and its provider; empty when there is none. */
  Optional<Connected> connection(int id);

  /** A connection and the provider that serves its type. */
  record Connected(Connection connection, Provider provider) {}
}
