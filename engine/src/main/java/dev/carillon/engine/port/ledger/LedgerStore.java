package dev.carillon.engine.port.ledger;

import dev.carillon.core.ledger.Ledger;
import java.time.ZoneId;

/** Ledgers made from what is kept. */
public interface LedgerStore {

  /**
   * The ledger of a campaign with at least everything that was readable when this was called: from
   * the last snapshot and the facts since. Empty for a campaign without planned runs.
   */
  Ledger loadLedger(int campaign, ZoneId zone);

  /**
   * Writes a snapshot of the campaign's ledger as it can be read now, so that the next load is
   * quick. Loses nothing if it fails.
   */
  void snapshotLedger(int campaign, ZoneId zone);
}
