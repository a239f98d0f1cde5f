package dev.carillon.server.access.audit;

import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditStore;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
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
  private static final int LONGEST_DETAIL = 2_000;
  private static final String DETAIL = AuditLog.class.getName() + ".detail";

  private final AuditStore store;
  private final InstantSource clock;

  public AuditLog(AuditStore store, InstantSource clock) {
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
    record(clock.instant(), who, action, subject, detail);
  }

  /** Notes what was done at a moment before now. */
  void record(Instant at, Actor who, String action, String subject, @Nullable String detail) {
    try {
      store.audit(
          at,
          who,
          clipped(action),
          clipped(subject),
          detail == null ? null : clipped(detail, LONGEST_DETAIL));
    } catch (StoreUnavailableException e) {
      log.error("The audit log could not note {} of {}", clipped(action), clipped(subject), e);
    }
  }

  /** Says more of what the request of a page changes, which is recorded once it is answered. */
  public static void detail(HttpServletRequest request, String detail) {
    request.setAttribute(DETAIL, detail);
  }

  static @Nullable String detail(HttpServletRequest request) {
    return (String) request.getAttribute(DETAIL);
  }

  private static String clipped(String text) {
    return clipped(text, LONGEST);
  }

  private static String clipped(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
