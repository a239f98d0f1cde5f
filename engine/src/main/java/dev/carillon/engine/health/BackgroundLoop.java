package dev.carillon.engine.health;

import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that repeats one step until it is closed, whatever the step throws: a failure is logged
 * and shown in the process's health, and the step is tried again after a pause. Only an error that
 * leaves the state of the process unknown ends the thread, and reaches the uncaught exception
 * handler, which ends the process.
 */
public final class BackgroundLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);

  private final String name;
  private final ProcessHealth health;
  private final WaitingClock clock;
  private final Duration pause;
  private final Step step;
  private final Thread thread;
  private volatile boolean closed;
  private boolean troubled;

  /** Work that is done again and again. It waits by itself for what it needs. */
  @FunctionalInterface
  public interface Step {
    void run() throws InterruptedException;
  }

  private BackgroundLoop(
      String name, ProcessHealth health, WaitingClock clock, Duration pause, Step step) {
    this.name = name;
    this.health = health;
    this.clock = clock;
    this.pause = pause;
    this.step = step;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /**
   * Begins on a thread of its own, and returns at once.
   *
   * @param name of the thread, and of the component in the process's health
   * @param pause how long to wait after a step that failed
   */
  public static BackgroundLoop start(
      String name, ProcessHealth health, WaitingClock clock, Duration pause, Step step) {
    BackgroundLoop loop = new BackgroundLoop(name, health, clock, pause, step);
    loop.thread.start();
    return loop;
  }

  private void run() {
    while (!closed) {
      try {
        step.run();
        recovered();
      } catch (InterruptedException interrupted) {
        // Only close() ends the loop.
      } catch (Throwable failure) {
        failed(failure);
        rest();
      }
    }
  }

  private void recovered() {
    if (troubled) {
      troubled = false;
      health.recovered(name);
      LOG.info("{} works again", name);
    }
  }

  private void failed(Throwable failure) {
    String kind = failure.getClass().getSimpleName();
    if (FatalErrors.isFatal(failure)) {
      health.failed(name, "It broke for good (" + kind + "). Start the process again.");
      FatalErrors.rethrow(failure);
    }
    if (troubled) {
      LOG.error("{} failed again ({})", name, kind);
    } else {
      LOG.error("{} failed and is tried again", name, failure);
    }
    troubled = true;
    health.troubled(name, "It fails (" + kind + ") and is tried again. The log says why.");
  }

  private void rest() {
    try {
      clock.sleep(pause);
    } catch (InterruptedException interrupted) {
      // Only close() ends the loop.
    } catch (RuntimeException broken) {
      LOG.error("The clock failed", broken);
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** Interrupts the step under way and ends the loop; returns at once. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
