package dev.carillon.storage.embedded.audience;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.testkit.audience.KnownUser;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tables that audiences are selected from, in memory. */
final class AudienceTables implements AutoCloseable {
  private final Connection connection;
  private long events;

  AudienceTables() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute(
        """
        CREATE TABLE endpoint (
          user_key BIGINT, kind UTINYINT, address VARCHAR, left_at TIMESTAMP, allowed BOOLEAN,
          registered_at TIMESTAMP)""");
    execute(
        "CREATE TABLE dead_endpoint"
            + " (channel VARCHAR, address VARCHAR, code VARCHAR, \"at\" TIMESTAMP)");
    execute("CREATE TABLE opt_out (user_key BIGINT, channel VARCHAR)");
    execute("CREATE TABLE profile (user_key BIGINT, properties VARCHAR)");
    execute(
        """
        CREATE TABLE event (
          pos BIGINT, event_id BIGINT, user_key BIGINT, name VARCHAR, "at" TIMESTAMP,
          received_at TIMESTAMP, properties VARCHAR)""");
    execute(
        "CREATE TABLE consent (channel VARCHAR, address VARCHAR, subscribed BOOLEAN,"
            + " \"at\" TIMESTAMP)");
    execute("CREATE TABLE list_member (list INTEGER, user_key BIGINT)");
  }

  Connection connection() {
    return connection;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void add(List<KnownUser> users) throws SQLException {
    connection.setAutoCommit(false);
    for (KnownUser user : users) {
      profile(user.userKey(), user.properties(), user.contact());
      for (KnownUser.Event event : user.events()) {
        event(user.userKey(), event.name(), event.at(), event.properties());
      }
      for (int list : user.lists()) {
        update("INSERT INTO list_member VALUES (?, ?)", list, user.userKey());
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  void profile(long userKey, String properties) throws SQLException {
    update("INSERT INTO profile SELECT ?, ?", userKey, properties);
  }

  /**
   * Gives a user an endpoint.
   *
   * @param address null for one that is not valid
   */
  void endpoint(long userKey, EndpointKind kind, @Nullable String address) throws SQLException {
    update(
        "INSERT INTO endpoint (user_key, kind, address) SELECT ?, ?, ?",
        userKey,
        kind.code(),
        address);
  }

  void optOut(long userKey, Channel channel) throws SQLException {
    update("INSERT INTO opt_out SELECT ?, ?", userKey, channel.key());
  }

  private void profile(long userKey, String properties, KnownUser.Contact contact)
      throws SQLException {
    profile(userKey, properties);
    if (contact.email() != null) {
      endpoint(userKey, EndpointKind.EMAIL, contact.email());
    }
    for (Map.Entry<Channel, Boolean> subscribed : contact.subscribed().entrySet()) {
      if (!subscribed.getValue()) {
        optOut(userKey, subscribed.getKey());
      }
    }
    if (contact.phone() != null) {
      endpoint(userKey, EndpointKind.PHONE, contact.valid() ? contact.phone() : null);
      for (KnownUser.Wish wish : contact.wishes()) {
        consent(wish.channel().key(), contact.phone(), wish.subscribed(), wish.at());
      }
    }
  }

  void event(long userKey, String name, Instant at, String properties) throws SQLException {
    update(
        "INSERT INTO event SELECT ?, ?, ?, ?, ?, ?, ?",
        events,
        events++,
        userKey,
        name,
        utc(at),
        utc(at),
        properties);
  }

  void consent(String channel, String address, boolean subscribed, Instant at) throws SQLException {
    update("INSERT INTO consent SELECT ?, ?, ?, ?", channel, address, subscribed, utc(at));
  }

  void update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  /** The numbers in the first column. */
  Set<Long> keys(Sql sql) throws SQLException {
    TreeSet<Long> keys = new TreeSet<>();
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
    }
    return keys;
  }

  static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
