package dev.carillon.engine.intake;

import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * The one door to the store for everything that comes from outside: it bounds what may wait, and
 * returns only when the store has made it durable. Thread-safe; the store writes the batches of
 * waiting callers together.
 */
public final class Intake {
  private final EntryJournal store;
  private final int capacity;
  private final int capacityBytes;
  private final Semaphore room;
  private final Semaphore roomBytes;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder turnedAway = new LongAdder();
  private final LongAdder placeholderIds = new LongAdder();
  private final LongAdder tokensMissing = new LongAdder();

  /**
   * @param capacity how many entries may wait to become durable, 1 or more
   * @param capacityBytes how many bytes they may take together, 1 or more; a single request that is
   *     larger is taken when nothing else waits
   */
  public Intake(EntryJournal store, int capacity, int capacityBytes) {
    this.store = store;
    this.capacity = capacity;
    this.capacityBytes = capacityBytes;
    this.room = new Semaphore(capacity);
    this.roomBytes = new Semaphore(capacityBytes);
  }

  /**
   * Keeps what is to be kept of a body, all or nothing, and counts what its source does wrong.
   *
   * @throws OverloadedException as {@link #accept(List)}
   * @throws dev.carillon.engine.port.StoreUnavailableException as {@link #accept(List)}
   */
  public void accept(Upload upload) {
    accept(upload.entries());
    placeholderIds.add(upload.placeholderIds());
    tokensMissing.add(upload.tokensMissing());
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
    int bytes = bytes(entries);
    if (!room.tryAcquire(size)) {
      turnedAway.add(entries.size());
      throw new OverloadedException();
    }
    try {
      if (!roomBytes.tryAcquire(bytes)) {
        turnedAway.add(entries.size());
        throw new OverloadedException();
      }
      try {
        store.append(List.copyOf(entries));
      } finally {
        roomBytes.release(bytes);
      }
    } finally {
      room.release(size);
    }
    accepted.add(entries.size());
  }

  private int bytes(List<? extends Entry> entries) {
    long bytes = 0;
    for (Entry entry : entries) {
      bytes += entry.bytes();
    }
    return (int) Math.min(bytes, capacityBytes);
  }

  /** How many entries became durable since the start. */
  public long accepted() {
    return accepted.sum();
  }

  /** How many entries were turned away for want of room since the start. */
  public long turnedAway() {
    return turnedAway.sum();
  }

  /** How many ids were placeholders such as {@code "null"} since the start. */
  public long placeholderIds() {
    return placeholderIds.sum();
  }

  /** How many records lacked the identity token that they needed, since the start. */
  public long tokensMissing() {
    return tokensMissing.sum();
  }

  /** How many bytes of entries wait to become durable now. */
  public int waitingBytes() {
    return capacityBytes - roomBytes.availablePermits();
  }

  /** How many entries wait to become durable now. */
  public int waiting() {
    return capacity - room.availablePermits();
  }
}
