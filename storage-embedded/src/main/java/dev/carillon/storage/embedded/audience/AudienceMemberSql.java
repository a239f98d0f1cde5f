package dev.carillon.storage.embedded.audience;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.audience.AudienceMember;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.profile.StoredProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Names some of the users that a rule matches, page by page in the order of their keys. */
public final class AudienceMemberSql {
  private AudienceMemberSql() {}

  /** The users with a key greater than {@code after}, at most {@code limit}. */
  public static List<AudienceMember> read(
      Connection connection, Rule rule, Evaluation evaluation, long after, int limit)
      throws SQLException {
    Sql sql =
        Sql.of(
            "SELECT user_key, identity, name, contacts, properties FROM ({}) WHERE user_key > {} ORDER BY user_key LIMIT {}",
            AudienceSql.select("user_key, identity, name, contacts, properties", rule, evaluation),
            Sql.value(after),
            Sql.value(limit));
    ArrayList<AudienceMember> fitting = new ArrayList<>();
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        fitting.add(
            new AudienceMember(
                rows.getLong(1),
                Identity.ofStored(rows.getString(2)),
                rows.getString(3),
                StoredProfile.endpoints(rows.getString(4)),
                rows.getString(5)));
      }
    }
    return fitting;
  }
}
