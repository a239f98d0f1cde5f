package dev.carillon.server.health;

import dev.carillon.engine.health.FatalErrors;
import dev.carillon.engine.health.ProcessHealth;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives uncaught errors that ended a thread. It is logged, and health says from then on that a
 * thread is missing; after an error that leaves the state of the process unknown, such as one
 * without memory, the process ends at once, so that a supervisor starts it again.
 */
final class UncaughtErrors implements Thread.UncaughtExceptionHandler {
  /** The one with which the JVM itself ends when out of memory. */
  static final int EXIT_CODE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(UncaughtErrors.class);

  private final ProcessHealth health;
  private final IntConsumer end;

  /**
   * @param end ends the process with an exit code; nothing more is run
   */
  UncaughtErrors(ProcessHealth health, IntConsumer end) {
    this.health = health;
    this.end = end;
  }

  /** Listens for all threads of this process from now on. */
  static void listen(ProcessHealth health) {
    Thread.setDefaultUncaughtExceptionHandler(
        new UncaughtErrors(health, code -> Runtime.getRuntime().halt(code)));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (FatalErrors.isFatal(failure)) {
      try {
        LOG.error("The process ends: thread {} met {}", thread.getName(), failure, failure);
      } finally {
        end.accept(EXIT_CODE);
      }
    } else {
      LOG.error("Thread {} ended", thread.getName(), failure);
      health.failed(
          "threads",
          "The thread "
              + thread.getName()
              + " ended ("
              + failure.getClass().getSimpleName()
              + "), and its work is not done any more. The log says why. Start the process again.");
    }
  }
}
