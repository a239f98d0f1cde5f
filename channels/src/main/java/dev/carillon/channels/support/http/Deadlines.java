package dev.carillon.channels.support.http;

import dev.carillon.engine.health.BackgroundLoop;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Interrupts the threads of calls that take too long. One thread checks all of them now and then,
 * which costs far less than a timer for each. Thread-safe.
 */
final class Deadlines implements AutoCloseable {
  private static final Duration RARELY = Duration.ofMillis(250);
  private static final Duration OFTEN = Duration.ofMillis(5);

  /** How many times within its limit a call is checked, where that is not too often. */
  private static final int LOOKS = 20;

  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final long limitNanos;
  private final BackgroundLoop loop;

  /**
   * @param limit how long a call may take; it is ended at most a twentieth, or 5 ms, later
   */
  Deadlines(Duration limit, ProcessHealth health) {
    this.limitNanos = limit.toNanos();
    Duration part = limit.dividedBy(LOOKS);
    Duration pause = part.compareTo(RARELY) > 0 ? RARELY : part.compareTo(OFTEN) < 0 ? OFTEN : part;
    this.loop =
        BackgroundLoop.start(
            "call-deadlines", health, WaitingClock.system(), pause, () -> look(pause));
  }

  /** Watches a call that begins now and that this thread waits for. */
  Running watch(Thread caller) {
    Running one = new Running(caller, System.nanoTime() + limitNanos);
    running.add(one);
    return one;
  }

  private void look(Duration pause) throws InterruptedException {
    Thread.sleep(pause);
    long now = System.nanoTime();
    running.forEach(one -> one.look(now));
  }

  @Override
  public void close() {
    loop.close();
  }

  /** A call under way. */
  final class Running {
    private final Thread caller;
    private final long until;
    private boolean ended;
    private boolean tooLate;

    private Running(Thread caller, long until) {
      this.caller = caller;
      this.until = until;
    }

    private synchronized void look(long now) {
      if (!ended && !tooLate && now - until >= 0) {
        tooLate = true;
        caller.interrupt();
      }
    }

    /**
     * The call has ended, and its thread goes on undisturbed; asked again, it says the same.
     *
     * @return whether the thread was interrupted because the call took too long
     */
    synchronized boolean end() {
      if (!ended) {
        ended = true;
        running.remove(this);
        if (tooLate) {
          Thread.interrupted();
        }
      }
      return tooLate;
    }
  }
}
