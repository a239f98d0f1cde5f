package dev.carillon.storage.embedded.tables;

import dev.carillon.engine.port.campaign.PlannedCount;
import dev.carillon.engine.port.facts.FactsStamp;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which installation the facts belong to, and what they know of the metadata beside them. */
public final class StampTable {
  private StampTable() {}

  public static Optional<FactsStamp> find(DuckSession session) throws SQLException {
    return session.first(
        "SELECT id, start FROM installation",
        row -> new FactsStamp(UUID.fromString(row.getString(1)), row.getLong(2)));
  }

  /** Replaces the stamp, durably. */
  public static void put(DuckSession session, FactsStamp stamp) throws SQLException {
    session.execute("BEGIN TRANSACTION");
    session.execute("DELETE FROM installation");
    session.update(
        "INSERT INTO installation VALUES (?, ?)", stamp.installation().toString(), stamp.start());
    session.execute("COMMIT");
  }

  public static List<PlannedCount> planned(DuckSession session) throws SQLException {
    return session.list(
        "SELECT campaign, run, first_seq, count FROM run",
        row -> new PlannedCount(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)));
  }
}
