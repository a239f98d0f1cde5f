package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.CONNECTION;

import dev.carillon.engine.port.account.StoredConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Connections to providers. */
final class ConnectionRows {
  private static final TypeReference<Map<String, Object>> SETTINGS = new TypeReference<>() {};

  private final Database database;
  private final JsonMapper json = JsonMapper.shared();

  ConnectionRows(Database database) {
    this.database = database;
  }

  StoredConnection create(
      String type,
      String name,
      Map<String, Object> settings,
      IntFunction<byte[]> sealedSecrets,
      Instant at) {
    String settingsJson = json.writeValueAsString(settings);
    return database.write(
        sql -> {
          int id =
              sql.insertInto(CONNECTION)
                  .set(CONNECTION.type, type)
                  .set(CONNECTION.name, name)
                  .set(CONNECTION.settings, settingsJson)
                  .set(CONNECTION.sealedSecrets, new byte[0])
                  .set(CONNECTION.createdAt, at)
                  .returning(CONNECTION.id)
                  .fetchSingle(CONNECTION.id);
          sql.update(CONNECTION)
              .set(CONNECTION.sealedSecrets, sealedSecrets.apply(id))
              .where(CONNECTION.id.eq(id))
              .execute();
          return find(sql, id).orElseThrow();
        });
  }

  Optional<StoredConnection> find(int id) {
    return database.read(sql -> find(sql, id));
  }

  List<StoredConnection> list() {
    return database.read(
        sql ->
            sql.selectFrom(CONNECTION).orderBy(CONNECTION.id).stream()
                .map(this::connection)
                .toList());
  }

  StoredConnection change(int id, String name, Map<String, Object> settings, byte[] sealedSecrets) {
    String settingsJson = json.writeValueAsString(settings);
    return database.write(
        sql -> {
          sql.update(CONNECTION)
              .set(CONNECTION.name, name)
              .set(CONNECTION.settings, settingsJson)
              .set(CONNECTION.sealedSecrets, sealedSecrets)
              .where(CONNECTION.id.eq(id))
              .execute();
          return find(sql, id)
              .orElseThrow(() -> new IllegalArgumentException("there is no connection " + id));
        });
  }

  private Optional<StoredConnection> find(DSLContext sql, int id) {
    return sql.selectFrom(CONNECTION)
        .where(CONNECTION.id.eq(id))
        .fetchOptional()
        .map(this::connection);
  }

  private StoredConnection connection(Record row) {
    return new StoredConnection(
        row.get(CONNECTION.id),
        row.get(CONNECTION.type),
        row.get(CONNECTION.name),
        json.readValue(row.get(CONNECTION.settings), SETTINGS),
        row.get(CONNECTION.sealedSecrets),
        row.get(CONNECTION.createdAt));
  }
}
