package dev.carillon.storage.embedded.apply;

import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.profile.OversizedProfile;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactSchema;
import dev.carillon.storage.embedded.profiles.ProfileTable;
import dev.carillon.storage.embedded.tables.ColumnReader;
import java.io.IOException;
import java.io.Reader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once through the profiles of a folder from before there were limits, and brings those that
 * are far beyond them within: nothing later has to hold one that does not fit in memory. They are
 * found and read in parts that fit, whatever their size.
 */
final class OversizedProfiles {
  private static final Logger log = LoggerFactory.getLogger(OversizedProfiles.class);

  private static final long LARGEST = 2L * DataLimits.PROFILE_BYTES;
  private static final String OUT_OF_MEMORY = "Out of Memory Error";

  /** The name under which {@code progress} notes that it was done. */
  private static final String DONE = "limited";

  private OversizedProfiles() {}

  static void trim(DuckSession session, ProfileMerge merge) throws SQLException {
    if (session.number("SELECT count(*) FROM progress WHERE name = '" + DONE + "'") > 0) {
      return;
    }
    List<Long> keys = new ArrayList<>();
    find(session, 0, session.number("SELECT max(rowid) FROM profile"), keys);
    for (long key : keys) {
      trim(session, merge, key);
    }
    session.execute("INSERT INTO progress VALUES ('" + DONE + "', 1)");
    if (!keys.isEmpty()) {
      log.warn(
          "{} profiles were beyond the limits; their largest properties were dropped", keys.size());
    }
  }

  /** Rows that are too large to be looked at together are looked at in halves. */
  private static void find(DuckSession session, long from, long to, List<Long> keys)
      throws SQLException {
    try {
      keys.addAll(
          session.list(
              "SELECT user_key FROM profile WHERE rowid BETWEEN ? AND ?"
                  + " AND (strlen(properties) > ? OR strlen(property_times) > ?)",
              row -> row.getLong(1),
              from,
              to,
              LARGEST,
              LARGEST));
    } catch (SQLException failed) {
      if (!isOutOfMemory(failed)) {
        throw failed;
      }
      if (from == to) {
        keys.add(session.number("SELECT user_key FROM profile WHERE rowid = ?", from));
        return;
      }
      long middle = (from + to) >>> 1;
      find(session, from, middle, keys);
      find(session, middle + 1, to, keys);
    }
  }

  private static boolean isOutOfMemory(SQLException failed) {
    return String.valueOf(failed.getMessage()).contains(OUT_OF_MEMORY);
  }

  private static void trim(DuckSession session, ProfileMerge merge, long key) throws SQLException {
    ProfileTable.Row row =
        session
            .first(
                "SELECT '{}' AS properties, '{}' AS property_times, * EXCLUDE (properties,"
                    + " property_times) FROM profile WHERE user_key = ?",
                ProfileTable::row,
                key)
            .orElseThrow();
    ProfileTable.Row trimmed = row.with(trimmed(session, merge, row));
    session.execute("BEGIN TRANSACTION");
    try {
      ProfileTable.replace(session, Map.of(key, row), List.of(trimmed));
      session.update(
          "UPDATE progress SET value = value + ? WHERE name = '" + FactSchema.REFUSED + "'",
          ProfileMerge.refused(trimmed.profile()));
      session.execute("COMMIT");
    } catch (SQLException | RuntimeException failed) {
      session.execute("ROLLBACK");
      throw failed;
    }
  }

  private static StoredProfile trimmed(
      DuckSession session, ProfileMerge merge, ProfileTable.Row row) throws SQLException {
    try (Reader properties = new ColumnReader(session, "properties", row.userKey());
        Reader past = new ColumnReader(session, "property_times", row.userKey())) {
      return new OversizedProfile(merge, row.profile()).trimmed(properties, past);
    } catch (IOException | RuntimeException unreadable) {
      log.warn("a profile beyond the limits cannot be read and keeps its reserved properties");
      return new OversizedProfile(merge, row.profile()).withoutProperties();
    }
  }
}
