package dev.carillon.engine.port.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the audit log.
 *
 * @param next what the next ones come before; null when there are none
 */
public record AuditPage(List<AuditEntry> entries, @Nullable AuditPlace next) {
  public AuditPage {
    entries = List.copyOf(entries);
  }
}
