package dev.carillon.storage.embedded.query;

import dev.carillon.core.campaign.Draw;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.audience.ControlUser;
import dev.carillon.engine.port.audience.SystemControlUser;
import dev.carillon.storage.embedded.audience.DrawSql;
import dev.carillon.storage.embedded.audience.Sql;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import java.util.List;

/** Reads who is held out. */
public final class ControlGroupReader {
  private final DuckDatabase database;

  public ControlGroupReader(DuckDatabase database) {
    this.database = database;
  }

  public List<ControlUser> heldOut(int campaign, int after, int limit) {
    return database.read(
        session ->
            session.list(
                """
                SELECT m.seq, m.run, m.user_key, p.identity
                FROM message m JOIN profile p ON p.user_key = m.user_key
                WHERE m.campaign = ? AND m.control AND m.seq > ? ORDER BY m.seq LIMIT ?""",
                row ->
                    new ControlUser(
                        row.getInt(1),
                        row.getInt(2),
                        row.getLong(3),
                        Identity.ofStored(row.getString(4))),
                campaign,
                after,
                limit));
  }

  public List<SystemControlUser> systemControlGroup(int percent, long after, int limit) {
    Sql members =
        Sql.of(
            "SELECT user_key, identity FROM profile WHERE user_key > {} AND {}"
                + " ORDER BY user_key LIMIT {}",
            Sql.value(after),
            DrawSql.below(Draw.OF_SYSTEM_CONTROL_GROUP, percent),
            Sql.value(limit));
    return database.read(
        session ->
            session.list(
                members.text(),
                row -> new SystemControlUser(row.getLong(1), Identity.ofStored(row.getString(2))),
                members.values().toArray()));
  }
}
