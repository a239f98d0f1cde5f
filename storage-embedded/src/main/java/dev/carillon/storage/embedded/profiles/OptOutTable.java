package dev.carillon.storage.embedded.profiles;

import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Staging;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBAppender;

/** Writes rows of {@code opt_out}: the channels on which profiles refuse messages. */
final class OptOutTable {
  private OptOutTable() {}

  /** Writes what changed profiles say. */
  static void write(DuckSession session, List<ProfileTable.Change> changes) throws SQLException {
    List<ProfileTable.Change> changed =
        changes.stream()
            .filter(change -> !of(change.contactsBefore()).equals(of(change.contactsAfter())))
            .toList();
    if (changed.isEmpty()) {
      return;
    }
    Staging.keys(session, changed.stream().map(ProfileTable.Change::userKey).toList());
    session.execute("DELETE FROM opt_out WHERE user_key IN (SELECT k FROM stage_key)");
    try (DuckDBAppender appender = session.appender("opt_out")) {
      for (ProfileTable.Change change : changed) {
        for (String channel : of(change.contactsAfter())) {
          appender.beginRow().append(change.userKey()).append(channel).endRow();
        }
      }
      appender.flush();
    }
  }

  private static Set<String> of(String contacts) {
    return StoredProfile.optOuts(contacts);
  }
}
