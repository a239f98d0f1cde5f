package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.IDENTITY_KEY;

import dev.carillon.engine.port.access.IdentityKey;
import java.time.Instant;
import java.util.List;
import org.jooq.Record;

/** The keys that identity tokens are signed with. */
final class IdentityKeyRows {
  private final Database database;

  IdentityKeyRows(Database database) {
    this.database = database;
  }

  IdentityKey put(String name, String keyId, String algorithm, byte[] material, Instant at) {
    return database.write(
        sql ->
            key(
                sql.insertInto(IDENTITY_KEY)
                    .set(IDENTITY_KEY.name, name)
                    .set(IDENTITY_KEY.keyId, keyId)
                    .set(IDENTITY_KEY.algorithm, algorithm)
                    .set(IDENTITY_KEY.material, material)
                    .set(IDENTITY_KEY.createdAt, at)
                    .returning()
                    .fetchSingle()));
  }

  List<IdentityKey> list() {
    return database.read(
        sql ->
            sql.selectFrom(IDENTITY_KEY).orderBy(IDENTITY_KEY.id).stream()
                .map(IdentityKeyRows::key)
                .toList());
  }

  boolean revoke(int id, Instant at) {
    return database.write(
        sql ->
            sql.update(IDENTITY_KEY)
                    .set(IDENTITY_KEY.revokedAt, at)
                    .where(IDENTITY_KEY.id.eq(id), IDENTITY_KEY.revokedAt.isNull())
                    .execute()
                > 0);
  }

  private static IdentityKey key(Record row) {
    return new IdentityKey(
        row.get(IDENTITY_KEY.id),
        row.get(IDENTITY_KEY.name),
        row.get(IDENTITY_KEY.keyId),
        row.get(IDENTITY_KEY.algorithm),
        row.get(IDENTITY_KEY.material),
        row.get(IDENTITY_KEY.createdAt),
        row.get(IDENTITY_KEY.revokedAt));
  }
}
