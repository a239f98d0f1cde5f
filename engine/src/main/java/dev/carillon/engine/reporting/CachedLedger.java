package dev.carillon.engine.reporting;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PendingFacts;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import java.time.ZoneId;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's ledger in memory. What becomes readable is noted in an instant and added by the next
 * reader, so that the store never waits for a report. Whatever is noted while the ledger is being
 * loaded is added after, twice if need be: adding is set union. Thread-safe.
 */
final class CachedLedger {
  /**
   * What a report derives from a ledger and keeps until it changes: some thirty sets of all
   * messages, of a bit a message each.
   */
  private static final int DERIVED_BYTES_A_MESSAGE = 4;

  /** Measuring costs a look at every set, so it is done again only after many additions. */
  private static final int MEASURED_AGAIN_AFTER = 50_000;

  private final int campaign;
  private final ZoneId zone;
  private final Supplier<Ledger> loader;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** Guarded by the lock. */
  private @Nullable Ledger ledger;

  /** What was added since it was measured. Guarded by the lock. */
  private int addedSince;

  private final Pending pending;
  private volatile int planned;
  private volatile long bytes;
  private volatile long lastUse;

  /**
   * @param zone that the ledger's days are of
   */
  CachedLedger(int campaign, ZoneId zone, Supplier<Ledger> loader) {
    this.campaign = campaign;
    this.zone = zone;
    this.loader = loader;
    this.pending = new Pending();
  }

  ZoneId zone() {
    return zone;
  }

  /** How much memory the ledger takes, about, as when it was last read. */
  long bytes() {
    return bytes;
  }

  /** How much memory is taken by what nobody has come to read yet. */
  long pendingBytes() {
    return pending.bytes;
  }

  long lastUse() {
    return lastUse;
  }

  void used(long use) {
    lastUse = use;
  }

  void apply(Fact fact) {
    pending.put(fact);
  }

  void apply(GoalEvent event) {
    pending.put(event);
  }

  /** Drops what was noted; whoever still reads this ledger loads it again. */
  void dropPending() {
    pending.drop();
  }

  /**
   * Reads the ledger with all facts applied before this call; others may read beside.
   *
   * @param messages how many are planned; a ledger that knows of fewer is loaded again, for
   *     planning sends no facts
   */
  <T> T read(int messages, Function<Ledger, T> reader) {
    lock.readLock().lock();
    try {
      Ledger current = ledger;
      if (current != null && pending.isEmpty() && planned >= messages) {
        return reader.apply(current);
      }
    } finally {
      lock.readLock().unlock();
    }
    Ledger current;
    lock.writeLock().lock();
    try {
      current = upToDate(messages);
      lock.readLock().lock();
    } finally {
      lock.writeLock().unlock();
    }
    try {
      return reader.apply(current);
    } finally {
      lock.readLock().unlock();
    }
  }

  private Ledger upToDate(int messages) {
    Ledger current = pending.wasDropped() ? null : ledger;
    // Whatever fails from here on, nobody reads a ledger that lacks something.
    ledger = null;
    if (current == null || planned < messages) {
      addedSince = MEASURED_AGAIN_AFTER;
      current = loader.get();
    }
    addedSince += pending.addTo(current);
    ledger = current;
    planned = current.planned();
    if (addedSince >= MEASURED_AGAIN_AFTER) {
      addedSince = 0;
      bytes = current.bytes() + (long) DERIVED_BYTES_A_MESSAGE * planned;
    }
    return current;
  }

  /** What was applied since the ledger was last read. */
  private final class Pending {
    private PendingFacts facts = new PendingFacts(campaign, zone);
    private boolean dropped;
    private volatile long bytes;

    synchronized boolean isEmpty() {
      return facts.isEmpty() && !dropped;
    }

    synchronized void put(Fact fact) {
      facts.add(fact);
      bytes = facts.bytes();
    }

    synchronized void put(GoalEvent event) {
      facts.add(event);
      bytes = facts.bytes();
    }

    synchronized void drop() {
      dropped = true;
      taken();
    }

    /** Whether something was dropped; what comes from now on is whole again after a new load. */
    synchronized boolean wasDropped() {
      boolean was = dropped;
      dropped = false;
      return was;
    }

    private synchronized PendingFacts taken() {
      PendingFacts taken = facts;
      facts = new PendingFacts(campaign, zone);
      bytes = 0;
      return taken;
    }

    /** Adds all of it and tells how much it was. */
    int addTo(Ledger ledger) {
      PendingFacts taken = taken();
      if (!taken.isEmpty()) {
        ledger.add(taken);
      }
      return taken.size();
    }
  }
}
