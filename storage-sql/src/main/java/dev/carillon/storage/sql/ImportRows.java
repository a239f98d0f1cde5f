package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.IMPORTED_FILE;

import dev.carillon.engine.port.people.ImportStore;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jooq.impl.DSL;

/** When files of people were first imported. */
final class ImportRows {
  private final Database database;

  ImportRows(Database database) {
    this.database = database;
  }

  Optional<Instant> first(String contents) {
    return database.read(
        sql ->
            sql.select(IMPORTED_FILE.firstAt)
                .from(IMPORTED_FILE)
                .where(IMPORTED_FILE.contents.eq(contents))
                .fetchOptional(IMPORTED_FILE.firstAt));
  }

  int note(String contents, String reading, Instant first, Instant now) {
    return database.write(
        sql -> {
          sql.insertInto(IMPORTED_FILE)
              .set(IMPORTED_FILE.contents, contents)
              .set(IMPORTED_FILE.firstAt, first)
              .set(IMPORTED_FILE.lastAt, now)
              .set(IMPORTED_FILE.reading, reading)
              .set(IMPORTED_FILE.turn, 0)
              .onConflict(IMPORTED_FILE.contents)
              .doUpdate()
              .set(IMPORTED_FILE.lastAt, now)
              .set(
                  IMPORTED_FILE.turn,
                  DSL.when(IMPORTED_FILE.reading.eq(reading), IMPORTED_FILE.turn)
                      .otherwise(IMPORTED_FILE.turn.plus(1)))
              .set(IMPORTED_FILE.reading, reading)
              .execute();
          sql.deleteFrom(IMPORTED_FILE)
              .where(
                  IMPORTED_FILE.contents.in(
                      sql.select(IMPORTED_FILE.contents)
                          .from(IMPORTED_FILE)
                          .orderBy(IMPORTED_FILE.lastAt.desc(), IMPORTED_FILE.contents)
                          .offset(ImportStore.REMEMBERED)))
              .execute();
          return Objects.requireNonNull(
              sql.select(IMPORTED_FILE.turn)
                  .from(IMPORTED_FILE)
                  .where(IMPORTED_FILE.contents.eq(contents))
                  .fetchOne(IMPORTED_FILE.turn));
        });
  }
}
