package dev.carillon.storage.embedded.metadata;

import static dev.carillon.storage.embedded.metadata.Tables.IMPORTED_FILE;

import dev.carillon.engine.port.ImportStore;
import java.time.Instant;
import java.util.Optional;

/** When files of people were first imported. */
final class ImportedFiles {
  private final Database database;

  ImportedFiles(Database database) {
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

  void note(String contents, Instant first, Instant now) {
    database.write(
        sql -> {
          sql.insertInto(IMPORTED_FILE)
              .set(IMPORTED_FILE.contents, contents)
              .set(IMPORTED_FILE.firstAt, first)
              .set(IMPORTED_FILE.lastAt, now)
              .onConflict(IMPORTED_FILE.contents)
              .doUpdate()
              .set(IMPORTED_FILE.lastAt, now)
              .execute();
          return sql.deleteFrom(IMPORTED_FILE)
              .where(
                  IMPORTED_FILE.contents.in(
                      sql.select(IMPORTED_FILE.contents)
                          .from(IMPORTED_FILE)
                          .orderBy(IMPORTED_FILE.lastAt.desc(), IMPORTED_FILE.contents)
                          .offset(ImportStore.REMEMBERED)))
              .execute();
        });
  }
}
