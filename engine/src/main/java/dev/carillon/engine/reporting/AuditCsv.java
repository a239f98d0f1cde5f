package dev.carillon.engine.reporting;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.access.AuditPage;
import dev.carillon.engine.port.access.AuditPlace;
import dev.carillon.engine.port.access.AuditQuery;
import dev.carillon.engine.port.access.AuditStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes entries of the audit log as CSV, latest first, page by page as they are read. */
public final class AuditCsv {
  private final AuditStore store;

  public AuditCsv(AuditStore store) {
    this.store = store;
  }

  /** All entries from the query's place on, however many a page of it has. */
  public void write(AuditQuery query, Appendable out) throws IOException {
    out.append(CsvLine.of("at", "kind", "who", "key", "action", "subject", "detail"));
    @Nullable AuditPlace place = query.before();
    do {
      AuditPage page = store.auditPage(query.from(place));
      for (AuditEntry entry : page.entries()) {
        out.append(line(entry));
      }
      place = page.next();
    } while (place != null);
  }

  private static String line(AuditEntry entry) {
    Actor who = entry.who();
    return CsvLine.of(
        entry.at().toString(),
        who.kind().key(),
        CsvLine.disarmed(who.name()),
        who.keyId() == null ? "" : Integer.toString(who.keyId()),
        CsvLine.disarmed(entry.action()),
        CsvLine.disarmed(entry.subject()),
        CsvLine.disarmed(entry.detail() == null ? "" : entry.detail()));
  }
}
