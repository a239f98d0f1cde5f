package dev.carillon.storage.embedded.query;

import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.audience.ControlGroupStore.HeldOut;
import dev.carillon.engine.port.audience.ControlGroupStore.Member;
import dev.carillon.storage.embedded.audience.ControlSql;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** Reads who is held out. */
public final class ControlGroupReader {
  private final DuckDatabase database;

  public ControlGroupReader(DuckDatabase database) {
    this.database = database;
  }

  public List<HeldOut> heldOut(int campaign, int after, int limit) {
    return database.read(
        session ->
            session.list(
                """
                SELECT m.seq, m.run, m.user_key, p.identity
                FROM message m JOIN profile p ON p.user_key = m.user_key
                WHERE m.campaign = ? AND m.control AND m.seq > ? ORDER BY m.seq LIMIT ?""",
                row ->
                    new HeldOut(
                        row.getInt(1),
                        row.getInt(2),
                        row.getLong(3),
                        Identity.ofStored(row.getString(4))),
                campaign,
                after,
                limit));
  }

  public List<Member> systemControlGroup(int percent, long after, int limit) {
    return database.read(
        session -> {
          List<Member> members = new ArrayList<>();
          try (PreparedStatement statement =
                  ControlSql.members(session.connection(), percent, after, limit);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              members.add(new Member(rows.getLong(1), Identity.ofStored(rows.getString(2))));
            }
          }
          return members;
        });
  }
}
