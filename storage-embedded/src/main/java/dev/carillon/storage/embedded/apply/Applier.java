package dev.carillon.storage.embedded.apply;

import dev.carillon.engine.health.OutageLog;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.journal.Journal;
import dev.carillon.storage.embedded.journal.JournalCursor;
import dev.carillon.storage.embedded.problem.ProblemText;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import dev.carillon.storage.embedded.tables.ApplyLock;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that makes durable entries readable: it takes whatever waits, applies it in one
 * transaction, and goes on. Entries wait in memory up to a limit; beyond it they are read back from
 * the journal, as they are after a crash. An entry that cannot be applied becomes a dead letter.
 * Events that were dated ahead are counted when their time has come and everything is applied that
 * was durable by then, so that it does not matter how far behind the applier was. What is not the
 * fault of an entry is waited out; an {@link Error} ends the thread, and from then on nothing is
 * taken or waited for any more.
 */
public final class Applier implements Journal.Listener {
  private static final Logger log = LoggerFactory.getLogger(Applier.class);

  /** Bytes of entries that wait in memory: an eighth of a small heap, 64 MiB of a large one. */
  private static final long MOST_BYTES_WAITING =
      Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

  /** Bytes of the entries of one transaction, by one append or one record of the journal more. */
  private static final long MOST_BYTES_TOGETHER = 16L << 20;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** How long it may take until what was interrupted fails. */
  private static final Duration TO_BE_INTERRUPTED = Duration.ofMillis(100);

  /** How long after a transaction the next one waits for more: at least, and at most. */
  private static final Duration LINGER = Duration.ofMillis(100);

  private static final Duration LONGEST_LINGER = Duration.ofMillis(800);

  /** How many times as long as a transaction took the next one waits for more. */
  private static final int REST = 8;

  /**
   * How long to wait before the next look whether the time of an event has come, at most: the clock
   * may be set, or be one that does not run like the machine's. It is at least {@link #LINGER}.
   */
  private static final Duration LONGEST_WITHOUT_A_LOOK = Duration.ofSeconds(1);

  /** Applies a batch wholly or not at all; afterwards the store stands at the position. */
  interface Target {
    void apply(ApplyBatch batch, long position) throws SQLException;

    /**
     * Keeps the one entry or event of a batch that cannot be applied where it holds up nothing;
     * afterwards the store stands at the position.
     */
    void keepAsDeadLetter(ApplyBatch one, String reason, long position) throws SQLException;

    /**
     * When the time of the next event comes that was dated ahead; {@link Instant#MAX} without any.
     * From any thread.
     */
    Instant nextDue();

    /**
     * Makes the store usable again after a failure, if it can.
     *
     * @return the position that the store stands at
     */
    long recover() throws SQLException;

    /** Frees what is not needed once everything before the position is applied. */
    void applied(long position) throws IOException;

    /** Makes what is being done fail soon, from another thread. */
    void interrupt();
  }

  private record Waiting(long first, List<Entry> entries, int bytes) {}

  /**
   * Events are to be counted whose time has come.
   *
   * @param by their latest time
   * @param position what was durable then
   */
  private record Due(Instant by, long position) {}

  private final Target target;
  private final ApplyLock applyLock;
  private final int batchEntries;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Somebody waits for what is applied, or for room. */
  private final Condition changed = lock.newCondition();

  /** The thread waits for something to apply. */
  private final Condition work = lock.newCondition();

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Thread thread = Thread.ofPlatform().name("applier").daemon().unstarted(this::run);
  private final PoisonEntryIsolator isolator;
  private final OutageLog outage = new OutageLog(log, "Entries cannot be applied");
  private long waitingBytes;
  private boolean overflown;
  private @Nullable Due due;
  private boolean idle;
  private volatile long durable;
  private volatile long applied;
  private long lingerUntil = System.nanoTime();
  private int settling;
  private boolean closing;
  private @Nullable Exception failure;
  private volatile @Nullable Throwable end;
  private @Nullable Journal journal;

  /**
   * @param applyLock held while the target is used
   * @param clock says when the time of an event has come
   */
  public Applier(Target target, ApplyLock applyLock, int batchEntries, InstantSource clock) {
    this.target = target;
    this.applyLock = applyLock;
    this.batchEntries = batchEntries;
    this.clock = clock;
    this.isolator = new PoisonEntryIsolator(batchEntries);
  }

  /**
   * @param from position of the first entry that is not applied
   */
  public void start(Journal from, long position) {
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
      if (idle || overflown || durable - applied >= batchEntries) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  public long backlog() {
    long done = applied;
    return Math.max(0, durable - done);
  }

  /** Whether nothing is applied any more until the process is started again. */
  public boolean ended() {
    lock.lock();
    try {
      return end != null;
    } finally {
      lock.unlock();
    }
  }

  /** Why entries cannot be applied now; empty when they can. */
  public Optional<String> problem() {
    lock.lock();
    try {
      Throwable ended = end;
      return ended != null
          ? Optional.of(ProblemText.lasting("what was accepted is not made readable", ended))
          : Optional.ofNullable(failure).map(ProblemText::ofApplying);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that is durable now is applied, and all events are counted whose time has come.
   *
   * @throws StoreUnavailableException when the store cannot take it now
   */
  public void settle() {
    lock.lock();
    try {
      long until = durable;
      Instant now = clock.instant();
      settling++;
      work.signal();
      while (applied < until || noteDue(now)) {
        failIfEnded();
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
  public void awaitRoom(long mostBehind, Duration patience) {
    failIfEnded();
    if (backlog() < mostBehind) {
      return;
    }
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (durable - applied >= mostBehind) {
        if (nanos <= 0) {
          throw new StoreUnavailableException("the store is too far behind");
        }
        nanos = changed.awaitNanos(nanos);
        failIfEnded();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while the store was behind", interrupted);
    } finally {
      lock.unlock();
    }
  }

  private void failIfEnded() {
    Throwable ended = end;
    if (ended != null) {
      throw new StoreUnavailableException("the store does not work any more", ended);
    }
  }

  private void run() {
    Throwable reason = new IllegalStateException("the applier has ended");
    try {
      applyUntilClosed();
    } catch (Throwable failed) {
      reason = failed;
    } finally {
      end(reason);
    }
  }

  /** All who wait now or come later get the failure; an unexpected end is logged as well. */
  private void end(Throwable reason) {
    boolean asked;
    lock.lock();
    try {
      end = reason;
      asked = closing;
      overflown = true;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!asked) {
      log.error("the applier has ended; Carillon must be started again", reason);
    }
  }

  private void applyUntilClosed() {
    Duration pause = FIRST_PAUSE;
    while (true) {
      int entries = 0;
      try {
        ApplyBatch batch = next();
        if (batch == null) {
          return;
        }
        entries = batch.width();
        long position = applied + batch.size();
        long began = System.nanoTime();
        try (ApplyLock.Hold _ = applyLock.hold()) {
          if (isolator.found()) {
            target.keepAsDeadLetter(batch, isolator.reason(), position);
          } else {
            target.apply(batch, position);
          }
        }
        applied(position, System.nanoTime() - began);
        isolator.succeeded();
        outage.ended();
        target.applied(position);
        pause = FIRST_PAUSE;
      } catch (IOException | SQLException | RuntimeException failed) {
        if (isolator.failed(failed, entries)) {
          log.warn("up to {} entries cannot be applied for what is in them; trying fewer", entries);
          goBack();
          continue;
        }
        outage.failed(failed);
        if (!waitAfter(failed, pause)) {
          return;
        }
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
      }
    }
  }

  private void applied(long position, long nanos) {
    lock.lock();
    try {
      applied = position;
      if (due != null && target.nextDue().isAfter(due.by())) {
        due = null;
      }
      lingerUntil =
          System.nanoTime() + Math.clamp(REST * nanos, LINGER.toNanos(), LONGEST_LINGER.toNanos());
      failure = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Goes back to what is applied, which the journal holds. */
  private void goBack() {
    lock.lock();
    try {
      waiting.clear();
      waitingBytes = 0;
      overflown = true;
    } finally {
      lock.unlock();
    }
    recover();
  }

  /** Tells those who wait, and goes back after a pause; false when closing. */
  private boolean waitAfter(Exception reason, Duration pause) {
    lock.lock();
    try {
      failure = reason;
      changed.signalAll();
      long nanos = pause.toNanos();
      while (nanos > 0 && !closing) {
        nanos = work.awaitNanos(nanos);
      }
      if (closing) {
        return false;
      }
    } catch (InterruptedException ignored) {
      // only close() ends this thread
    } finally {
      lock.unlock();
    }
    goBack();
    return true;
  }

  /**
   * A commit that failed may have reached the disk after all. Its entries would be applied twice,
   * and listeners did not get them, so only a new start, which reads everything again, helps.
   */
  private void recover() {
    long position;
    try (ApplyLock.Hold _ = applyLock.hold()) {
      position = target.recover();
    } catch (SQLException | RuntimeException still) {
      outage.failed(still);
      return;
    }
    if (position != applied) {
      throw new CommitInDoubtError(applied, position);
    }
  }

  /** The store stands elsewhere than where the last commit that is known to have succeeded led. */
  private static final class CommitInDoubtError extends Error {
    private static final long serialVersionUID = 1L;

    CommitInDoubtError(long known, long found) {
      super("the database stands at entry " + found + ", not at " + known);
    }
  }

  /** Whether the time of an event has come, which is noted then. */
  private boolean noteDue(Instant now) {
    if (target.nextDue().isAfter(now)) {
      return false;
    }
    if (due == null) {
      due = new Due(now, durable);
    }
    return true;
  }

  /** Waits for something to do. */
  private void awaitWork() {
    idle = true;
    while (applied == durable && !closing && due == null && !noteDue(clock.instant())) {
      Instant next = target.nextDue();
      if (next.equals(Instant.MAX)) {
        work.awaitUninterruptibly();
        continue;
      }
      Duration left = Duration.between(clock.instant(), next);
      try {
        work.awaitNanos(
            left.compareTo(LONGEST_WITHOUT_A_LOOK) > 0
                ? LONGEST_WITHOUT_A_LOOK.toNanos()
                : Math.max(left.toNanos(), LINGER.toNanos()));
      } catch (InterruptedException ignored) {
        // only close() ends this thread
      }
    }
    idle = false;
  }

  /**
   * Events whose time has come, or else whatever waits, as much as fits; waits for the first; null
   * when closing with nothing left.
   */
  private @Nullable ApplyBatch next() throws IOException {
    ApplyBatch batch = new ApplyBatch();
    long until;
    lock.lock();
    try {
      awaitWork();
      if (applied == durable && closing) {
        return null;
      }
      linger();
      noteDue(clock.instant());
      if (due != null && due.position() <= applied) {
        return ApplyBatch.of(new ApplyBatch.Due(due.by(), isolator.most()));
      }
      long bytes = 0;
      while (batch.size() < batchEntries && bytes < MOST_BYTES_TOGETHER && !waiting.isEmpty()) {
        Waiting next = waiting.remove();
        waitingBytes -= next.bytes();
        bytes += next.bytes();
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
   * them share one, and the applier leaves most of a processor to those who append. The first after
   * a rest, and one that somebody waits for, goes at once.
   */
  private void linger() {
    long left = lingerUntil - System.nanoTime();
    while (left > 0
        && settling == 0
        && !closing
        && !overflown
        && durable - applied < batchEntries) {
      try {
        left = work.awaitNanos(left);
      } catch (InterruptedException ignored) {
        return; // only close() ends this thread
      }
    }
  }

  private void readBack(ApplyBatch batch, long until) throws IOException {
    Journal from = journal;
    if (from == null) {
      throw new IllegalStateException("not started");
    }
    try (JournalCursor cursor = new JournalCursor(from.folder(), applied)) {
      int most = isolator.most();
      while (batch.size() < most
          && cursor.bytes() < MOST_BYTES_TOGETHER
          && cursor.position() < until) {
        List<Entry> entries = cursor.next(until);
        batch.add(entries.subList(0, Math.min(entries.size(), most - batch.size())));
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

  /**
   * Applies what is durable, as far as the time allows, and ends the thread.
   *
   * @return whether the thread has ended; if not, it may still use the target
   */
  public boolean close(Duration patience) {
    lock.lock();
    try {
      closing = true;
      work.signal();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.isAlive() || thread.join(patience)) {
        return true;
      }
      long until = System.nanoTime() + patience.toNanos();
      do {
        target.interrupt();
      } while (!thread.join(TO_BE_INTERRUPTED) && System.nanoTime() < until);
      return !thread.isAlive();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return !thread.isAlive();
    }
  }
}
