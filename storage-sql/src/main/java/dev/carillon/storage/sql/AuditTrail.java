package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.AUDIT;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.access.AuditPage;
import dev.carillon.engine.port.access.AuditPlace;
import dev.carillon.engine.port.access.AuditQuery;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The audit log, which only grows. */
final class AuditTrail {
  private final Database database;

  AuditTrail(Database database) {
    this.database = database;
  }

  void add(Instant at, Actor who, String action, String subject, @Nullable String detail) {
    database.write(
        sql ->
            sql.insertInto(AUDIT)
                .set(AUDIT.at, at)
                .set(AUDIT.who, who.name())
                .set(AUDIT.actorKind, who.kind().key())
                .set(AUDIT.keyId, val(who.keyId(), AUDIT.keyId))
                .set(AUDIT.action, action)
                .set(AUDIT.subject, subject)
                .set(AUDIT.detail, val(detail, AUDIT.detail))
                .execute());
  }

  AuditPage page(AuditQuery query) {
    List<Record> rows = database.read(sql -> List.<Record>copyOf(select(sql, query).fetch()));
    boolean more = rows.size() > query.limit();
    List<Record> page = more ? rows.subList(0, query.limit()) : rows;
    return new AuditPage(
        page.stream().map(AuditTrail::entry).toList(), more ? place(page.getLast()) : null);
  }

  /** The entries of a page and one more. */
  static Select<Record> select(DSLContext sql, AuditQuery query) {
    return sql.selectFrom(AUDIT)
        .where(fits(query))
        .orderBy(AUDIT.at.desc(), AUDIT.id.desc())
        .limit(query.limit() + 1);
  }

  private static Condition fits(AuditQuery query) {
    Condition fits = DSL.noCondition();
    if (query.from() != null) {
      fits = fits.and(AUDIT.at.ge(query.from()));
    }
    if (query.until() != null) {
      fits = fits.and(AUDIT.at.lt(query.until()));
    }
    if (query.who() != null) {
      fits = fits.and(AUDIT.who.eq(query.who()));
    }
    String action = query.action();
    if (action != null) {
      // The character after a dot, so that an index can be used; LIKE would fold case.
      fits =
          fits.and(
              AUDIT
                  .action
                  .eq(action)
                  .or(AUDIT.action.gt(action + ".").and(AUDIT.action.lt(action + "/"))));
    }
    AuditPlace before = query.before();
    if (before != null) {
      fits = fits.and(row(AUDIT.at, AUDIT.id).lessThan(before.at(), before.id()));
    }
    return fits;
  }

  private static AuditPlace place(Record row) {
    return new AuditPlace(row.get(AUDIT.at), row.get(AUDIT.id));
  }

  private static AuditEntry entry(Record row) {
    return new AuditEntry(
        row.get(AUDIT.at),
        new Actor(
            Actor.Kind.ofKey(row.get(AUDIT.actorKind)), row.get(AUDIT.who), row.get(AUDIT.keyId)),
        row.get(AUDIT.action),
        row.get(AUDIT.subject),
        row.get(AUDIT.detail));
  }
}
