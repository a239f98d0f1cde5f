package dev.carillon.server.access;

import dev.carillon.engine.port.AccessStore;
import dev.carillon.engine.port.Actor;
import dev.carillon.engine.port.StoreUnavailableException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes who did what, when. What was done is not undone when it cannot be noted: that is logged.
 * Thread-safe.
 */
public final class AuditLog {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
  private static final int LONGEST = 200;

  private final AccessStore store;
  private final InstantSource clock;

  AuditLog(AccessStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * @param who the login, the API key or whatever else did so
   * @param action what was done, such as campaigns.launch
   * @param subject what it was done to, such as campaigns/7
   * @param detail what else matters; never a secret or an address of a person
   */
  public void record(Actor who, String action, String subject, @Nullable String detail) {
    try {
      store.audit(
          clock.instant(),
          who,
          clipped(action),
          clipped(subject),
          detail == null ? null : clipped(detail));
    } catch (StoreUnavailableException e) {
      log.error("The audit log could not note {} of {}", clipped(action), clipped(subject), e);
    }
  }

  private static String clipped(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
