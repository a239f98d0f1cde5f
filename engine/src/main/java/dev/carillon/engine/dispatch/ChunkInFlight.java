package dev.carillon.engine.dispatch;

import java.time.Duration;

/** Counts the messages of a chunk that were begun and whose result is not yet durable. */
final class ChunkInFlight {
  private int count;

  synchronized void began() {
    count++;
  }

  synchronized void ended() {
    count--;
    if (count == 0) {
      notifyAll();
    }
  }

  /** Waits until there are none; false when there still are some after the time. */
  synchronized boolean awaitNone(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (count > 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return true;
  }
}
