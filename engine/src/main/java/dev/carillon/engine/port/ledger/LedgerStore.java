package dev.carillon.engine.port.ledger;

import dev.carillon.core.ledger.Ledger;
import java.time.ZoneId;
import java.util.Map;
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

  /**
   * Numbers counted by SQL.
   *
   * @param counts by the names of the report's counts
   * @param suppressed by reason key
   * @param dispatchErrors by code
   * @param deliveryErrors by code
   * @param daily by ISO day, then by name: sent, delivered, viewed, clicked, replied (messages in
   *     the day of their earliest fact)
   * @param totals by name (clicked, botClicked, replied): distinct events; sharedConverted: sent
   *     messages with a goal event that counts for another campaign too; revenueNotANumber: goal
   *     events of both groups whose revenue property is there and no amount
   * @param revenueMicros of target and control, by those names, in millionths
   * @param variants by the variant's number, then by name; empty for single messages
   */
  record Recount(
      Map<String, Long> counts,
      Map<String, Long> suppressed,
      Map<String, Long> dispatchErrors,
      Map<String, Long> deliveryErrors,
      Map<String, Map<String, Long>> daily,
      Map<String, Long> totals,
      Map<String, Long> revenueMicros,
      Map<String, Map<String, Long>> variants) {}
}
