package dev.carillon.engine.reporting;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.engine.port.FactStore.Applied;
import dev.carillon.engine.port.LedgerStore;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The ledgers in memory, kept up to date with the store; the one not used for longest goes when
 * there are too many, or when their campaigns have too many messages together. Thread-safe.
 */
final class Ledgers {
  /** With some seven bytes a message these are about 400 MB. */
  static final long MOST_MESSAGES = 60_000_000;

  private final LedgerStore store;
  private final int capacity;
  private final Map<Integer, HeldLedger> held = new ConcurrentHashMap<>();
  private final AtomicLong uses = new AtomicLong();

  Ledgers(LedgerStore store, int capacity) {
    this.store = store;
    this.capacity = capacity;
  }

  /**
   * Reads a campaign's ledger; nobody writes to it meanwhile. One of another zone is let go, and
   * made again from the facts.
   *
   * @param zone decides days
   * @param planned how many messages the campaign has
   */
  <T> T read(int campaign, ZoneId zone, int planned, Function<Ledger, T> reader) {
    HeldLedger one =
        held.compute(
            campaign,
            (id, known) ->
                known != null && known.zone().equals(zone)
                    ? known
                    : new HeldLedger(zone, () -> store.loadLedger(id, zone)));
    one.used(uses.incrementAndGet());
    T result = one.read(planned, reader);
    letGo(one);
    return result;
  }

  private void letGo(HeldLedger justUsed) {
    while (held.size() > capacity || messages() > MOST_MESSAGES) {
      Optional<Map.Entry<Integer, HeldLedger>> oldest =
          held.entrySet().stream()
              .filter(entry -> entry.getValue() != justUsed)
              .min(Comparator.comparingLong(entry -> entry.getValue().lastUse()));
      if (oldest.isEmpty()) {
        return;
      }
      held.remove(oldest.get().getKey(), oldest.get().getValue());
    }
  }

  private long messages() {
    return held.values().stream().mapToLong(HeldLedger::planned).sum();
  }

  /** How many ledgers are in memory. */
  int size() {
    return held.size();
  }

  /** Tells the ledgers in memory what became readable. */
  void applied(Applied applied) {
    applied
        .facts()
        .forEach(
            fact ->
                Optional.ofNullable(held.get(fact.campaign())).ifPresent(one -> one.told(fact)));
    applied
        .goalEvents()
        .forEach(
            event ->
                Optional.ofNullable(held.get(event.campaign())).ifPresent(one -> one.told(event)));
  }
}
