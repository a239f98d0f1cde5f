package dev.carillon.engine.port.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Connections to providers. Their secrets are encrypted by the caller. */
public interface ConnectionStore {

  /**
   * Keeps a new connection.
   *
   * @param sealedSecrets the encrypted secrets for the id that the connection gets, so that they
   *     can be bound to it
   */
  StoredConnection createConnection(
      String type,
      String name,
      Map<String, Object> settings,
      IntFunction<byte[]> sealedSecrets,
      Instant at);

  Optional<StoredConnection> connection(int id);

  List<StoredConnection> connections();

  StoredConnection changeConnection(
      int id, String name, Map<String, Object> settings, byte[] sealedSecrets);
}
