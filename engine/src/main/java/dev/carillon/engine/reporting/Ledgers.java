package dev.carillon.engine.reporting;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.ledger.LedgerStore;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers in memory, kept up to date with the store; the one not used for longest goes when
 * there are too many, or when they take too much memory together, and the one with the most facts
 * that nobody came to read when those do. What went is loaded again when somebody looks.
 * Thread-safe.
 */
final class Ledgers {
  private static final long MOST_PENDING_BYTES = 32L << 20;

  /** What part of the heap ledgers may take, and what part the facts that wait for them. */
  private static final int LEDGERS_OF_HEAP = 5;

  private static final int PENDING_OF_HEAP = 64;

  private final LedgerStore store;
  private final int capacity;
  private final long mostBytes;
  private final long mostPendingBytes;
  private final Map<Integer, CachedLedger> held = new ConcurrentHashMap<>();
  private final AtomicLong uses = new AtomicLong();

  /**
   * @param capacity how many ledgers, 1 or more
   * @param mostBytes how much memory they take together; one alone may take more
   * @param mostPendingBytes how much memory is taken by facts that wait to be added to them
   */
  Ledgers(LedgerStore store, int capacity, long mostBytes, long mostPendingBytes) {
    this.store = store;
    this.capacity = capacity;
    this.mostBytes = mostBytes;
    this.mostPendingBytes = mostPendingBytes;
  }

  /** Ledgers that fit a heap of this size. */
  static Ledgers within(long heapBytes, LedgerStore store, int capacity) {
    return new Ledgers(
        store,
        capacity,
        heapBytes / LEDGERS_OF_HEAP,
        Math.min(MOST_PENDING_BYTES, heapBytes / PENDING_OF_HEAP));
  }

  /**
   * Reads a campaign's ledger; nobody writes to it meanwhile. One of another zone is let go, and
   * made again from the facts.
   *
   * @param zone decides days
   * @param planned how many messages the campaign has
   */
  <T> T read(int campaign, ZoneId zone, int planned, Function<Ledger, T> reader) {
    CachedLedger one =
        held.compute(
            campaign,
            (id, known) ->
                known != null && known.zone().equals(zone)
                    ? known
                    : new CachedLedger(id, zone, () -> store.loadLedger(id, zone)));
    one.used(uses.incrementAndGet());
    T result = one.read(planned, reader);
    while (held.size() > capacity || bytes() > mostBytes) {
      if (!letGo(ledger -> ledger != one, Comparator.comparingLong(CachedLedger::lastUse))) {
        break;
      }
    }
    return result;
  }

  /** Lets the first of the eligible ledgers go; false when there is none. */
  private boolean letGo(Predicate<CachedLedger> eligible, Comparator<CachedLedger> order) {
    Optional<Map.Entry<Integer, CachedLedger>> first =
        held.entrySet().stream()
            .filter(entry -> eligible.test(entry.getValue()))
            .min(Map.Entry.comparingByValue(order));
    first.ifPresent(
        entry -> {
          held.remove(entry.getKey(), entry.getValue());
          entry.getValue().dropPending();
        });
    return first.isPresent();
  }

  private long bytes() {
    return held.values().stream().mapToLong(CachedLedger::bytes).sum();
  }

  /** How much memory is taken by facts that wait to be added to ledgers. */
  long pendingBytes() {
    return held.values().stream().mapToLong(CachedLedger::pendingBytes).sum();
  }

  /** How many ledgers are in memory. */
  int size() {
    return held.size();
  }

  /** Tells the ledgers in memory what became readable. */
  void applied(Applied applied) {
    try {
      note(applied);
      while (pendingBytes() > mostPendingBytes) {
        letGo(_ -> true, Comparator.comparingLong(CachedLedger::pendingBytes).reversed());
      }
    } catch (RuntimeException | Error failure) {
      // A ledger that missed a fact would show wrong numbers: all are made again.
      held.values().forEach(CachedLedger::dropPending);
      held.clear();
      throw failure;
    }
  }

  private void note(Applied applied) {
    int campaign = -1;
    @Nullable CachedLedger one = null;
    for (Fact fact : applied.facts()) {
      if (fact.campaign() != campaign) {
        campaign = fact.campaign();
        one = held.get(campaign);
      }
      if (one != null) {
        one.apply(fact);
      }
    }
    for (GoalEvent event : applied.goalEvents()) {
      one = held.get(event.campaign());
      if (one != null) {
        one.apply(event);
      }
    }
  }
}
