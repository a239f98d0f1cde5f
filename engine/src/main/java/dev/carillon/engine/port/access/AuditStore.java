package dev.carillon.engine.port.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what, appended and never changed. */
public interface AuditStore {

  void audit(Instant at, Actor who, String action, String subject, @Nullable String detail);

  /** The entries of the audit log that are asked for, latest first. */
  AuditPage auditPage(AuditQuery query);

  /** The latest entries of the audit log, latest first; 1 to 1,000. */
  default List<AuditEntry> auditLog(int limit) {
    return auditPage(AuditQuery.latest(limit)).entries();
  }
}
