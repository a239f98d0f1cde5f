package dev.carillon.storage.embedded.facts;

import java.sql.SQLException;

/** How far applying has come: the journal's position, and the number of the last row. */
final class Progress {
  private long journal;
  private long row;
  private long rowBefore;
  private long committed;

  /** Takes up what the last commit left. */
  void load(DuckSession session) throws SQLException {
    journal = journalPosition(session);
    row = session.number("SELECT value FROM progress WHERE name = 'pos'");
    rowBefore = row;
    committed = row;
  }

  /** Position of the next journal entry to apply, by the last commit. */
  static long journalPosition(DuckSession session) throws SQLException {
    return session.number("SELECT value FROM progress WHERE name = 'journal'");
  }

  /** Position of the next journal entry to apply. */
  long journal() {
    return journal;
  }

  /** The number of the last row before this part of the batch; its own rows have greater ones. */
  long rowBefore() {
    return rowBefore;
  }

  long nextRow() {
    return ++row;
  }

  /** What follows in this transaction is another part. */
  void nextPart() {
    rowBefore = row;
  }

  void store(DuckSession session, long journalPosition) throws SQLException {
    session.update(
        """
        UPDATE progress SET value = CASE name WHEN 'journal' THEN ? ELSE ? END
        WHERE name IN ('journal', 'pos')""",
        journalPosition,
        row);
  }

  void committed(long journalPosition) {
    journal = journalPosition;
    rowBefore = row;
    committed = row;
  }

  void rolledBack() {
    row = committed;
    rowBefore = committed;
  }
}
