package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.HELD_CONNECTION;

import dev.carillon.engine.port.work.HeldConnection;
import java.util.List;
import org.jooq.Record;

/** Connections that campaigns send nothing through. */
final class HeldConnectionRows {
  private final Database database;

  HeldConnectionRows(Database database) {
    this.database = database;
  }

  void hold(HeldConnection held) {
    database.write(
        sql ->
            sql.insertInto(HELD_CONNECTION)
                .set(HELD_CONNECTION.campaign, held.campaign())
                .set(HELD_CONNECTION.connection, held.connection())
                .set(HELD_CONNECTION.reason, held.reason())
                .set(HELD_CONNECTION.at, held.at())
                .onConflictDoNothing()
                .execute());
  }

  List<HeldConnection> list(int campaign) {
    return database.read(
        sql ->
            sql.selectFrom(HELD_CONNECTION)
                .where(HELD_CONNECTION.campaign.eq(campaign))
                .orderBy(HELD_CONNECTION.connection)
                .fetch(HeldConnectionRows::held));
  }

  void free(int campaign, int connection) {
    database.write(
        sql ->
            sql.deleteFrom(HELD_CONNECTION)
                .where(
                    HELD_CONNECTION.campaign.eq(campaign),
                    HELD_CONNECTION.connection.eq(connection))
                .execute());
  }

  private static HeldConnection held(Record row) {
    return new HeldConnection(
        row.get(HELD_CONNECTION.campaign),
        row.get(HELD_CONNECTION.connection),
        row.get(HELD_CONNECTION.reason),
        row.get(HELD_CONNECTION.at));
  }
}
