package dev.carillon.storage.embedded.facts;

import dev.carillon.engine.port.Entry;
import dev.carillon.engine.port.StoreUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that makes durable entries readable: it takes whatever waits, applies it in one
 * transaction, and goes on. Entries wait in memory up to a limit; beyond it they are read back from
 * the journal, as they are after a crash.
 */
final class Applier implements Journal.Listener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Applier.class);
  private static final long MOST_BYTES_WAITING = 64L << 20;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** How long after a transaction the next one waits for more. */
  private static final Duration LINGER = Duration.ofMillis(50);

  /** Applies a batch wholly or not at all; afterwards the store stands at the position. */
  interface Target {
    void apply(Batch batch, long position) throws SQLException;

    /** Makes the store usable again after a failure, if it can. */
    void recover() throws SQLException;

    /** Frees what is not needed once everything before the position is applied. */
    void applied(long position) throws IOException;
  }

  private record Waiting(long first, List<Entry> entries, int bytes) {}

  private final Target target;
  private final int batchEntries;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Thread thread = Thread.ofPlatform().name("applier").daemon().unstarted(this::run);
  private long waitingBytes;
  private boolean overflown;
  private long durable;
  private long applied;
  private long lastApplied = System.nanoTime() - LINGER.toNanos();
  private int settling;
  private boolean closing;
  private @Nullable Exception failure;
  private @Nullable Journal journal;

  Applier(Target target, int batchEntries) {
    this.target = target;
    this.batchEntries = batchEntries;
  }

  /**
   * @param from position of the first entry that is not applied
   */
  void start(Journal from, long position) {
    lock.lock();
    try {
      journal = from;
      applied = position;
      durable = from.end();
      overflown = applied < durable;
    } finally {
      lock.unlock();
    }
    thread.start();
  }

  @Override
  public void durable(long first, List<Entry> entries, int bytes) {
    lock.lock();
    try {
      durable = first + entries.size();
      if (overflown || (waitingBytes > 0 && waitingBytes + bytes > MOST_BYTES_WAITING)) {
        overflown = true;
      } else {
        waiting.add(new Waiting(first, entries, bytes));
        waitingBytes += bytes;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long backlog() {
    lock.lock();
    try {
      return durable - applied;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that is durable now is applied.
   *
   * @throws StoreUnavailableException when the store cannot take it now
   */
  void settle() {
    lock.lock();
    try {
      long until = durable;
      settling++;
      changed.signalAll();
      while (applied < until) {
        if (closing || failure != null) {
          throw new StoreUnavailableException(
              "what was appended cannot be applied now",
              failure == null ? new IllegalStateException("closing") : failure);
        }
        changed.awaitUninterruptibly();
      }
    } finally {
      settling--;
      lock.unlock();
    }
  }

  /** Waits until the applier is less than so many entries behind. */
  void awaitRoom(long mostBehind, Duration patience) {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (durable - applied >= mostBehind) {
        if (nanos <= 0) {
          throw new StoreUnavailableException("the store is too far behind");
        }
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while the store was behind", interrupted);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        Batch batch = next();
        if (batch == null) {
          return;
        }
        long position = applied + batch.size();
        target.apply(batch, position);
        applied(position);
        target.applied(position);
        pause = FIRST_PAUSE;
      } catch (IOException | SQLException | RuntimeException failed) {
        log.error("entries cannot be applied; trying again in {}", pause, failed);
        if (!failed(failed, pause)) {
          return;
        }
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
      }
    }
  }

  private void applied(long position) {
    lock.lock();
    try {
      applied = position;
      lastApplied = System.nanoTime();
      failure = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Goes back to what is applied, which the journal holds; false when closing. */
  private boolean failed(Exception reason, Duration pause) {
    lock.lock();
    try {
      failure = reason;
      waiting.clear();
      waitingBytes = 0;
      overflown = true;
      changed.signalAll();
      long nanos = pause.toNanos();
      while (nanos > 0 && !closing) {
        nanos = changed.awaitNanos(nanos);
      }
      if (closing) {
        return false;
      }
    } catch (InterruptedException ignored) {
      // only close() ends this thread
    } finally {
      lock.unlock();
    }
    try {
      target.recover();
    } catch (SQLException | RuntimeException still) {
      log.error("the store is still not usable", still);
    }
    return true;
  }

  /** Whatever waits, as much as fits; waits for the first; null when closing with nothing left. */
  private @Nullable Batch next() throws IOException {
    Batch batch = new Batch();
    long until;
    lock.lock();
    try {
      while (applied == durable && !closing) {
        changed.awaitUninterruptibly();
      }
      if (applied == durable) {
        return null;
      }
      linger();
      while (batch.size() < batchEntries && !waiting.isEmpty()) {
        Waiting next = waiting.remove();
        waitingBytes -= next.bytes();
        batch.add(next.entries());
      }
      if (batch.size() > 0) {
        return batch;
      }
      until = durable;
    } finally {
      lock.unlock();
    }
    readBack(batch, until);
    return batch;
  }

  /**
   * Each transaction costs the same whatever it holds, so under a stream of small appends more of
   * them share one. The first after a rest, and one that somebody waits for, goes at once.
   */
  private void linger() {
    long left = lastApplied + LINGER.toNanos() - System.nanoTime();
    while (left > 0
        && settling == 0
        && !closing
        && !overflown
        && durable - applied < batchEntries) {
      try {
        left = changed.awaitNanos(left);
      } catch (InterruptedException ignored) {
        return; // only close() ends this thread
      }
    }
  }

  private void readBack(Batch batch, long until) throws IOException {
    Journal from = journal;
    if (from == null) {
      throw new IllegalStateException("not started");
    }
    try (JournalCursor cursor = new JournalCursor(from.folder(), applied)) {
      while (batch.size() < batchEntries && cursor.position() < until) {
        batch.add(cursor.next(until));
      }
    }
    lock.lock();
    try {
      // what comes from now on follows directly, unless more came meanwhile
      overflown = applied + batch.size() < durable;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(TimeUnit.MINUTES.toMillis(1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
