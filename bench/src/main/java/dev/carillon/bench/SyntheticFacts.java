package dev.carillon.bench;

import dev.carillon.storage.embedded.duckdb.FactSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * Campaigns with lifelike facts, written by SQL straight into the embedded store's tables before it
 * is opened: as intake would leave them, about 2.6 facts a message, in the order of their arrival.
 * The same in every run.
 */
final class SyntheticFacts {
  /** The measured campaign; others follow it. */
  static final int CAMPAIGN = 1;

  static final Instant PLANNED_AT = Instant.parse("2026-11-02T03:30:00Z");

  private static final int OTHERS = 3;
  private static final String SEED = "20261120";

  /**
   * What was made.
   *
   * @param facts of the one campaign
   * @param allFacts of all
   */
  record Made(int messages, long facts, long allFacts) {}

  private SyntheticFacts() {}

  /** Makes a store with a campaign of that size, and half as large ones beside it. */
  static Made make(Path data, int messages) throws SQLException, IOException {
    Path file = Files.createDirectories(data.resolve("facts")).resolve("facts.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      FactSchema.create(connection);
      statement.execute("SET preserve_insertion_order = true");
      campaign(statement, CAMPAIGN, messages);
      for (int other = 1; other <= OTHERS; other++) {
        campaign(statement, CAMPAIGN + other, messages / 2);
      }
      statement.execute(
          "UPDATE progress SET value = " + lastPos(statement) + " WHERE name = 'pos'");
      statement.execute("CHECKPOINT");
      return new Made(
          messages,
          number(statement, "SELECT count(*) FROM fact WHERE campaign = " + CAMPAIGN),
          number(statement, "SELECT count(*) FROM fact"));
    }
  }

  private static long lastPos(Statement statement) throws SQLException {
    return number(
        statement,
        "SELECT greatest(COALESCE((SELECT max(pos) FROM fact), 0),"
            + " COALESCE((SELECT max(pos) FROM conversion), 0))");
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void campaign(Statement statement, int campaign, int messages)
      throws SQLException {
    for (String step : new String[] {MESSAGES, RUN, LIVES, FACTS, CONVERSIONS, "DROP TABLE life"}) {
      statement.execute(
          step.replace("$campaign", Integer.toString(campaign))
              .replace("$messages", Integer.toString(messages))
              .replace("$seed", SEED)
              .replace("$planned", "TIMESTAMP '2026-11-02 03:30:00'")
              .replace("$pos", Long.toString(lastPos(statement))));
    }
  }

  private static final String MESSAGES =
      """
      INSERT INTO message (campaign, run, seq, user_key, address, control, variant,
         suppression, planned_at)
      SELECT $campaign, 1, i::INTEGER, (hash(i, 1) >> 2)::BIGINT, '91' || (9800000000 + i),
        hash(i, $campaign, $seed, 2) % 10 = 0, 0,
        CASE WHEN hash(i, $campaign, $seed, 3) % 25 = 0
          THEN CASE WHEN i % 3 = 0 THEN 'unsubscribed' ELSE 'noAddress' END END,
        $planned
      FROM range($messages) r(i)\
      """;

  private static final String RUN =
      """
      INSERT INTO run (campaign, run, channel, planned_at, first_seq, count)
        VALUES ($campaign, 1, 'whatsapp', $planned, 0, $messages);
      INSERT INTO goal (campaign, event, where_json, zone, window_micros, revenue_property)
        VALUES ($campaign, 'Charged', '[]', 'UTC', 172800000000, 'Amount')\
      """;

  /** What becomes of each message: fate of 1,000, when it is sent, viewed, converted. */
  private static final String LIVES =
      """
      CREATE TEMP TABLE life AS
      WITH drawn AS (
        SELECT seq, control, $planned + to_seconds(60 + seq // 80) AS sent_at,
          (hash(seq, $campaign, $seed, 4) % 1000)::INTEGER AS fate,
          (hash(seq, $campaign, $seed, 5) % 1000) / 1000.0 AS slow,
          (hash(seq, $campaign, $seed, 6) % 1000)::INTEGER AS luck,
          (hash(seq, $campaign, $seed, 7) % 1000) / 1000.0 AS later
        FROM message WHERE campaign = $campaign AND suppression IS NULL)
      SELECT *,
        CASE WHEN NOT control AND fate BETWEEN 200 AND 559
          THEN sent_at + to_seconds((432000 * slow * slow * slow)::BIGINT + 5) END AS viewed_at,
        CASE WHEN (control AND luck < 30) OR (NOT control AND fate BETWEEN 200 AND 559 AND luck < 50)
          THEN sent_at + to_seconds((172800 * later * later)::BIGINT + 5) END AS converted_at
      FROM drawn\
      """;

  private static final String FACTS =
      """
      INSERT INTO fact (pos, campaign, seq, kind, detail, event, "at", received_at, text, inbox)
      WITH facts AS (
        SELECT seq, 6 AS kind, NULL AS detail, NULL AS event, sent_at AS "at", 0 AS inbox
        FROM life WHERE control
        UNION ALL SELECT seq, 2, '1', NULL, sent_at, 0 FROM life WHERE NOT control
        UNION ALL SELECT seq, 5, CASE WHEN fate < 8 THEN '131026' ELSE '131049' END, NULL,
          sent_at + INTERVAL 1 SECOND, 0 FROM life WHERE NOT control AND fate < 12
        UNION ALL SELECT seq, 4, NULL, 'wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI' || seq,
          sent_at + INTERVAL 1 SECOND, 0 FROM life WHERE NOT control AND fate BETWEEN 12 AND 989
        UNION ALL SELECT seq, 9, CASE WHEN fate < 40 THEN '131026' ELSE '130472' END, NULL,
          sent_at + INTERVAL 7 SECOND, seq + 1 FROM life
          WHERE NOT control AND fate BETWEEN 12 AND 59
        UNION ALL SELECT seq, 8, NULL, NULL, sent_at + to_seconds(2 + fate), seq + 1 FROM life
          WHERE NOT control AND fate BETWEEN 60 AND 489
        UNION ALL SELECT seq, 10, NULL, NULL, viewed_at, seq + 2 FROM life
          WHERE viewed_at IS NOT NULL
        UNION ALL SELECT seq, 11, '1', 'click.' || seq, viewed_at + INTERVAL 9 SECOND, 0 FROM life
          WHERE viewed_at IS NOT NULL AND luck BETWEEN 100 AND 129
        UNION ALL SELECT seq, 13, NULL, 'in.' || seq, viewed_at + INTERVAL 60 SECOND, seq + 3
          FROM life WHERE viewed_at IS NOT NULL AND luck BETWEEN 200 AND 219
        UNION ALL SELECT seq, 15, NULL, NULL, converted_at, 0 FROM life
          WHERE converted_at IS NOT NULL
        UNION ALL SELECT seq, 16, NULL, NULL, converted_at, 0 FROM life
          WHERE converted_at >= viewed_at)
      SELECT $pos + row_number() OVER (ORDER BY "at"), $campaign, seq, kind, detail, event, "at",
        "at" + INTERVAL 1 SECOND,
        CASE WHEN kind IN (5, 9) THEN 'Message undeliverable' END, inbox
      FROM facts ORDER BY "at\"\
      """;

  private static final String CONVERSIONS =
      """
      INSERT INTO conversion (pos, campaign, seq, event_id, "at", revenue_micros)
      SELECT $pos + row_number() OVER (ORDER BY seq), $campaign, seq,
        (hash(seq, $campaign, 8) >> 1)::BIGINT, converted_at,
        (100 + hash(seq, $campaign, $seed, 9) % 19900)::BIGINT * 10000
      FROM life WHERE converted_at IS NOT NULL\
      """;
}
