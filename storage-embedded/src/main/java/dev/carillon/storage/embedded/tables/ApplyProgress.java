package dev.carillon.storage.embedded.tables;

import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.SQLException;

/** How far applying has come: the journal's position, and the number of the last row. */
public final class ApplyProgress {
  private long journal;
  private long row;
  private long rowBefore;
  private long committed;

  /** Takes up what the last commit left. */
  public void load(DuckSession session) throws SQLException {
    journal = journalPosition(session);
    row = session.number("SELECT value FROM progress WHERE name = 'pos'");
    rowBefore = row;
    committed = row;
  }

  /** Position of the next journal entry to apply, by the last commit. */
  public static long journalPosition(DuckSession session) throws SQLException {
    return session.number("SELECT value FROM progress WHERE name = 'journal'");
  }

  /** Position of the next journal entry to apply. */
  public long journal() {
    return journal;
  }

  /** The number of the last row before this part of the batch; its own rows have greater ones. */
  public long rowBefore() {
    return rowBefore;
  }

  public long nextRow() {
    return ++row;
  }

  /** What follows in this transaction is another part. */
  public void nextPart() {
    rowBefore = row;
  }

  public void store(DuckSession session, long journalPosition) throws SQLException {
    session.update(
        """
        UPDATE progress SET value = CASE name WHEN 'journal' THEN ? ELSE ? END
        WHERE name IN ('journal', 'pos')""",
        journalPosition,
        row);
  }

  public void committed(long journalPosition) {
    journal = journalPosition;
    rowBefore = row;
    committed = row;
  }

  public void rolledBack() {
    row = committed;
    rowBefore = committed;
  }
}
