package dev.carillon.storage.embedded.audience;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.Reach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the users that a rule matches and those of them who can be reached, in one query. Their
 * endpoints are looked through once for all channels.
 */
public final class ReachSql {
  private ReachSql() {}

  /** Exact counts as the connection sees the store now. */
  public static Reach estimate(Connection connection, Rule rule, Evaluation evaluation)
      throws SQLException {
    try (PreparedStatement statement = select(rule, evaluation).prepare(connection);
        ResultSet row = statement.executeQuery()) {
      row.next();
      Map<Channel, Long> reachable = new EnumMap<>(Channel.class);
      for (Channel channel : Channel.values()) {
        reachable.put(channel, row.getLong(channel.key()));
      }
      return new Reach(row.getLong("total"), Map.copyOf(reachable));
    }
  }

  private static Sql select(Rule rule, Evaluation evaluation) {
    ArrayList<Sql> counts = new ArrayList<>();
    ArrayList<Sql> usable = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      String key = channel.key();
      counts.add(
          Sql.of(
              "count(*) FILTER (WHERE " + key + " AND NOT {}) AS " + key,
              Reachability.refusedByUser(channel)));
      usable.add(Sql.of("bool_or({}) AS " + key, Reachability.usable(channel)));
    }
    return Sql.of(
        "WITH audience AS MATERIALIZED ({}) SELECT (SELECT count(*) FROM audience) AS total, {}"
            + " FROM (SELECT e.user_key, {} FROM endpoint e WHERE e.left_at IS NULL"
            + " AND e.user_key IN (SELECT user_key FROM audience) GROUP BY e.user_key)",
        AudienceSql.select("user_key", rule, evaluation),
        Sql.join(", ", List.copyOf(counts)),
        Sql.join(", ", List.copyOf(usable)));
  }
}
