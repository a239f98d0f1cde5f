package dev.carillon.engine.provider;

import java.util.Optional;

/** The account's connections, with their secrets opened, and the provider of each. */
public interface Connections {

  /** The connection as it is set up now, and its provider; empty when there is none. */
  Optional<Connected> connection(int id);

  /**
   * A connection and the provider that serves its type.
   *
   * @param sealed whether its secrets cannot be opened, so that it has none: nothing can be sent
   *     through it, and nothing that comes can be proven, until they are entered anew
   */
  record Connected(Connection connection, Provider provider, boolean sealed) {
    /** What is wrong with a sealed one and what to do, for people. */
    public static final String SEALED =
        "The secrets of this connection cannot be used: the key that sealed them, secrets.key, is"
            + " missing or not the same, or they were entered for another address. Put the key back"
            + " and start again, or enter the secrets anew."
            + " Until then nothing is sent through it, and its callbacks are answered 503, so that"
            + " the provider sends them again.";

    /** With its secrets opened. */
    public Connected(Connection connection, Provider provider) {
      this(connection, provider, false);
    }
  }
}
