package dev.carillon.storage.embedded.profiles;

import dev.carillon.core.user.Device;
import dev.carillon.core.user.Endpoint;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Endpoints;
import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.Staging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of {@code endpoint}. */
public final class EndpointTable {

  /** Columns that only devices have. */
  private static final int DEVICE_COLUMNS = 7;

  private EndpointTable() {}

  /** The users' endpoints, devices included; users without any have no entry. */
  public static Map<Long, Endpoints> read(DuckSession session, Collection<Long> users)
      throws SQLException {
    Map<Long, List<Endpoint>> found = new HashMap<>();
    if (!users.isEmpty()) {
      session.each(
          """
          SELECT * FROM endpoint WHERE user_key IN (SELECT unnest(?::BIGINT[]))
          ORDER BY left_at IS NOT NULL, kind, address""",
          row ->
              found
                  .computeIfAbsent(row.getLong("user_key"), any -> new ArrayList<>())
                  .add(endpoint(row)),
          (Object) users.stream().mapToLong(user -> user).toArray());
    }
    Map<Long, Endpoints> read = new HashMap<>();
    found.forEach((user, endpoints) -> read.put(user, new Endpoints(endpoints)));
    return read;
  }

  private static Endpoint endpoint(ResultSet row) throws SQLException {
    return new Endpoint(
        EndpointKind.ofCode(row.getInt("kind")),
        row.getString("address"),
        DuckSession.instantOrNull(row, "left_at"),
        device(row));
  }

  private static @Nullable Device device(ResultSet row) throws SQLException {
    String id = row.getString("device");
    return id == null
        ? null
        : new Device(
            id,
            row.getString("platform"),
            row.getString("os"),
            row.getString("model"),
            row.getBoolean("allowed"),
            DuckSession.instant(row, "registered_at"));
  }

  /** Writes what changed profiles say. */
  static void write(DuckSession session, List<ProfileTable.Change> changes) throws SQLException {
    List<Long> had =
        changes.stream()
            .filter(change -> !change.contactsBefore().isEmpty())
            .map(ProfileTable.Change::userKey)
            .toList();
    if (!had.isEmpty()) {
      Staging.keys(session, had);
      session.execute(
          "DELETE FROM endpoint WHERE kind <> "
              + EndpointKind.DEVICE.code()
              + " AND user_key IN (SELECT k FROM stage_key)");
    }
    if (changes.stream().allMatch(change -> change.contactsAfter().isEmpty())) {
      return;
    }
    try (DuckDBAppender appender = session.appender("endpoint")) {
      for (ProfileTable.Change change : changes) {
        for (Endpoint endpoint : StoredProfile.endpoints(change.contactsAfter()).all()) {
          append(appender, change.userKey(), endpoint);
        }
      }
      appender.flush();
    }
  }

  private static void append(DuckDBAppender appender, long user, Endpoint endpoint)
      throws SQLException {
    Instant left = endpoint.leftAt();
    appender
        .beginRow()
        .append(user)
        .append((byte) endpoint.kind().code())
        .append(endpoint.address());
    if (left == null) {
      appender.appendNull();
    } else {
      appender.appendEpochMicros(Micros.of(left));
    }
    for (int column = 0; column < DEVICE_COLUMNS; column++) {
      appender.appendNull();
    }
    appender.endRow();
  }
}
