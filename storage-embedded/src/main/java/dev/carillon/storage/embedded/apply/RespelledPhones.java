package dev.carillon.storage.embedded.apply;

import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.profiles.ProfileTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Looks once through the profiles of a folder from before every spelling of a number was taken for
 * valid, and reads those phones again that may have become so.
 */
final class RespelledPhones {
  /** The name under which {@code progress} notes that it was done. */
  private static final String DONE = "respelled";

  private static final String CANDIDATES =
      """
      SELECT user_key FROM profile WHERE starts_with(contacts, 'phone !')
        AND regexp_matches(regexp_replace(json_extract_string(properties, '$.Phone'), '[^0-9]', '', 'g'),
          '^(00)?(521|55)')""";

  private static final int TOGETHER = 1_000;

  private RespelledPhones() {}

  static void readAnew(DuckSession session, ProfileMerge merge) throws SQLException {
    if (session.number("SELECT count(*) FROM progress WHERE name = '" + DONE + "'") > 0) {
      return;
    }
    session.execute("BEGIN TRANSACTION");
    try {
      List<Long> keys = session.list(CANDIDATES, row -> row.getLong(1));
      for (int from = 0; from < keys.size(); from += TOGETHER) {
        List<Long> some = keys.subList(from, Math.min(keys.size(), from + TOGETHER));
        Map<Long, ProfileTable.Row> before = ProfileTable.read(session, some);
        List<ProfileTable.Row> after =
            before.values().stream().map(row -> row.with(merge.normalized(row.profile()))).toList();
        ProfileTable.replace(session, before, after);
      }
      session.execute("INSERT INTO progress VALUES ('" + DONE + "', 1)");
      session.execute("COMMIT");
    } catch (SQLException | RuntimeException failed) {
      session.execute("ROLLBACK");
      throw failed;
    }
  }
}
