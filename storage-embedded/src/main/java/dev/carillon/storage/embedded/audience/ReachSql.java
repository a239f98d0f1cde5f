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

/** Counts the users that a rule matches and those of them who can be reached, in one query. */
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
    counts.add(Sql.of("count(*) AS total"));
    for (Channel channel : Channel.values()) {
      counts.add(
          Sql.of(
              "count(*) FILTER (WHERE {}) AS " + channel.key(), Reachability.reachable(channel)));
    }
    return Sql.of(
        "SELECT {} FROM ({})",
        Sql.join(", ", List.copyOf(counts)),
        AudienceSql.select(
            "user_key, phone, phone_state, email, subscribed_whatsapp, subscribed_sms,"
                + " subscribed_push",
            rule,
            evaluation));
  }
}
