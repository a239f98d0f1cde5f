package dev.carillon.engine.connection;

import dev.carillon.engine.port.account.ConnectionStore;
import dev.carillon.engine.port.account.StoredConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Connections in memory. For one thread. */
final class MapConnectionStore implements ConnectionStore {
  private final Map<Integer, StoredConnection> rows = new TreeMap<>();

  @Override
  public StoredConnection createConnection(
      String type,
      String name,
      Map<String, Object> settings,
      IntFunction<byte[]> sealedSecrets,
      Instant at) {
    int id = rows.size() + 1;
    return put(new StoredConnection(id, type, name, settings, sealedSecrets.apply(id), at));
  }

  @Override
  public Optional<StoredConnection> connection(int id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public List<StoredConnection> connections() {
    return List.copyOf(rows.values());
  }

  @Override
  public StoredConnection changeConnection(
      int id, String name, Map<String, Object> settings, byte[] sealedSecrets) {
    StoredConnection row = rows.get(id);
    if (row == null) {
      throw new IllegalArgumentException("there is no connection " + id);
    }
    return put(
        new StoredConnection(id, row.type(), name, settings, sealedSecrets, row.createdAt()));
  }

  private StoredConnection put(StoredConnection row) {
    rows.put(row.id(), row);
    return row;
  }
}
