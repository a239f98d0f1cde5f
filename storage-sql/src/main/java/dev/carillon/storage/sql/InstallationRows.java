package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.INSTALLATION;
import static dev.carillon.storage.sql.Tables.REFERENCE_KEY;
import static dev.carillon.storage.sql.Tables.RUN;

import dev.carillon.engine.port.account.Installation;
import dev.carillon.engine.port.account.MetadataMarks;
import dev.carillon.engine.port.account.ReferenceKey;
import dev.carillon.engine.port.account.RunKey;
import dev.carillon.engine.port.campaign.PlannedCount;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;

/** The installation that the file belongs to, and the keys of its references. */
final class InstallationRows {
  private final Database database;

  InstallationRows(Database database) {
    this.database = database;
  }

  Optional<Installation> find() {
    return database.read(InstallationRows::find);
  }

  private static Optional<Installation> find(DSLContext sql) {
    return sql.selectFrom(INSTALLATION)
        .fetchOptional(
            row ->
                new Installation(
                    UUID.fromString(row.get(INSTALLATION.id)),
                    row.get(INSTALLATION.start),
                    row.get(INSTALLATION.starting) == 1,
                    row.get(INSTALLATION.factsEnd)));
  }

  void put(Installation installation) {
    database.write(
        sql ->
            sql.insertInto(INSTALLATION)
                .set(INSTALLATION.one, 1)
                .set(INSTALLATION.id, installation.id().toString())
                .set(INSTALLATION.start, installation.start())
                .set(INSTALLATION.starting, installation.starting() ? 1 : 0)
                .set(INSTALLATION.factsEnd, installation.factsEnd())
                .onConflict(INSTALLATION.one)
                .doUpdate()
                .setAllToExcluded()
                .execute());
  }

  MetadataMarks marks() {
    return database.read(
        sql -> {
          Set<RunKey> noted = new HashSet<>();
          sql.select(RUN.campaign, RUN.number)
              .from(RUN)
              .forEach(row -> noted.add(new RunKey(row.get(RUN.campaign), row.get(RUN.number))));
          List<PlannedCount> planned =
              sql.select(RUN.campaign, RUN.number, RUN.firstSeq, RUN.planned)
                  .from(RUN)
                  .where(RUN.plannedAt.isNotNull())
                  .fetch(
                      row ->
                          new PlannedCount(
                              row.get(RUN.campaign),
                              row.get(RUN.number),
                              row.get(RUN.firstSeq),
                              row.get(RUN.planned)));
          return new MetadataMarks(find(sql), noted, planned);
        });
  }

  List<ReferenceKey> referenceKeys() {
    return database.read(
        sql ->
            sql.selectFrom(REFERENCE_KEY)
                .orderBy(REFERENCE_KEY.id.desc())
                .fetch(
                    row ->
                        new ReferenceKey(
                            row.get(REFERENCE_KEY.id),
                            Base64.getDecoder().decode(row.get(REFERENCE_KEY.key)),
                            row.get(REFERENCE_KEY.sealed) == 1)));
  }

  void addReferenceKey(byte[] key) {
    database.write(
        sql ->
            sql.insertInto(REFERENCE_KEY)
                .set(REFERENCE_KEY.key, Base64.getEncoder().encodeToString(key))
                .set(REFERENCE_KEY.sealed, 0)
                .execute());
  }

  void openedReferenceKey(int id, byte[] key) {
    database.write(
        sql ->
            sql.update(REFERENCE_KEY)
                .set(REFERENCE_KEY.key, Base64.getEncoder().encodeToString(key))
                .set(REFERENCE_KEY.sealed, 0)
                .where(REFERENCE_KEY.id.eq(id))
                .execute());
  }
}
