package dev.carillon.engine.port.ledger;

import dev.carillon.core.ledger.Ledger;
import java.time.ZoneId;
import java.util.function.IntConsumer;

/** Ledgers made from what is kept, and numbers recounted without them. */
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

  /**
   * Counts every number of a campaign again by plain SQL over messages and facts, without ledger or
   * snapshot. Keys are those of {@link Recount}.
   */
  default Recount recount(int campaign, ZoneId zone) {
    return recount(campaign, zone, planned -> {});
  }

  /**
   * Counts again like {@link #recount(int, ZoneId)}, of one moment: while {@code still} runs, what
   * is counted is exactly what listeners were told and what can be read, for nothing that is
   * appended becomes readable. It must be quick, and must not wait for the store to settle.
   * Counting goes on afterwards, and so does everything else.
   *
   * @param still is given how many messages of the campaign are planned at that moment. Only a run
   *     that is planned meanwhile can be read too early: then more are there.
   */
  Recount recount(int campaign, ZoneId zone, IntConsumer still);
}
