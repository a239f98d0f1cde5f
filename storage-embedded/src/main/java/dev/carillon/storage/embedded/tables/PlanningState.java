package dev.carillon.storage.embedded.tables;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What planning and applying, which work beside each other, must know of each other. Thread-safe.
 */
public final class PlanningState {
  private final AtomicInteger plans = new AtomicInteger();
  private final AtomicLong changes = new AtomicLong();
  private volatile boolean overtaken;

  /**
   * Counts the transactions that joined or deleted users. Each is counted before anybody else can
   * hold the applier still.
   */
  public long changes() {
    return changes.get();
  }

  /** Says that users were joined or deleted, or may have been. */
  public void usersChanged() {
    changes.incrementAndGet();
  }

  /** Counts the planned runs. */
  int plans() {
    return plans.get();
  }

  /** Says that a run is planned and committed. */
  public void planned() {
    plans.incrementAndGet();
  }

  /** Whether there may be {@link StaleRuns}, to be looked through before anything else. */
  public boolean overtaken() {
    return overtaken;
  }

  public void setOvertaken(boolean now) {
    overtaken = now;
  }
}
