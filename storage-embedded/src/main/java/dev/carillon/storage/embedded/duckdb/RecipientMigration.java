package dev.carillon.storage.embedded.duckdb;

/**
 * Brings goal events that were kept at one message of each user to all of the user's messages whose
 * windows hold them, with what follows from it. What it knows of kinds of facts is of that day and
 * stays as it is.
 */
final class RecipientMigration {
  static final String[] STATEMENTS = {
    """
    CREATE TABLE more_conversion AS
    SELECT DISTINCT c.campaign, s.seq, c.event_id, c."at", c.revenue_micros
    FROM conversion c
    JOIN send f ON f.campaign = c.campaign AND f.seq = c.seq
    JOIN send s ON s.campaign = f.campaign AND s.user_key = f.user_key AND s.seq <> f.seq
    JOIN goal g ON g.campaign = c.campaign
    WHERE c."at" >= s."at" AND c."at" < s."at" + to_microseconds(g.window_micros)
      AND NOT EXISTS (FROM conversion k WHERE k.campaign = c.campaign AND k.seq = s.seq
        AND k.event_id = c.event_id)""",
    """
    CREATE TABLE more_fact AS
    WITH told AS (
      SELECT campaign, event, min(received_at) AS received_at FROM fact WHERE kind = 15
      GROUP BY campaign, event)
    SELECT m.campaign, m.seq, 15::UTINYINT AS kind, m.event_id, m."at", t.received_at
    FROM more_conversion m
    JOIN told t ON t.campaign = m.campaign AND t.event = m.event_id::VARCHAR
    UNION
    SELECT m.campaign, m.seq, CASE f.kind WHEN 10 THEN 16 ELSE 17 END::UTINYINT, m.event_id,
      m."at", t.received_at
    FROM more_conversion m
    JOIN told t ON t.campaign = m.campaign AND t.event = m.event_id::VARCHAR
    JOIN fact f ON f.campaign = m.campaign AND f.seq = m.seq AND f.kind IN (10, 11)
      AND f."at" <= m."at"
    UNION
    SELECT m.campaign, m.seq, 18::UTINYINT, m.event_id, m."at", t.received_at
    FROM more_conversion m
    JOIN told t ON t.campaign = m.campaign AND t.event = m.event_id::VARCHAR
    WHERE EXISTS (FROM conversion o WHERE o.event_id = m.event_id AND o.campaign <> m.campaign)""",
    """
    INSERT INTO conversion
    SELECT (SELECT value FROM progress WHERE name = 'pos')
      + row_number() OVER (ORDER BY campaign, event_id, seq),
      campaign, seq, event_id, "at", revenue_micros
    FROM more_conversion""",
    """
    INSERT INTO fact
    SELECT (SELECT value FROM progress WHERE name = 'pos') + (SELECT count(*) FROM more_conversion)
      + row_number() OVER (ORDER BY campaign, event_id, seq, kind),
      campaign, seq, kind, NULL, event_id::VARCHAR, "at", received_at, NULL, 0
    FROM more_fact""",
    """
    UPDATE progress SET value = value + (SELECT count(*) FROM more_conversion)
      + (SELECT count(*) FROM more_fact)
    WHERE name = 'pos'""",
    "DROP TABLE more_fact",
    "DROP TABLE more_conversion",
    "DELETE FROM ledger_snapshot"
  };

  private RecipientMigration() {}
}
