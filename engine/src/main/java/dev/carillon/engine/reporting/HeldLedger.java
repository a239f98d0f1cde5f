package dev.carillon.engine.reporting;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's ledger in memory. What becomes readable is put aside in an instant and added by the
 * next reader, so that the store never waits for a report. Whatever is told while the ledger is
 * being loaded is added after, twice if need be: adding is set union. Thread-safe.
 */
final class HeldLedger {
  /** Beyond so many facts that nobody came to read, the ledger is let go and loaded again. */
  static final int MOST_ASIDE = 500_000;

  private final ZoneId zone;
  private final Supplier<Ledger> loader;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** Guarded by the lock. */
  private @Nullable Ledger ledger;

  private final Aside aside = new Aside();
  private volatile int planned;
  private volatile long lastUse;

  /**
   * @param zone that the ledger's days are of
   */
  HeldLedger(ZoneId zone, Supplier<Ledger> loader) {
    this.zone = zone;
    this.loader = loader;
  }

  ZoneId zone() {
    return zone;
  }

  /** How many messages the ledger knew of when it was last read. */
  int planned() {
    return planned;
  }

  long lastUse() {
    return lastUse;
  }

  void used(long use) {
    lastUse = use;
  }

  void told(Fact fact) {
    aside.put(fact);
  }

  void told(GoalEvent event) {
    aside.put(event);
  }

  /**
   * Reads the ledger with all that was told before this call; others may read beside.
   *
   * @param messages how many are planned; a ledger that knows of fewer is loaded again, for
   *     planning is not told
   */
  <T> T read(int messages, Function<Ledger, T> reader) {
    lock.readLock().lock();
    try {
      Ledger current = ledger;
      if (current != null && aside.isEmpty() && planned >= messages) {
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
    Ledger current = aside.overflown() ? null : ledger;
    if (current == null || planned < messages) {
      ledger = null;
      current = loader.get();
    }
    aside.addTo(current);
    ledger = current;
    planned = current.planned();
    return current;
  }

  /** What was told since the ledger was last read. */
  private static final class Aside {
    private List<Fact> facts = new ArrayList<>();
    private List<GoalEvent> goalEvents = new ArrayList<>();
    private boolean overflown;

    synchronized boolean isEmpty() {
      return facts.isEmpty() && goalEvents.isEmpty() && !overflown;
    }

    synchronized void put(Fact fact) {
      if (room()) {
        facts.add(fact);
      }
    }

    synchronized void put(GoalEvent event) {
      if (room()) {
        goalEvents.add(event);
      }
    }

    private boolean room() {
      if (facts.size() + goalEvents.size() >= MOST_ASIDE) {
        overflown = true;
        facts = new ArrayList<>();
        goalEvents = new ArrayList<>();
      }
      return !overflown;
    }

    /** Whether something was lost; from now on all is kept again, so that a new load is whole. */
    synchronized boolean overflown() {
      boolean was = overflown;
      overflown = false;
      return was;
    }

    void addTo(Ledger ledger) {
      List<Fact> newFacts;
      List<GoalEvent> newGoalEvents;
      synchronized (this) {
        newFacts = facts;
        newGoalEvents = goalEvents;
        facts = new ArrayList<>();
        goalEvents = new ArrayList<>();
      }
      newFacts.forEach(ledger::add);
      newGoalEvents.forEach(ledger::add);
    }
  }
}
