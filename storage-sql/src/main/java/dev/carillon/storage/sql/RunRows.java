package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.CHUNK;
import static dev.carillon.storage.sql.Tables.RUN;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.Run.Planned;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import dev.carillon.engine.port.campaign.RunSection;
import dev.carillon.engine.port.work.Chunk;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Runs of campaigns, and the chunks of runs that are being sent. A finished chunk is deleted, so
 * that finding the next one never wades through those before; a run is cut only once, so none comes
 * back.
 */
final class RunRows {
  private final Database database;

  RunRows(Database database) {
    this.database = database;
  }

  List<Run> list(int campaign) {
    return database.read(
        sql ->
            sql.selectFrom(RUN).where(RUN.campaign.eq(campaign)).orderBy(RUN.number).stream()
                .map(RunRows::run)
                .toList());
  }

  Run create(int campaign, int number, Instant dueAt, @Nullable SkipReason skipped) {
    return database.write(
        sql -> {
          sql.insertInto(RUN)
              .set(RUN.campaign, campaign)
              .set(RUN.number, number)
              .set(RUN.dueAt, dueAt)
              .set(RUN.skipped, val(skipped == null ? null : skipped.key(), RUN.skipped))
              .onConflict(RUN.campaign, RUN.number)
              .doNothing()
              .execute();
          return run(sql, campaign, number);
        });
  }

  Run skip(int campaign, int number, Skipped skipped) {
    return database.write(
        sql -> {
          sql.update(RUN)
              .set(RUN.skipped, skipped.reason().key())
              .set(RUN.skippedDetail, val(skipped.detail(), RUN.skippedDetail))
              .where(is(campaign, number), RUN.plannedAt.isNull(), RUN.skipped.isNull())
              .execute();
          return run(sql, campaign, number);
        });
  }

  Run planned(
      int campaign,
      int number,
      Instant plannedAt,
      int firstSeq,
      List<RunSection> sections,
      int chunkSize) {
    if (firstSeq < 0 || chunkSize < 1) {
      throw new IllegalArgumentException("a run has 0 or more messages in chunks of 1 or more");
    }
    int planned = RunSection.messages(firstSeq, sections);
    return database.write(
        sql -> {
          boolean first =
              sql.update(RUN)
                      .set(RUN.plannedAt, plannedAt)
                      .set(RUN.firstSeq, firstSeq)
                      .set(RUN.planned, planned)
                      .where(is(campaign, number), RUN.plannedAt.isNull(), RUN.skipped.isNull())
                      .execute()
                  > 0;
          if (first && planned > 0) {
            cut(sql, campaign, number, plannedAt, sections, chunkSize);
          }
          return run(sql, campaign, number);
        });
  }

  private static void cut(
      DSLContext sql,
      int campaign,
      int number,
      Instant freeAt,
      List<RunSection> sections,
      int chunkSize) {
    BatchBindStep chunks =
        sql.batch(
            sql.insertInto(CHUNK)
                .set(CHUNK.campaign, campaign)
                .set(CHUNK.run, number)
                .set(CHUNK.connection, 0)
                .set(CHUNK.fromSeq, 0)
                .set(CHUNK.toSeq, 0)
                .set(CHUNK.freeAt, freeAt));
    for (RunSection section : sections) {
      int end = section.endSeq();
      for (long from = section.firstSeq(); from < end; from += chunkSize) {
        int to = (int) Math.min(from + chunkSize, end);
        chunks = chunks.bind(campaign, number, section.connection(), (int) from, to, freeAt);
      }
    }
    chunks.execute();
  }

  Run holdsOut(int campaign, int number, int systemControlPercent) {
    return database.write(
        sql -> {
          sql.update(RUN)
              .set(RUN.systemControl, systemControlPercent)
              .where(is(campaign, number), RUN.systemControl.isNull())
              .execute();
          return run(sql, campaign, number);
        });
  }

  List<Run> skippedSince(Instant since, int limit) {
    return database.read(
        sql ->
            sql
                .selectFrom(RUN)
                .where(RUN.skipped.isNotNull(), RUN.dueAt.ge(since))
                .orderBy(RUN.dueAt.desc(), RUN.campaign.desc(), RUN.number.desc())
                .limit(limit)
                .stream()
                .map(RunRows::run)
                .toList());
  }

  void finish(int campaign, Instant at) {
    database.write(
        sql ->
            sql.update(RUN)
                .set(RUN.finishedAt, at)
                .where(
                    RUN.campaign.eq(campaign),
                    RUN.plannedAt.isNotNull(),
                    RUN.finishedAt.isNull(),
                    notExists(
                        selectOne()
                            .from(CHUNK)
                            .where(CHUNK.campaign.eq(RUN.campaign), CHUNK.run.eq(RUN.number))))
                .execute());
  }

  /**
   * Looks for a chunk and takes it, in a transaction that no other writer of the file can be in. A
   * store with several writers at a time locks the row that it looks at ({@code for update skip
   * locked}).
   */
  Optional<Chunk> claim(int campaign, int connection, String owner, Instant now, Duration lease) {
    return database.write(
        sql -> {
          Optional<Chunk> next =
              sql.selectFrom(CHUNK)
                  .where(
                      CHUNK.campaign.eq(campaign),
                      CHUNK.connection.eq(connection),
                      CHUNK.freeAt.le(now))
                  .orderBy(CHUNK.run, CHUNK.fromSeq)
                  .limit(1)
                  .fetchOptional()
                  .map(row -> chunk(row, owner));
          next.ifPresent(
              chunk ->
                  sql.update(CHUNK)
                      .set(CHUNK.owner, owner)
                      .set(CHUNK.freeAt, now.plus(lease))
                      .where(is(chunk))
                      .execute());
          return next;
        });
  }

  boolean renew(Chunk chunk, Instant now, Duration lease) {
    return change(chunk, chunk.owner(), now.plus(lease));
  }

  void release(Chunk chunk, Instant notBefore) {
    change(chunk, null, notBefore);
  }

  private boolean change(Chunk chunk, @Nullable String owner, Instant freeAt) {
    return database.write(
            sql ->
                sql.update(CHUNK)
                    .set(CHUNK.owner, val(owner, CHUNK.owner))
                    .set(CHUNK.freeAt, freeAt)
                    .where(holds(chunk))
                    .execute())
        > 0;
  }

  /** Frees every chunk that somebody holds. */
  void freeAll() {
    database.write(
        sql ->
            sql.update(CHUNK)
                .setNull(CHUNK.owner)
                .set(CHUNK.freeAt, Instant.EPOCH)
                .where(CHUNK.owner.isNotNull())
                .execute());
  }

  void finish(Chunk chunk) {
    database.write(sql -> sql.deleteFrom(CHUNK).where(holds(chunk)).execute());
  }

  int open(int campaign) {
    return database.read(sql -> sql.fetchCount(CHUNK, CHUNK.campaign.eq(campaign)));
  }

  void freeWaiting(int campaign, Instant now) {
    database.write(
        sql ->
            sql.update(CHUNK)
                .set(CHUNK.freeAt, now)
                .where(CHUNK.campaign.eq(campaign), CHUNK.owner.isNull(), CHUNK.freeAt.gt(now))
                .execute());
  }

  Map<Integer, Instant> next(int campaign) {
    return database.read(
        sql ->
            sql.select(CHUNK.connection, min(CHUNK.freeAt))
                .from(CHUNK)
                .where(CHUNK.campaign.eq(campaign))
                .groupBy(CHUNK.connection)
                .fetchMap(CHUNK.connection, min(CHUNK.freeAt)));
  }

  long openMessages(int campaign) {
    return database.read(
        sql ->
            sql.select(coalesce(sum(CHUNK.toSeq.minus(CHUNK.fromSeq)), BigDecimal.ZERO))
                .from(CHUNK)
                .where(CHUNK.campaign.eq(campaign))
                .fetchSingle()
                .value1()
                .longValue());
  }

  /** Whether the chunk is still in the hands of the owner that claimed it. */
  private static Condition holds(Chunk chunk) {
    return is(chunk).and(CHUNK.owner.eq(chunk.owner()));
  }

  private static Condition is(Chunk chunk) {
    return CHUNK
        .campaign
        .eq(chunk.campaign())
        .and(CHUNK.run.eq(chunk.run()))
        .and(CHUNK.fromSeq.eq(chunk.fromSeq()));
  }

  private static Chunk chunk(Record row, String owner) {
    return new Chunk(
        row.get(CHUNK.campaign),
        row.get(CHUNK.run),
        row.get(CHUNK.connection),
        row.get(CHUNK.fromSeq),
        row.get(CHUNK.toSeq),
        owner);
  }

  private static Condition is(int campaign, int number) {
    return RUN.campaign.eq(campaign).and(RUN.number.eq(number));
  }

  private static Run run(DSLContext sql, int campaign, int number) {
    return sql.selectFrom(RUN)
        .where(is(campaign, number))
        .fetchOptional()
        .map(RunRows::run)
        .orElseThrow(
            () -> new IllegalArgumentException("campaign " + campaign + " has no run " + number));
  }

  private static @Nullable Skipped skipped(Record row) {
    return Optional.ofNullable(row.get(RUN.skipped))
        .flatMap(SkipReason::find)
        .map(reason -> new Skipped(reason, row.get(RUN.skippedDetail)))
        .orElse(null);
  }

  private static @Nullable Planned planned(Record row) {
    Instant at = row.get(RUN.plannedAt);
    return at == null
        ? null
        : new Planned(at, row.get(RUN.firstSeq), row.get(RUN.planned), row.get(RUN.finishedAt));
  }

  private static Run run(Record row) {
    Integer systemControl = row.get(RUN.systemControl);
    return new Run(
        row.get(RUN.campaign),
        row.get(RUN.number),
        row.get(RUN.dueAt),
        systemControl == null ? 0 : systemControl,
        planned(row),
        skipped(row));
  }
}
