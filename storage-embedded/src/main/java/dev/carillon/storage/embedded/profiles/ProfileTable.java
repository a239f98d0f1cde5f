package dev.carillon.storage.embedded.profiles;

import dev.carillon.engine.profile.PhoneHistory;
import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.engine.profile.StoredProfile.PhoneState;
import dev.carillon.engine.profile.StoredProfile.Reserved;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.Staging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/** Reads and writes rows of {@code profile}, and those of {@code phone_of} with them. */
public final class ProfileTable {
  /** The time when a number was left that the user has still. */
  private static final long NEVER = Micros.of(Instant.parse("9999-01-01T00:00:00Z"));

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
        "SELECT p.* FROM profile p WHERE p.user_key IN (SELECT k FROM stage_key)",
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
    Reserved reserved =
        new Reserved(
            row.getString("phone"),
            PhoneState.ofCode(row.getInt("phone_state")),
            row.getBoolean("subscribed_whatsapp"),
            row.getBoolean("subscribed_sms"),
            row.getBoolean("subscribed_push"),
            row.getBoolean("subscribed_email"),
            row.getString("email"),
            row.getString("name"));
    return new Row(
        row.getLong("user_key"),
        row.getString("identity"),
        new StoredProfile(
            row.getString("properties"),
            row.getString("property_times"),
            reserved,
            row.getString("phones"),
            DuckSession.instant(row, "first_seen_at"),
            DuckSession.instant(row, "updated_at")),
        row.getLong("first_pos"));
  }

  /** Deletes the users' rows. */
  static void delete(DuckSession session, Collection<Long> keys) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    Staging.keys(session, keys);
    session.execute("DELETE FROM profile WHERE user_key IN (SELECT k FROM stage_key)");
    session.execute("DELETE FROM phone_of WHERE user_key IN (SELECT k FROM stage_key)");
  }

  static void append(DuckSession session, Collection<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = session.appender("profile")) {
      for (Row row : rows) {
        append(appender, row);
      }
      appender.flush();
    }
    appendPhones(session, rows);
  }

  /** Puts the rows in the place of those that the users had. */
  public static void replace(DuckSession session, Collection<Long> had, List<Row> rows)
      throws SQLException {
    delete(session, had);
    append(session, rows);
  }

  private static void append(DuckDBAppender appender, Row row) throws SQLException {
    StoredProfile profile = row.profile();
    Reserved reserved = profile.reserved();
    appender
        .beginRow()
        .append(row.userKey())
        .append(row.identity())
        .append(profile.properties())
        .append(profile.propertyTimes())
        .append(reserved.phone())
        .append((byte) reserved.phoneState().code())
        .append(reserved.whatsapp())
        .append(reserved.sms())
        .append(reserved.push())
        .append(reserved.mail())
        .append(reserved.email())
        .append(reserved.name())
        .appendEpochMicros(Micros.of(profile.firstSeenAt()))
        .appendEpochMicros(Micros.of(profile.updatedAt()))
        .append(row.firstPos())
        .append(profile.phones())
        .endRow();
  }

  /** Of users who had several numbers, all but the present one with the time when it was left. */
  private static void appendPhones(DuckSession session, Collection<Row> rows) throws SQLException {
    List<Row> several =
        rows.stream().filter(row -> PhoneHistory.of(row.profile().phones()).isSeveral()).toList();
    if (several.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = session.appender("phone_of")) {
      for (Row row : several) {
        String present = row.profile().reserved().phone();
        Map<String, Long> left = PhoneHistory.of(row.profile().phones()).left(present);
        for (Map.Entry<String, Long> phone : left.entrySet()) {
          append(appender, row.userKey(), phone.getKey(), phone.getValue());
        }
        if (present != null) {
          append(appender, row.userKey(), present, NEVER);
        }
      }
      appender.flush();
    }
  }

  private static void append(DuckDBAppender appender, long user, String phone, long left)
      throws SQLException {
    appender
        .beginRow()
        .append(user)
        .append(phone)
        .appendEpochMicros(Math.min(left, NEVER))
        .endRow();
  }
}
