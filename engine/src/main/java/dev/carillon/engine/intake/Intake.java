package dev.carillon.engine.intake;

import dev.carillon.engine.port.Entry;
import dev.carillon.engine.port.FactStore;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * The one door to the store for everything that comes from outside: it bounds what may wait, and
 * returns only when the store has made it durable. Thread-safe; the store writes the batches of
 * waiting callers together.
 */
public final class Intake {
  private final FactStore store;
  private final int capacity;
  private final Semaphore room;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder turnedAway = new LongAdder();

  /**
   * @param capacity how many entries may wait to become durable, 1 or more
   */
  public Intake(FactStore store, int capacity) {
    this.store = store;
    this.capacity = capacity;
    this.room = new Semaphore(capacity);
  }

  /**
   * Keeps all of the entries or none.
   *
   * @throws OverloadedException when too much waits already; nothing was kept
   * @throws dev.carillon.engine.port.StoreUnavailableException when the store cannot keep them;
   *     nothing was kept
   */
  public void accept(List<? extends Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    int size = Math.min(entries.size(), capacity);
    if (!room.tryAcquire(size)) {
      turnedAway.add(entries.size());
      throw new OverloadedException();
    }
    try {
      store.append(List.copyOf(entries));
    } finally {
      room.release(size);
    }
    accepted.add(entries.size());
  }

  /** How many entries became durable since the start. */
  public long accepted() {
    return accepted.sum();
  }

  /** How many entries were turned away for want of room since the start. */
  public long turnedAway() {
    return turnedAway.sum();
  }

  /** How many entries wait to become durable now. */
  public int waiting() {
    return capacity - room.availablePermits();
  }
}
