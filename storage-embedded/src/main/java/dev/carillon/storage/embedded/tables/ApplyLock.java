package dev.carillon.storage.embedded.tables;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Held while a batch is applied, and by those who need the store to stand still meanwhile. Fair, so
 * that a stream of batches cannot keep the others waiting.
 */
public final class ApplyLock {
  private final ReentrantLock lock = new ReentrantLock(true);

  /** Waits for the batch that is being applied, and keeps the next one back until closed. */
  public Hold hold() {
    lock.lock();
    return new Hold(lock);
  }

  /** Keeps batches back until it is ended, by the thread that took it. */
  public static final class Hold implements AutoCloseable {
    private final ReentrantLock lock;
    private boolean held = true;

    private Hold(ReentrantLock lock) {
      this.lock = lock;
    }

    /** Lets the batches go on; does nothing when they do already. */
    public void end() {
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
