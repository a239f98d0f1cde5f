package dev.carillon.channels.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cancels calls that take too long. One thread looks at all of them now and then, which costs far
 * less than a timer for each. Thread-safe.
 */
final class Deadlines implements AutoCloseable {
  private static final Duration RARELY = Duration.ofMillis(250);
  private static final Duration OFTEN = Duration.ofMillis(5);

  /** How many times within its limit a call is looked at, where that is not too often. */
  private static final int LOOKS = 20;

  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final long limitNanos;
  private final Thread thread;

  /**
   * @param limit how long a call may take; it is cancelled at most a twentieth, or 5 ms, later
   */
  Deadlines(Duration limit) {
    this.limitNanos = limit.toNanos();
    Duration part = limit.dividedBy(LOOKS);
    Duration pause = part.compareTo(RARELY) > 0 ? RARELY : part.compareTo(OFTEN) < 0 ? OFTEN : part;
    this.thread = Thread.ofVirtual().name("deadlines").start(() -> look(pause));
  }

  /** Watches a call from now on. */
  Running watch(CompletableFuture<?> call) {
    Running one = new Running(call, System.nanoTime() + limitNanos);
    running.add(one);
    return one;
  }

  private void look(Duration pause) {
    try {
      while (true) {
        Thread.sleep(pause);
        long now = System.nanoTime();
        running.forEach(one -> one.look(now));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** A call under way; closed when it has ended. */
  final class Running implements AutoCloseable {
    private final CompletableFuture<?> call;
    private final long until;
    private volatile boolean tooLate;

    private Running(CompletableFuture<?> call, long until) {
      this.call = call;
      this.until = until;
    }

    /** Whether it was cancelled because it took too long. */
    boolean tooLate() {
      return tooLate;
    }

    private void look(long now) {
      if (now - until >= 0) {
        tooLate = true;
        call.cancel(true);
      }
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }
}
