package dev.carillon.engine.dispatch;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The passes of one campaign that run now, each on a thread of its own. */
final class ChunkRuns {
  private final Set<Thread> running = new HashSet<>();
  private boolean signalled;

  synchronized void start(Runnable pass) {
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
    running.add(thread);
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
    running.forEach(Thread::interrupt);
  }
}
