package dev.carillon.storage.embedded.callbacks;

import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.profile.AddressKinds;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.TextHash;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Carries consent on from an address that a person left to the new one: whatever was said from the
 * old one until then, whenever it becomes known. What is said from it later is another person's.
 * For the applier's thread alone.
 */
final class AddressChanges {

  /** The addresses that a change leads from and to, each with the numbers of its ids. */
  private static final String CARRY =
      """
      INSERT INTO consent
      WITH source AS (
        SELECT rowid AS change, channel, address, "at" FROM address_change
        UNION SELECT m.rowid, m.channel, s.address, m."at" FROM address_change m
          JOIN scoped_id s ON s.name_key = m.address_hash AND s.channel = m.channel
          WHERE TRY_CAST(s.address AS BIGINT) IS NOT NULL),
      target AS (
        SELECT rowid AS change, new_address FROM address_change
        UNION SELECT m.rowid, s.address FROM address_change m
          JOIN scoped_id s ON s.name_key = m.new_hash AND s.channel = m.channel
          WHERE TRY_CAST(s.address AS BIGINT) IS NOT NULL)
      SELECT DISTINCT c.channel, t.new_address, c.subscribed, c."at", c.connection
      FROM consent c
      JOIN source f ON f.channel = c.channel AND f.address = c.address AND c."at" <= f."at"
      JOIN target t ON t.change = f.change
      WHERE NOT EXISTS (FROM consent d WHERE d.channel = c.channel
        AND d.address = t.new_address AND d.subscribed = c.subscribed AND d."at" = c."at")""";

  private @Nullable Boolean any;

  void forget() {
    any = null;
  }

  /**
   * Writes the batch's changes, and carries on what is to be carried now.
   *
   * @param learnt whether {@code fresh_id} holds new names
   */
  void write(DuckSession session, ApplyBatch batch, boolean learnt) throws SQLException {
    append(session, batch.moves);
    if (any == null) {
      any = session.number("SELECT count(*) FROM address_change") > 0;
    }
    boolean anyNew =
        !batch.moves.isEmpty()
            || !batch.consents.isEmpty()
            || !batch.aliases.isEmpty()
            || (learnt && concerned(session));
    if (!any || !anyNew) {
      return;
    }
    long carried = 1;
    while (carried > 0) {
      carried = session.update(CARRY);
    }
  }

  private static boolean concerned(DuckSession session) throws SQLException {
    return session.number(
            """
            SELECT count(*) FROM fresh_id f JOIN address_change m
              ON f.name_key = m.address_hash OR f.name_key = m.new_hash""")
        > 0;
  }

  private void append(DuckSession session, List<Entry.AddressChange> moves) throws SQLException {
    if (moves.isEmpty()) {
      return;
    }
    any = true;
    try (DuckDBAppender appender = session.appender("address_change")) {
      for (Entry.AddressChange move : moves) {
        String from = AddressKinds.canonical(move.from());
        String to = AddressKinds.canonical(move.to());
        appender
            .beginRow()
            .append(move.channel().key())
            .append(from)
            .append(TextHash.of(from))
            .append(to)
            .append(TextHash.of(to))
            .appendEpochMicros(Micros.of(move.at()))
            .endRow();
      }
      appender.flush();
    }
  }
}
