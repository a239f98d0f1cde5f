package dev.carillon.storage.embedded.profiles;

import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.Staging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes rows of {@code profile}. What they say of endpoints and of channels that are
 * refused is written with them, where it changed.
 */
public final class ProfileTable {

  /**
   * A row.
   *
   * @param identity the stored form
   * @param firstPos no event of the user has a smaller number
   */
  public record Row(long userKey, String identity, StoredProfile profile, long firstPos) {
    public Row with(StoredProfile changed) {
      return new Row(userKey, identity, changed, firstPos);
    }
  }

  private ProfileTable() {}

  public static Map<Long, Row> read(DuckSession session, Collection<Long> keys)
      throws SQLException {
    HashMap<Long, Row> rows = new HashMap<>();
    if (keys.isEmpty()) {
      return rows;
    }
    Staging.keys(session, keys);
    session.each(
        "SELECT * FROM profile WHERE user_key IN (SELECT k FROM stage_key)",
        row -> rows.put(row.getLong("user_key"), row(row)));
    return rows;
  }

  /** How many bytes the properties of these users and their past take. */
  static Map<Long, Long> sizes(DuckSession session, Collection<Long> keys) throws SQLException {
    HashMap<Long, Long> sizes = new HashMap<>();
    Staging.keys(session, keys);
    session.each(
        "SELECT user_key, strlen(properties) + strlen(property_times) FROM profile"
            + " WHERE user_key IN (SELECT k FROM stage_key)",
        row -> sizes.put(row.getLong(1), row.getLong(2)));
    return sizes;
  }

  public static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("user_key"),
        row.getString("identity"),
        new StoredProfile(
            row.getString("properties"),
            row.getString("property_times"),
            row.getString("name"),
            row.getString("contacts"),
            DuckSession.instant(row, "first_seen_at"),
            DuckSession.instant(row, "updated_at")),
        row.getLong("first_pos"));
  }

  /** Writes rows of users who have none. */
  static void append(DuckSession session, Collection<Row> rows) throws SQLException {
    replace(session, Map.of(), rows);
  }

  /**
   * Puts rows in the place of others.
   *
   * @param before the rows that go, by key
   */
  public static void replace(DuckSession session, Map<Long, Row> before, Collection<Row> after)
      throws SQLException {
    if (!before.isEmpty()) {
      Staging.keys(session, before.keySet());
      session.execute("DELETE FROM profile WHERE user_key IN (SELECT k FROM stage_key)");
    }
    if (!after.isEmpty()) {
      try (DuckDBAppender appender = session.appender("profile")) {
        for (Row row : after) {
          append(appender, row);
        }
        appender.flush();
      }
    }
    Map<Long, Row> gone = new HashMap<>(before);
    List<Change> changes = new ArrayList<>(after.size());
    after.forEach(row -> changes.add(new Change(row.userKey(), gone.remove(row.userKey()), row)));
    gone.forEach((key, row) -> changes.add(new Change(key, row, null)));
    changes.removeIf(change -> change.contactsBefore().equals(change.contactsAfter()));
    EndpointTable.write(session, changes);
    OptOutTable.write(session, changes);
  }

  /**
   * What became of a user's row.
   *
   * @param before null for a new one
   * @param after null for one that is gone
   */
  record Change(long userKey, @Nullable Row before, @Nullable Row after) {

    String contactsBefore() {
      return before == null ? "" : before.profile().contacts();
    }

    String contactsAfter() {
      return after == null ? "" : after.profile().contacts();
    }
  }

  private static void append(DuckDBAppender appender, Row row) throws SQLException {
    StoredProfile profile = row.profile();
    appender
        .beginRow()
        .append(row.userKey())
        .append(row.identity())
        .append(profile.properties())
        .append(profile.propertyTimes())
        .append(profile.name())
        .appendEpochMicros(Micros.of(profile.firstSeenAt()))
        .appendEpochMicros(Micros.of(profile.updatedAt()))
        .append(row.firstPos())
        .append(profile.contacts())
        .endRow();
  }
}
