package dev.carillon.engine.health;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;

/**
 * Logs something that is tried again until it works: with a stack trace when it begins to fail,
 * then once more for each new kind of failure, and at the end how often it failed. A full disk
 * would fill the log otherwise. Thread-safe.
 */
public final class OutageLog {
  private final Logger log;
  private final String what;
  private final Set<Class<?>> kinds = new HashSet<>();
  private long failures;

  /**
   * @param what cannot be done, a sentence without a full stop
   */
  public OutageLog(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  /** One more attempt has failed. */
  public synchronized void failed(Throwable reason) {
    failures++;
    if (kinds.add(root(reason).getClass())) {
      log.error("{}; it is tried again until it works", what, reason);
    }
  }

  /** An attempt has succeeded. */
  public synchronized void ended() {
    if (failures > 0) {
      log.info("{}: over after {} failed attempts", what, failures);
      failures = 0;
      kinds.clear();
    }
  }

  private static Throwable root(Throwable reason) {
    Throwable root = reason;
    for (Throwable cause = reason.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root;
  }
}
