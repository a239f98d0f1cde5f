package dev.carillon.storage.embedded.audience;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Finds the users of the system control group. */
public final class ControlSql {
  private ControlSql() {}

  /** The statement for a page of user keys and identities, by user key. */
  public static PreparedStatement members(Connection connection, int percent, long after, int limit)
      throws SQLException {
    return Sql.of(
            "SELECT user_key, identity FROM profile WHERE user_key > {} AND {}"
                + " ORDER BY user_key LIMIT {}",
            Sql.value(after),
            DrawSql.systemControl(percent),
            Sql.value(limit))
        .prepare(connection);
  }
}
