package dev.carillon.storage.embedded.facts;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands before the writer, so that somebody can look while nothing becomes readable: between two
 * batches, when all that is committed was told to the listeners as well. Thread-safe.
 */
final class Stillness implements Applier.Target {
  private final Applier.Target target;

  /** Fair, so that a stream of batches cannot keep those who look waiting. */
  private final ReentrantLock lock = new ReentrantLock(true);

  Stillness(Applier.Target target) {
    this.target = target;
  }

  /** Waits for the batch that is being applied, and keeps the next one back until closed. */
  Hold hold() {
    lock.lock();
    return new Hold(lock);
  }

  @Override
  public void apply(Batch batch, long position) throws SQLException {
    lock.lock();
    try {
      target.apply(batch, position);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void keepAsDeadLetter(Batch one, String reason, long position) throws SQLException {
    lock.lock();
    try {
      target.keepAsDeadLetter(one, reason, position);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant nextDue() {
    return target.nextDue();
  }

  @Override
  public long recover() throws SQLException {
    lock.lock();
    try {
      return target.recover();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void applied(long position) throws IOException {
    target.applied(position);
  }

  @Override
  public void interrupt() {
    target.interrupt();
  }

  /** Keeps batches back until it is ended, by the thread that took it. */
  static final class Hold implements AutoCloseable {
    private final ReentrantLock lock;
    private boolean held = true;

    private Hold(ReentrantLock lock) {
      this.lock = lock;
    }

    /** Lets the batches go on; does nothing when they do already. */
    void end() {
      if (held) {
        held = false;
        lock.unlock();
      }
    }

    @Override
    public void close() {
      end();
    }
  }
}
