package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.SEGMENT;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Segment;
import dev.carillon.core.audience.Segment.Counted;
import dev.carillon.engine.definition.rules.RuleReader;
import dev.carillon.engine.definition.rules.RuleWriter;
import dev.carillon.engine.port.NameTakenException;
import dev.carillon.engine.port.StaleVersionException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Saved segments. */
final class SegmentRows {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;

  SegmentRows(Database database) {
    this.database = database;
  }

  Segment create(String name, Rule rule, String createdBy, Instant at) {
    String json = RuleWriter.write(rule).toString();
    return database.write(
        sql -> {
          checkName(sql, name, 0);
          int id =
              sql.insertInto(SEGMENT)
                  .set(SEGMENT.version, 1)
                  .set(SEGMENT.name, name)
                  .set(SEGMENT.nameFolded, CampaignRows.folded(name))
                  .set(SEGMENT.rule, json)
                  .set(SEGMENT.createdAt, at)
                  .set(SEGMENT.createdBy, createdBy)
                  .set(SEGMENT.changedAt, at)
                  .returning(SEGMENT.id)
                  .fetchSingle(SEGMENT.id);
          return find(sql, id).orElseThrow();
        });
  }

  Optional<Segment> find(int id) {
    return database.read(sql -> find(sql, id));
  }

  List<Segment> list() {
    return database.read(
        sql ->
            sql.selectFrom(SEGMENT).orderBy(SEGMENT.nameFolded).stream()
                .map(SegmentRows::segment)
                .toList());
  }

  Segment change(int id, int version, String name, Rule rule, Instant at) {
    String json = RuleWriter.write(rule).toString();
    return database.write(
        sql -> {
          checkName(sql, name, id);
          int changed =
              sql.update(SEGMENT)
                  .set(SEGMENT.version, version + 1)
                  .set(SEGMENT.name, name)
                  .set(SEGMENT.nameFolded, CampaignRows.folded(name))
                  .set(
                      SEGMENT.counted,
                      DSL.when(SEGMENT.rule.eq(json), SEGMENT.counted)
                          .otherwise((@Nullable Long) null))
                  .set(SEGMENT.rule, json)
                  .set(SEGMENT.changedAt, at)
                  .where(SEGMENT.id.eq(id), SEGMENT.version.eq(version))
                  .execute();
          if (changed == 0) {
            throw new StaleVersionException(
                "segment " + id + " is no longer at version " + version);
          }
          return find(sql, id).orElseThrow();
        });
  }

  boolean delete(int id) {
    return database.write(sql -> sql.deleteFrom(SEGMENT).where(SEGMENT.id.eq(id)).execute() > 0);
  }

  void count(int id, int version, long people, Instant at) {
    database.write(
        sql ->
            sql.update(SEGMENT)
                .set(SEGMENT.counted, people)
                .set(SEGMENT.countedAt, at)
                .where(SEGMENT.id.eq(id), SEGMENT.version.eq(version))
                .execute());
  }

  private static void checkName(DSLContext sql, String name, int own) {
    if (sql.fetchExists(
        SEGMENT, SEGMENT.nameFolded.eq(CampaignRows.folded(name)), SEGMENT.id.ne(own))) {
      throw new NameTakenException(name);
    }
  }

  private static Optional<Segment> find(DSLContext sql, int id) {
    return sql.selectFrom(SEGMENT)
        .where(SEGMENT.id.eq(id))
        .fetchOptional()
        .map(SegmentRows::segment);
  }

  private static Segment segment(Record row) {
    Long counted = row.get(SEGMENT.counted);
    return new Segment(
        row.get(SEGMENT.id),
        row.get(SEGMENT.version),
        row.get(SEGMENT.name),
        RuleReader.read(JSON.readTree(row.get(SEGMENT.rule))).orThrow(),
        row.get(SEGMENT.createdBy),
        row.get(SEGMENT.createdAt),
        row.get(SEGMENT.changedAt),
        counted == null ? null : new Counted(counted, row.get(SEGMENT.countedAt)));
  }
}
