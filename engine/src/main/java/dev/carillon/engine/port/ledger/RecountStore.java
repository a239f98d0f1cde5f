package dev.carillon.engine.port.ledger;

import java.time.ZoneId;
import java.util.function.IntConsumer;

/** Counts numbers again without ledgers. */
public interface RecountStore {

  /**
   * Counts every number of a campaign again by plain SQL over messages and facts, without ledger or
   * snapshot. Keys are those of {@link Recount}.
   */
  default Recount recount(int campaign, ZoneId zone) {
    return recount(campaign, zone, planned -> {});
  }

  /**
   * Counts again like {@link #recount(int, ZoneId)}, of one moment: while {@code still} runs, what
   * is counted is exactly what listeners got and what can be read, for nothing that is appended
   * becomes readable. It must be quick, and must not wait for the store to settle. Counting goes on
   * afterwards, and so does everything else.
   *
   * @param still is given how many messages of the campaign are planned at that moment. Only a run
   *     that is planned meanwhile can be read too early: then more are there.
   */
  Recount recount(int campaign, ZoneId zone, IntConsumer still);
}
