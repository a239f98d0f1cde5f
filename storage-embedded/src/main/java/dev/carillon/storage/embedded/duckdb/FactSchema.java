package dev.carillon.storage.embedded.duckdb;

import dev.carillon.engine.port.NewerFormatException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of the facts side. All instants are TIMESTAMP: microseconds in UTC, without a zone.
 * There are no unique indexes: what is unique is decided before it is written.
 *
 * <p>{@code pos} numbers the rows of {@code event}, {@code fact} and {@code conversion} in one
 * sequence, in the order in which they became readable.
 *
 * <p>The format has a version, which stands in {@code progress}: 1 is {@link #FIRST}, and each
 * entry of {@link #MIGRATIONS} leads to the next one. To change a table, append a migration to that
 * list and never edit what stands there: folders exist at every version. A migration is one
 * transaction together with the note of its version, so after a crash it was run or it was not. A
 * change of the journal's format needs a migration too, even one without statements, so that older
 * programs refuse the folder.
 */
public final class FactSchema {
  private static final Logger log = LoggerFactory.getLogger(FactSchema.class);

  /** Name of the number of changes of properties that were refused, in {@code progress}. */
  public static final String REFUSED = "refused";

  /** Name of the number of changes of addresses that were refused, in {@code progress}. */
  public static final String CONTACTS_REFUSED = "contacts_refused";

  /** Version 1. Folders of that version may lack the latest of its columns. */
  private static final List<String> FIRST =
      List.of(
          // journal: position of the next entry to apply; pos: the last row number; dropped: how
          // many entries of deleted users; version
          "CREATE TABLE IF NOT EXISTS progress (name VARCHAR, value BIGINT)",
          // first_pos: no event of the user has a smaller pos
          """
          CREATE TABLE IF NOT EXISTS profile (
            user_key BIGINT, identity VARCHAR, properties VARCHAR, property_times VARCHAR,
            phone VARCHAR, phone_state UTINYINT, subscribed_whatsapp BOOLEAN,
            subscribed_sms BOOLEAN, subscribed_push BOOLEAN, subscribed_email BOOLEAN,
            email VARCHAR, name VARCHAR, first_seen_at TIMESTAMP, updated_at TIMESTAMP,
            first_pos BIGINT)\
          """,
          // to_key: where a chain of links ends
          """
          CREATE TABLE IF NOT EXISTS identity_link (
            from_key BIGINT, from_identity VARCHAR, to_key BIGINT, received_at TIMESTAMP)\
          """,
          """
          CREATE TABLE IF NOT EXISTS event (
            pos BIGINT, event_id BIGINT, user_key BIGINT, name VARCHAR, "at" TIMESTAMP,
            received_at TIMESTAMP, properties VARCHAR)\
          """,
          """
          CREATE TABLE IF NOT EXISTS goal (
            campaign INTEGER, event VARCHAR, where_json VARCHAR, zone VARCHAR,
            window_micros BIGINT, revenue_property VARCHAR)\
          """,
          """
          CREATE TABLE IF NOT EXISTS run (
            campaign INTEGER, run INTEGER, channel VARCHAR, planned_at TIMESTAMP,
            first_seq INTEGER, count INTEGER)\
          """,
          // runs to look through, as users were joined or deleted while they were planned; pos: the
          // last row number that planning saw
          "CREATE TABLE IF NOT EXISTS overtaken_run (campaign INTEGER, run INTEGER, pos BIGINT)",
          """
          CREATE TABLE IF NOT EXISTS message (
            campaign INTEGER, run INTEGER, seq INTEGER, user_key BIGINT, address VARCHAR,
            control BOOLEAN, variant UTINYINT, suppression VARCHAR, planned_at TIMESTAMP)\
          """,
          // when it may first be sent; null: at the run's own time
          "ALTER TABLE message ADD COLUMN IF NOT EXISTS not_before TIMESTAMP",
          // number of the user's first message, where he had one in an earlier run
          "ALTER TABLE message ADD COLUMN IF NOT EXISTS first_message INTEGER",
          """
          CREATE TABLE IF NOT EXISTS fact (
            pos BIGINT, campaign INTEGER, seq INTEGER, kind UTINYINT, detail VARCHAR,
            event VARCHAR, "at" TIMESTAMP, received_at TIMESTAMP, text VARCHAR, inbox BIGINT)\
          """,
          // one row a message, when it is first attempted or ghost-sent; at in whole seconds;
          // address_key: the digits as a number, 0 for other addresses
          """
          CREATE TABLE IF NOT EXISTS send (
            campaign INTEGER, seq INTEGER, user_key BIGINT, address_key BIGINT, control BOOLEAN,
            "at" TIMESTAMP)\
          """,
          // where to find the messages of a provider's message id
          """
          CREATE TABLE IF NOT EXISTS accepted (
            provider_key BIGINT, campaign INTEGER, seq INTEGER)\
          """,
          """
          CREATE TABLE IF NOT EXISTS conversion (
            pos BIGINT, campaign INTEGER, seq INTEGER, event_id BIGINT, "at" TIMESTAMP,
            revenue_micros BIGINT)\
          """,
          // the latest by at wins; of two at one time, the one that unsubscribes
          """
          CREATE TABLE IF NOT EXISTS consent (
            channel VARCHAR, address VARCHAR, subscribed BOOLEAN, "at" TIMESTAMP)\
          """,
          """
          CREATE TABLE IF NOT EXISTS address_alias (
            channel VARCHAR, provider_address VARCHAR, address VARCHAR)\
          """,
          // callbacks: raw ones, packed; no id in them lies outside of first_id to last_id
          """
          CREATE TABLE IF NOT EXISTS callback_pack (
            first_id BIGINT, last_id BIGINT, callbacks BLOB USING COMPRESSION zstd)\
          """,
          // campaign and seq: the message that it was attributed to
          """
          CREATE TABLE IF NOT EXISTS incoming (
            pos BIGINT, connection INTEGER, channel VARCHAR, message_id VARCHAR, sender VARCHAR,
            address_key BIGINT, "at" TIMESTAMP, received_at TIMESTAMP, context_id VARCHAR,
            context_key BIGINT, type VARCHAR, text VARCHAR, inbox BIGINT, campaign INTEGER,
            seq INTEGER, context_campaign INTEGER, context_seq INTEGER)\
          """,
          // campaign: null until it is matched
          """
          CREATE TABLE IF NOT EXISTS unmatched (
            pos BIGINT, connection INTEGER, provider_message_id VARCHAR, provider_key BIGINT,
            kind UTINYINT, detail VARCHAR, "at" TIMESTAMP, received_at TIMESTAMP, text VARCHAR,
            inbox BIGINT, campaign INTEGER, seq INTEGER)\
          """,
          "CREATE SEQUENCE IF NOT EXISTS custom_list_id",
          // report: what became of the file's rows, as JSON
          """
          CREATE TABLE IF NOT EXISTS custom_list (
            id INTEGER, version INTEGER, name VARCHAR, name_folded VARCHAR, match_by VARCHAR,
            report VARCHAR, created_by VARCHAR, created_at TIMESTAMP, changed_at TIMESTAMP)\
          """,
          // two rows of a user who was two when the list was brought in may be the same
          "CREATE TABLE IF NOT EXISTS list_member (list INTEGER, user_key BIGINT)",
          """
          CREATE TABLE IF NOT EXISTS ledger_snapshot (
            campaign INTEGER, pos BIGINT, zone VARCHAR, data BLOB)\
          """,
          // what was accepted and cannot be applied, as it lies in the journal
          "CREATE TABLE IF NOT EXISTS set_aside (journal BIGINT, reason VARCHAR, entry BLOB)",
          // who was deleted: identities (0) and addresses (1), as hashes with the key beside
          "CREATE TABLE IF NOT EXISTS tombstone (kind UTINYINT, hash BIGINT, \"at\" TIMESTAMP)",
          "CREATE TABLE IF NOT EXISTS tombstone_key (first BIGINT, second BIGINT)");

  public static final List<FactMigration> MIGRATIONS =
      List.of(
          FactMigration.of(
              "which program wrote the folder",
              "CREATE TABLE schema_history (version INTEGER, purpose VARCHAR, program VARCHAR)"),
          FactMigration.of(
              "which installation the facts belong to",
              "CREATE TABLE installation (id VARCHAR, start BIGINT)"),
          // property_times tells of folded operators; profiles are brought within limits once
          FactMigration.of(
              "limits of profiles", "INSERT INTO progress VALUES ('" + REFUSED + "', 0)"),
          FactMigration.of(
              "entries that could not be applied are dead letters, each with an id",
              "CREATE SEQUENCE dead_letter_id",
              "CREATE TABLE dead_letter (id BIGINT, journal BIGINT, reason VARCHAR, entry BLOB)",
              "INSERT INTO dead_letter"
                  + " SELECT nextval('dead_letter_id'), journal, reason, entry FROM set_aside",
              "DROP TABLE set_aside"),
          // the journal and property_times know it
          FactMigration.of("where changes of profiles stand in what was sent"),
          // revenue_micros: the least BIGINT when the property is there and no amount
          FactMigration.of(
              "amounts as text, and what is no amount",
              """
              UPDATE conversion SET revenue_micros = amount.micros FROM (
                SELECT c.campaign, c.event_id,
                  COALESCE(TRY_CAST(TRY_CAST(
                    CASE WHEN json_type(e.properties, g.pointer) IN ('BIGINT', 'UBIGINT', 'DOUBLE')
                      OR regexp_full_match(
                        trim(json_extract_string(e.properties, g.pointer)),
                        '[+-]?([0-9]{1,12}([.][0-9]{0,50})?|[.][0-9]{1,50})')
                    THEN trim(json_extract_string(e.properties, g.pointer)) END
                    AS DECIMAL(18, 6)) * 1000000 AS BIGINT), -9223372036854775808) AS micros
                FROM conversion c JOIN event e ON e.event_id = c.event_id
                JOIN (SELECT campaign, '/' || replace(replace(
                        revenue_property, '~', '~0'), '/', '~1') AS pointer
                      FROM goal WHERE revenue_property IS NOT NULL) g ON g.campaign = c.campaign
                WHERE c.revenue_micros = 0 AND json_exists(e.properties, g.pointer)
                  AND json_type(e.properties, g.pointer) <> 'NULL') amount
              WHERE conversion.campaign = amount.campaign
                AND conversion.event_id = amount.event_id\
              """,
              "DELETE FROM ledger_snapshot"),
          FactMigration.of("one spelling for each phone number", SpellingMigration.STATEMENTS),
          FactMigration.of(
              "people without a phone number, and what is no reply",
              // address: a phone number, or another id of the same person
              """
              CREATE TABLE scoped_id (
                channel VARCHAR, name VARCHAR, name_key BIGINT, address VARCHAR)\
              """,
              // who messages went to whose ids of the provider's are not known yet
              """
              CREATE TABLE awaited_recipient (
                channel VARCHAR, name VARCHAR, provider_key BIGINT)\
              """,
              // what was said from the address until then holds for the new one
              """
              CREATE TABLE address_change (
                channel VARCHAR, address VARCHAR, address_key BIGINT, new_address VARCHAR,
                new_key BIGINT, "at" TIMESTAMP)\
              """,
              "ALTER TABLE incoming ADD COLUMN reply BOOLEAN DEFAULT true",
              "ALTER TABLE consent ADD COLUMN connection INTEGER DEFAULT 0"),
          FactMigration.of(
              "the phone numbers that users had",
              "ALTER TABLE profile ADD COLUMN phones VARCHAR",
              // of users who had several, also the present one; left_at: far off for that
              "CREATE TABLE phone_of (user_key BIGINT, address VARCHAR, left_at TIMESTAMP)"),
          // the journal knows it too
          FactMigration.of(
              "what came by keys of apps and pages",
              "ALTER TABLE event ADD COLUMN trusted BOOLEAN DEFAULT true",
              "ALTER TABLE goal ADD COLUMN trusted_only BOOLEAN DEFAULT true",
              // names of events that came so
              "CREATE TABLE public_event (name VARCHAR)",
              "INSERT INTO progress VALUES ('" + CONTACTS_REFUSED + "', 0)"),
          FactMigration.of(
              "events whose time has not come",
              // pos and at of the event; before, goals counted it as it came
              "CREATE TABLE event_ahead (pos BIGINT, \"at\" TIMESTAMP)",
              """
              INSERT INTO event_ahead SELECT pos, "at" FROM event
              WHERE "at" > (SELECT max(received_at) FROM event)\
              """),
          FactMigration.of(
              "addresses of whatever kind are endpoints",
              // kind: as EndpointKind says; address: null where what was given is not valid;
              // left_at: null while it is the user's
              """
              CREATE TABLE endpoint (
                user_key BIGINT, kind UTINYINT, address VARCHAR, left_at TIMESTAMP,
                device VARCHAR, device_hash BIGINT, platform VARCHAR, os VARCHAR, model VARCHAR, allowed BOOLEAN,
                registered_at TIMESTAMP)\
              """,
              // a number that was given and taken back
              """
              INSERT INTO endpoint (user_key, kind, address, left_at)
              SELECT user_key, 1, split_part(phones, ':', 1), TIMESTAMP '9999-01-01 00:00:00'
              FROM profile WHERE phone_state <> 1 AND NOT contains(phones, ' ')\
              """,
              // channels on which profiles refuse messages
              "CREATE TABLE opt_out (user_key BIGINT, channel VARCHAR)",
              """
              INSERT INTO endpoint (user_key, kind, address)
              SELECT user_key, 1, CASE WHEN phone_state = 1 THEN phone END
              FROM profile WHERE phone_state > 0\
              """,
              """
              INSERT INTO endpoint (user_key, kind, address, left_at)
              SELECT o.user_key, 1, o.address, o.left_at FROM phone_of o
              WHERE NOT EXISTS (FROM profile p WHERE p.user_key = o.user_key
                AND p.phone = o.address AND p.phone_state = 1)\
              """,
              """
              INSERT INTO endpoint (user_key, kind, address)
              SELECT user_key, 2, CASE WHEN regexp_full_match(lower(trim(email)),
                '[^@\\s]+@[^@\\s]+') THEN lower(trim(email)) END
              FROM profile WHERE email IS NOT NULL\
              """,
              """
              INSERT INTO opt_out
              SELECT user_key, 'whatsapp' FROM profile WHERE NOT subscribed_whatsapp
              UNION ALL SELECT user_key, 'sms' FROM profile WHERE NOT subscribed_sms
              UNION ALL SELECT user_key, 'push' FROM profile WHERE NOT subscribed_push
              UNION ALL SELECT user_key, 'email' FROM profile WHERE NOT subscribed_email\
              """,
              // what merging reads of them
              "ALTER TABLE profile ADD COLUMN contacts VARCHAR",
              """
              UPDATE profile SET contacts = concat_ws(chr(10),
                CASE WHEN phone_state > 0 OR phones IS NOT NULL THEN concat_ws(' ', 'phone',
                  CASE phone_state WHEN 1 THEN phone WHEN 2 THEN '!' ELSE '-' END, phones) END,
                CASE WHEN email IS NOT NULL THEN 'email ' || coalesce((SELECT url_encode(e.address)
                  FROM endpoint e WHERE e.user_key = profile.user_key AND e.kind = 2), '!') END,
                CASE WHEN NOT (subscribed_whatsapp AND subscribed_sms AND subscribed_push
                  AND subscribed_email) THEN concat_ws(' ', 'refuses',
                    CASE WHEN NOT subscribed_email THEN 'email' END,
                    CASE WHEN NOT subscribed_push THEN 'push' END,
                    CASE WHEN NOT subscribed_sms THEN 'sms' END,
                    CASE WHEN NOT subscribed_whatsapp THEN 'whatsapp' END) END)\
              """,
              "ALTER TABLE profile DROP COLUMN phone",
              "ALTER TABLE profile DROP COLUMN phone_state",
              "ALTER TABLE profile DROP COLUMN subscribed_whatsapp",
              "ALTER TABLE profile DROP COLUMN subscribed_sms",
              "ALTER TABLE profile DROP COLUMN subscribed_push",
              "ALTER TABLE profile DROP COLUMN subscribed_email",
              "ALTER TABLE profile DROP COLUMN email",
              "ALTER TABLE profile DROP COLUMN phones",
              "DROP TABLE phone_of",
              // what planning settled of where a message goes
              "ALTER TABLE message ADD COLUMN connection INTEGER",
              "ALTER TABLE message ADD COLUMN platform VARCHAR",
              "ALTER TABLE message ADD COLUMN os VARCHAR",
              "ALTER TABLE message ADD COLUMN model VARCHAR",
              // a number in the place of the address, whatever its kind
              "ALTER TABLE send RENAME COLUMN address_key TO address_hash",
              "ALTER TABLE incoming RENAME COLUMN address_key TO address_hash",
              "ALTER TABLE address_change RENAME COLUMN address_key TO address_hash",
              "ALTER TABLE address_change RENAME COLUMN new_key TO new_hash"),
          // the journal knows both too
          FactMigration.of(
              "ids of what statuses tell, and addresses that are dead",
              "ALTER TABLE unmatched ADD COLUMN event VARCHAR",
              // until the address is registered anew; the latest by at counts
              """
              CREATE TABLE dead_endpoint (
                channel VARCHAR, address VARCHAR, code VARCHAR, "at" TIMESTAMP)\
              """),
          FactMigration.of(
              "goal events at every message whose window holds them",
              RecipientMigration.STATEMENTS),
          // only profiles that changed since format 13 said so
          FactMigration.of(
              "profiles that refuse Facebook",
              """
              CREATE TABLE refuses_facebook AS SELECT user_key FROM profile
              WHERE CASE WHEN contains(properties, '"MSG-facebook"')
                  THEN json_type(properties, '/MSG-facebook') = 'BOOLEAN'
                    AND json_extract_string(properties, '/MSG-facebook') = 'false' END
                AND user_key NOT IN (SELECT user_key FROM opt_out WHERE channel = 'facebook')\
              """,
              "INSERT INTO opt_out SELECT user_key, 'facebook' FROM refuses_facebook",
              """
              UPDATE profile SET contacts = CASE WHEN regexp_matches(contacts, '(^|\\n)refuses ')
                THEN regexp_replace(contacts, '(^|\\n)refuses( email)?', '\\1refuses\\2 facebook')
                ELSE concat_ws(chr(10), nullif(contacts, ''), 'refuses facebook') END
              WHERE user_key IN (SELECT user_key FROM refuses_facebook)\
              """,
              "DROP TABLE refuses_facebook"));

  private FactSchema() {}

  /**
   * Creates the tables, or carries those of an earlier version over.
   *
   * @throws NewerFormatException when they are of a later version; nothing is changed
   */
  public static void create(Connection connection) throws SQLException {
    create(connection, MIGRATIONS);
  }

  public static void create(Connection connection, List<FactMigration> migrations)
      throws SQLException {
    int latest = 1 + migrations.size();
    int version = version(connection);
    if (version > latest) {
      throw new NewerFormatException(
          "The facts were written by a newer version of Carillon"
              + writer(connection).map(program -> " (" + program + ")").orElse("")
              + ": their format is "
              + version
              + ", and this program knows formats up to "
              + latest
              + ".");
    }
    if (version <= 1) {
      inTransaction(connection, FactSchema::first);
    }
    for (int next = Math.max(version, 1) + 1; next <= latest; next++) {
      migrate(connection, next, migrations.get(next - 2));
      if (version > 0) {
        log.info("The facts were carried over to format {}", next);
      }
    }
    if (version < latest) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT");
      }
    }
  }

  private static void migrate(Connection connection, int version, FactMigration migration)
      throws SQLException {
    inTransaction(
        connection,
        statement -> {
          migration.run(statement);
          statement.execute("UPDATE progress SET value = " + version + " WHERE name = 'version'");
          try (PreparedStatement note =
              connection.prepareStatement("INSERT INTO schema_history VALUES (?, ?, ?)")) {
            note.setInt(1, version);
            note.setString(2, migration.purpose());
            note.setString(3, program());
            note.executeUpdate();
          }
        });
  }

  /** The version of the tables that are there; 0 when there are none. */
  private static int version(Connection connection) throws SQLException {
    if (!has(connection, "progress")) {
      return 0;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT value FROM progress WHERE name = 'version'")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** The program that wrote the latest version. */
  private static Optional<String> writer(Connection connection) throws SQLException {
    if (!has(connection, "schema_history")) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT program FROM schema_history ORDER BY version DESC LIMIT 1")) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  private static boolean has(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM duckdb_tables() WHERE table_name = '" + table + "'")) {
      return row.next() && row.getInt(1) > 0;
    }
  }

  /** This program's version, as its archive says it. */
  private static String program() {
    String version = FactSchema.class.getPackage().getImplementationVersion();
    return version == null ? "a development build" : version;
  }

  private static void first(Statement statement) throws SQLException {
    for (String table : FIRST) {
      statement.execute(table);
    }
    statement.execute(
        "INSERT INTO progress SELECT * FROM (VALUES ('version', 1), ('journal', 0), ('pos', 0))"
            + " WHERE NOT EXISTS (FROM progress)");
    statement.execute(
        "INSERT INTO progress SELECT 'dropped', 0"
            + " WHERE NOT EXISTS (FROM progress WHERE name = 'dropped')");
    SecureRandom random = new SecureRandom();
    statement.execute(
        "INSERT INTO tombstone_key SELECT "
            + (random.nextLong() >> 1)
            + ", "
            + (random.nextLong() >> 1)
            + " WHERE NOT EXISTS (FROM tombstone_key)");
  }

  private interface Work {
    void run(Statement statement) throws SQLException;
  }

  private static void inTransaction(Connection connection, Work work) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION");
      try {
        work.run(statement);
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException failed) {
        try {
          statement.execute("ROLLBACK");
        } catch (SQLException ended) {
          failed.addSuppressed(ended);
        }
        throw failed;
      }
    }
  }
}
