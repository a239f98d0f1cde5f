package dev.carillon.bench;

import dev.carillon.storage.embedded.duckdb.FactSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/**
 * Profiles of nine properties, and ten events each of the last year, written by SQL straight into
 * the embedded store's tables, as intake would leave them. The same in every run.
 */
final class SyntheticPeople {
  /** The newest event is of this moment. */
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  static final int EVENTS_EACH = 10;

  /** So many at a time, so that sorting and memory do not grow with the whole. */
  private static final int PIECE = 5_000_000;

  private SyntheticPeople() {}

  /** Opens a new store with so many people. */
  static Connection make(Path folder, int people) throws SQLException, IOException {
    Path file = Files.createDirectories(folder).resolve("facts.duckdb");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
    FactSchema.create(connection);
    try (Statement statement = connection.createStatement()) {
      for (long from = 0; from < people; from += PIECE) {
        for (String table : List.of(PROFILES, PHONES, EMAILS, OPT_OUTS)) {
          statement.execute(piece(table, from, people, people));
        }
      }
      long events = (long) people * EVENTS_EACH;
      for (long from = 0; from < events; from += PIECE) {
        statement.execute(piece(EVENTS, from, events, people));
      }
      statement.execute("CHECKPOINT");
    }
    return connection;
  }

  private static String piece(String sql, long from, long all, int people) {
    return sql.replace("$from", Long.toString(from))
        .replace("$to", Long.toString(Math.min(all, from + PIECE)))
        .replace("$all", Long.toString(all))
        .replace("$people", Integer.toString(people));
  }

  private static final String PROFILES =
      """
      INSERT INTO profile
      SELECT (hash(i, 1) >> 2)::BIGINT, 'u' || i,
        '{"Name":"Person ' || i || '","city":"'
          || ['Pune', 'Mumbai', 'Delhi', 'Berlin', 'Lagos', 'Quito', 'Oslo', 'Hanoi'][
               (hash(i, 2) % 8 + 1)::BIGINT]
          || '","age":' || (18 + hash(i, 3) % 60) || ',"vip":'
          || CASE WHEN hash(i, 4) % 10 = 0 THEN 'true' ELSE 'false' END
          || ',"plan":"' || ['free', 'plus', 'pro'][(hash(i, 5) % 3 + 1)::BIGINT]
          || '","signup":"$D_' || (1700000000 + hash(i, 6) % 60000000)
          || '","score":' || (hash(i, 7) % 1000) / 10.0
          || ',"tags":["a","b' || hash(i, 8) % 5 || '"],"language":"en"}',
        '{}', 'Person ' || i, TIMESTAMP '2025-11-20 10:00:00', TIMESTAMP '2026-11-20 10:00:00', 0,
        CASE WHEN hash(i, 9) % 20 = 0 THEN '' ELSE 'phone 91' || (9800000000 + i) || chr(10) END
          || 'email p' || i || '%40example.org'
          || CASE WHEN hash(i, 10) % 50 = 0 THEN chr(10) || 'refuses whatsapp' ELSE '' END
      FROM range($from, $to) r(i)\
      """;

  private static final String PHONES =
      """
      INSERT INTO endpoint (user_key, kind, address)
      SELECT (hash(i, 1) >> 2)::BIGINT, 1, '91' || (9800000000 + i)
      FROM range($from, $to) r(i) WHERE hash(i, 9) % 20 <> 0\
      """;

  private static final String EMAILS =
      """
      INSERT INTO endpoint (user_key, kind, address)
      SELECT (hash(i, 1) >> 2)::BIGINT, 2, 'p' || i || '@example.org'
      FROM range($from, $to) r(i)\
      """;

  private static final String OPT_OUTS =
      """
      INSERT INTO opt_out SELECT (hash(i, 1) >> 2)::BIGINT, 'whatsapp'
      FROM range($from, $to) r(i) WHERE hash(i, 10) % 50 = 0\
      """;

  private static final String EVENTS =
      """
      INSERT INTO event
      WITH drawn AS (
        SELECT i, (hash(hash(i, 21) % $people, 1) >> 2)::BIGINT AS user_key,
          (hash(i, 22) % 100)::INTEGER AS kind,
          TIMESTAMP '2025-11-20 10:00:00' + to_microseconds(
            (i * 31536000000000.0 / $all)::BIGINT) AS "at"
        FROM range($from, $to) r(i))
      SELECT i, (hash(i, 23) >> 1)::BIGINT, user_key,
        CASE WHEN kind < 40 THEN 'App Launched' WHEN kind < 70 THEN 'Product Viewed'
          WHEN kind < 85 THEN 'Added To Cart' ELSE 'Charged' END,
        "at", "at",
        CASE WHEN kind < 40 THEN '{"OS":"Android"}'
          WHEN kind < 70 THEN '{"Product":"p' || hash(i, 24) % 500 || '"}'
          ELSE '{"Amount":' || (hash(i, 25) % 50000) / 100.0 || ',"Items":'
            || hash(i, 26) % 5 || '}' END,
        true
      FROM drawn\
      """;
}
