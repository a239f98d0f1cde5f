package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.API_KEY;
import static dev.carillon.storage.sql.Tables.KNOWN_PLACE;
import static dev.carillon.storage.sql.Tables.LOGIN;

import dev.carillon.engine.port.access.ApiKey;
import dev.carillon.engine.port.access.Login;
import dev.carillon.engine.port.access.PlaceKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Record;

/** Logins and from where they sign in, and API keys. */
final class AccessRows {
  private final Database database;

  AccessRows(Database database) {
    this.database = database;
  }

  void putLogin(String name, String passwordHash, String role, Instant at) {
    database.write(
        sql ->
            sql.insertInto(LOGIN)
                .set(LOGIN.name, name)
                .set(LOGIN.passwordHash, passwordHash)
                .set(LOGIN.role, role)
                .set(LOGIN.createdAt, at)
                .onConflict(LOGIN.name)
                .doUpdate()
                .set(LOGIN.passwordHash, passwordHash)
                .set(LOGIN.role, role)
                .execute());
  }

  Optional<Login> login(String name) {
    return database.read(
        sql ->
            sql.selectFrom(LOGIN)
                .where(LOGIN.name.eq(name))
                .fetchOptional()
                .map(AccessRows::login));
  }

  List<Login> logins() {
    return database.read(
        sql -> sql.selectFrom(LOGIN).orderBy(LOGIN.name).stream().map(AccessRows::login).toList());
  }

  boolean setPassword(String name, String passwordHash) {
    return database.write(
        sql ->
            sql.update(LOGIN)
                    .set(LOGIN.passwordHash, passwordHash)
                    .where(LOGIN.name.eq(name))
                    .execute()
                > 0);
  }

  boolean deleteLogin(String name) {
    return database.write(sql -> sql.deleteFrom(LOGIN).where(LOGIN.name.eq(name)).execute() > 0);
  }

  void putKnownPlace(String login, PlaceKind kind, String place, Instant expiresAt, int most) {
    database.write(
        sql -> {
          if (!sql.fetchExists(LOGIN, LOGIN.name.eq(login))) {
            return 0;
          }
          sql.deleteFrom(KNOWN_PLACE)
              .where(
                  KNOWN_PLACE.login.eq(login),
                  KNOWN_PLACE.kind.eq(kind.key()),
                  KNOWN_PLACE.place.notIn(
                      sql.select(KNOWN_PLACE.place)
                          .from(KNOWN_PLACE)
                          .where(
                              KNOWN_PLACE.login.eq(login),
                              KNOWN_PLACE.kind.eq(kind.key()),
                              KNOWN_PLACE.place.ne(place))
                          .orderBy(KNOWN_PLACE.expiresAt.desc())
                          .limit(most - 1)))
              .execute();
          return sql.insertInto(KNOWN_PLACE)
              .set(KNOWN_PLACE.login, login)
              .set(KNOWN_PLACE.kind, kind.key())
              .set(KNOWN_PLACE.place, place)
              .set(KNOWN_PLACE.expiresAt, expiresAt)
              .execute();
        });
  }

  boolean isKnownPlace(String login, PlaceKind kind, String place, Instant now) {
    return database.read(
        sql ->
            sql.fetchExists(
                KNOWN_PLACE,
                KNOWN_PLACE.login.eq(login),
                KNOWN_PLACE.kind.eq(kind.key()),
                KNOWN_PLACE.place.eq(place),
                KNOWN_PLACE.expiresAt.gt(now)));
  }

  void deleteKnownPlace(String login, PlaceKind kind, String place) {
    database.write(
        sql ->
            sql.deleteFrom(KNOWN_PLACE)
                .where(
                    KNOWN_PLACE.login.eq(login),
                    KNOWN_PLACE.kind.eq(kind.key()),
                    KNOWN_PLACE.place.eq(place))
                .execute());
  }

  void putApiKey(String name, String keyHash, String shownPrefix, Set<String> scopes, Instant at) {
    String joined = joined(scopes);
    database.write(
        sql ->
            sql.insertInto(API_KEY)
                .set(API_KEY.name, name)
                .set(API_KEY.hash, keyHash)
                .set(API_KEY.shownPrefix, shownPrefix)
                .set(API_KEY.scopes, joined)
                .set(API_KEY.createdAt, at)
                .onConflict(API_KEY.hash)
                .doUpdate()
                .set(API_KEY.name, name)
                .set(API_KEY.scopes, joined)
                .setNull(API_KEY.revokedAt)
                .execute());
  }

  Optional<ApiKey> apiKey(String keyHash) {
    return database.read(
        sql ->
            sql.selectFrom(API_KEY)
                .where(API_KEY.hash.eq(keyHash), API_KEY.revokedAt.isNull())
                .fetchOptional()
                .map(AccessRows::apiKey));
  }

  List<ApiKey> apiKeys() {
    return database.read(
        sql ->
            sql.selectFrom(API_KEY).orderBy(API_KEY.id).stream().map(AccessRows::apiKey).toList());
  }

  boolean revokeApiKey(int id, Instant at) {
    return database.write(
        sql ->
            sql.update(API_KEY)
                    .set(API_KEY.revokedAt, at)
                    .where(API_KEY.id.eq(id), API_KEY.revokedAt.isNull())
                    .execute()
                > 0);
  }

  boolean setTokensRequired(int id, boolean required) {
    return database.write(
        sql ->
            sql.update(API_KEY)
                    .set(API_KEY.tokensRequired, required)
                    .where(API_KEY.id.eq(id), API_KEY.revokedAt.isNull())
                    .execute()
                > 0);
  }

  private static String joined(Set<String> scopes) {
    for (String scope : scopes) {
      if (scope.isEmpty() || scope.contains(" ")) {
        throw new IllegalArgumentException("a scope is one word");
      }
    }
    return String.join(" ", new TreeSet<>(scopes));
  }

  private static Login login(Record row) {
    return new Login(
        row.get(LOGIN.name),
        row.get(LOGIN.passwordHash),
        row.get(LOGIN.role),
        row.get(LOGIN.createdAt));
  }

  private static ApiKey apiKey(Record row) {
    String scopes = row.get(API_KEY.scopes);
    return new ApiKey(
        row.get(API_KEY.id),
        row.get(API_KEY.name),
        row.get(API_KEY.shownPrefix),
        scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" ", -1)),
        row.get(API_KEY.createdAt),
        row.get(API_KEY.revokedAt),
        row.get(API_KEY.tokensRequired));
  }
}
