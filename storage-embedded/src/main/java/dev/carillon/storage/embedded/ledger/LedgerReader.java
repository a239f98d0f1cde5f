package dev.carillon.storage.embedded.ledger;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.planning.PlannedRuns;
import dev.carillon.storage.embedded.tables.FactTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes ledgers from a snapshot and the rows since, and keeps snapshots. */
public final class LedgerReader {
  private static final Logger log = LoggerFactory.getLogger(LedgerReader.class);

  private final DuckDatabase database;

  /** A ledger and the number of the last row that is in it. */
  private record Loaded(Ledger ledger, long pos) {}

  public LedgerReader(DuckDatabase database) {
    this.database = database;
  }

  public Ledger load(int campaign, ZoneId zone) {
    return database.read(session -> load(session, campaign, zone)).ledger();
  }

  private static Loaded load(DuckSession session, int campaign, ZoneId zone) throws SQLException {
    long end = session.number("SELECT value FROM progress WHERE name = 'pos'");
    Loaded start =
        snapshot(session, campaign, zone)
            .orElseGet(() -> new Loaded(new Ledger(campaign, zone), 0));
    Ledger ledger = start.ledger();
    for (PlannedRun run : PlannedRuns.from(session, campaign, ledger.planned())) {
      ledger.add(run);
    }
    if (start.pos() < end) {
      addSince(session, ledger, start.pos());
    }
    return new Loaded(ledger, end);
  }

  private static void addSince(DuckSession session, Ledger ledger, long pos) throws SQLException {
    int campaign = ledger.campaign();
    session.each(
        "SELECT * FROM fact WHERE campaign = ? AND pos > ?",
        row -> ledger.add(FactTable.read(row)),
        campaign,
        pos);
    session.each(
        "SELECT * FROM conversion WHERE campaign = ? AND pos > ?",
        row ->
            ledger.add(
                new GoalEvent(
                    campaign,
                    row.getInt("seq"),
                    row.getLong("event_id"),
                    DuckSession.instant(row, "at"),
                    row.getLong("revenue_micros"))),
        campaign,
        pos);
  }

  private static Optional<Loaded> snapshot(DuckSession session, int campaign, ZoneId zone)
      throws SQLException {
    return session
        .first(
            "SELECT pos, data FROM ledger_snapshot WHERE campaign = ? AND zone = ?"
                + " ORDER BY pos DESC LIMIT 1",
            row -> read(row.getLong(1), row.getBytes(2), campaign, zone),
            campaign,
            zone.getId())
        .flatMap(found -> found);
  }

  private static Optional<Loaded> read(long pos, byte[] data, int campaign, ZoneId zone) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(data))) {
      return Optional.of(new Loaded(Ledger.readFrom(in, campaign, zone), pos));
    } catch (IOException anotherVersion) {
      log.info("campaign {}: the ledger is made anew from its facts", campaign);
      return Optional.empty();
    }
  }

  /** Writes a snapshot; one at a time, so that none is written over by an older one. */
  public synchronized void snapshot(int campaign, ZoneId zone) {
    Loaded loaded = database.read(session -> load(session, campaign, zone));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      loaded.ledger().writeTo(out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    try (DuckSession session = database.session()) {
      session.execute("BEGIN TRANSACTION");
      session.update(
          "DELETE FROM ledger_snapshot WHERE campaign = ? AND zone = ?", campaign, zone.getId());
      session.update(
          "INSERT INTO ledger_snapshot VALUES (?, ?, ?, ?)",
          campaign,
          loaded.pos(),
          zone.getId(),
          bytes.toByteArray());
      session.execute("COMMIT");
    } catch (SQLException failed) {
      throw new StoreUnavailableException("the snapshot could not be written", failed);
    }
  }
}
