package dev.carillon.engine.dispatch;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The passes of one campaign that run now, each on a thread of its own. */
final class ChunkRuns {
  /** By thread, the connection that it sends through. */
  private final Map<Thread, Integer> running = new HashMap<>();

  private boolean signalled;

  synchronized void start(int connection, Runnable pass) {
    Thread thread =
        Thread.ofVirtual()
            .name("chunk")
            .unstarted(
                () -> {
                  try {
                    pass.run();
                  } finally {
                    ended(Thread.currentThread());
                  }
                });
    running.put(thread, connection);
    thread.start();
  }

  private synchronized void ended(Thread thread) {
    running.remove(thread);
    notifyAll();
    signalled = true;
  }

  synchronized int count() {
    return running.size();
  }

  /** How many of them send through a connection. */
  synchronized int count(int connection) {
    return Collections.frequency(running.values(), connection);
  }

  synchronized void signal() {
    signalled = true;
    notifyAll();
  }

  /** Waits until a pass ended or somebody signalled, at most this long. */
  synchronized void awaitChange(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (!signalled) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        break;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    signalled = false;
  }

  synchronized void awaitNone() throws InterruptedException {
    while (!running.isEmpty()) {
      wait();
    }
  }

  synchronized void interrupt() {
    running.keySet().forEach(Thread::interrupt);
  }
}
