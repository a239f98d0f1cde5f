package dev.carillon.server.access.login;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.audit.AuditLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Records tries to sign in that led nowhere in the audit log, so few an hour that it cannot be
 * filled. What was typed is recorded only where a login has that name, as it may be a password in
 * the wrong field. Thread-safe.
 */
public final class SignInLog {
  private static final String UNKNOWN = "unknown";
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int MOST_FAILED = 20;
  private static final int MOST_TOGETHER = 500;

  private final AuditLog audit;
  private final Logins logins;
  private final InstantSource clock;
  private final Map<Source, Integer> recorded = new HashMap<>();
  private Instant windowEnd = Instant.MIN;
  private int together;
  private int leftOut;

  public SignInLog(AuditLog audit, Logins logins, InstantSource clock) {
    this.audit = audit;
    this.logins = logins;
    this.clock = clock;
  }

  private record Source(String action, String subject, String address) {}

  /** A wrong name or password. */
  void failed(String name, String address) {
    record("login.failed", MOST_FAILED, name, address);
  }

  /** A try that was not looked at; one line an hour for each name and address. */
  void throttled(String name, String address) {
    record("login.throttled", 1, name, address);
  }

  private void record(String action, int most, String name, String address) {
    String subject = logins.login(name).isPresent() ? name : UNKNOWN;
    if (isDue(new Source(action, subject, address), most)) {
      audit.record(Actor.ANONYMOUS, action, subject, "from " + address);
    }
  }

  private synchronized boolean isDue(Source source, int most) {
    Instant now = clock.instant();
    if (!now.isBefore(windowEnd)) {
      if (leftOut > 0) {
        audit.record(
            Actor.ANONYMOUS,
            "login.unrecorded",
            "",
            leftOut + " more tries in the hour before " + windowEnd);
      }
      recorded.clear();
      together = 0;
      leftOut = 0;
      windowEnd = now.plus(WINDOW);
    }
    if (together >= MOST_TOGETHER || recorded.getOrDefault(source, 0) >= most) {
      leftOut++;
      return false;
    }
    recorded.merge(source, 1, Integer::sum);
    together++;
    return true;
  }
}
