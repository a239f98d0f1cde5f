package dev.carillon.storage.embedded.callbacks;

import dev.carillon.engine.port.facts.Entry.RawCallback;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/** The table of raw callbacks, which lie in packs. */
public final class CallbackPacks {

  /** A pack is closed when the bodies in it have so many bytes. */
  private static final int FULL = 256 << 10;

  /** How many packs are looked through at a time. */
  private static final int TOGETHER = 1000;

  /** How many callbacks of the earlier form are packed at a time. */
  private static final int ADOPTED_TOGETHER = 50_000;

  /** First ids of packs that lie together; ranges may overlap. */
  private record Range(long from, long to) {}

  private record Changed(long row, List<RawCallback> rest) {}

  private CallbackPacks() {}

  static void append(DuckSession session, List<RawCallback> callbacks) throws SQLException {
    if (callbacks.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = session.appender("callback_pack")) {
      List<RawCallback> pack = new ArrayList<>();
      int bytes = 0;
      for (RawCallback callback :
          callbacks.stream().sorted(Comparator.comparingLong(RawCallback::id)).toList()) {
        pack.add(callback);
        bytes += callback.body().length;
        if (bytes >= FULL) {
          append(appender, pack);
          pack.clear();
          bytes = 0;
        }
      }
      if (!pack.isEmpty()) {
        append(appender, pack);
      }
      appender.flush();
    }
  }

  private static void append(DuckDBAppender appender, List<RawCallback> pack) throws SQLException {
    appender
        .beginRow()
        .append(pack.getFirst().id())
        .append(pack.getLast().id())
        .append(CallbackPack.of(pack))
        .endRow();
  }

  /** The callbacks with these ids, in the order in which they came. */
  public static List<RawCallback> read(DuckSession session, long[] ids) throws SQLException {
    Set<Long> sought = Arrays.stream(ids).boxed().collect(Collectors.toSet());
    List<RawCallback> found = new ArrayList<>();
    session.each(
        """
        SELECT callbacks FROM callback_pack WHERE EXISTS (
          FROM (SELECT unnest(?::BIGINT[]) AS id) WHERE id BETWEEN first_id AND last_id)""",
        row ->
            CallbackPack.callbacks(row.getBytes("callbacks")).stream()
                .filter(callback -> sought.contains(callback.id()))
                .forEach(found::add),
        ids);
    found.sort(Comparator.comparing(RawCallback::receivedAt).thenComparingLong(RawCallback::id));
    return found;
  }

  /** Ids of the callbacks whose bodies hold one of the texts; all are looked through. */
  public static Set<Long> naming(DuckSession session, Collection<String> texts)
      throws SQLException {
    List<Range> ranges =
        session.list(
            "SELECT min(first_id), max(first_id) FROM callback_pack GROUP BY rowid // ?",
            row -> new Range(row.getLong(1), row.getLong(2)),
            TOGETHER);
    Set<Long> ids = new HashSet<>();
    for (Range range : ranges) {
      session
          .list(
              "SELECT callbacks FROM callback_pack WHERE first_id BETWEEN ? AND ?",
              row -> row.getBytes("callbacks"),
              range.from(),
              range.to())
          .parallelStream()
          .map(pack -> CallbackPack.naming(pack, texts))
          .forEachOrdered(named -> named.forEach(callback -> ids.add(callback.id())));
    }
    return ids;
  }

  /** Deletes the callbacks with these ids, which are staged as keys. */
  public static void deleteStaged(DuckSession session, Set<Long> ids) throws SQLException {
    List<Changed> changed = new ArrayList<>();
    session.each(
        """
        SELECT rowid, callbacks FROM callback_pack
        WHERE EXISTS (FROM stage_key WHERE k BETWEEN first_id AND last_id)""",
        row -> {
          List<RawCallback> before = CallbackPack.callbacks(row.getBytes("callbacks"));
          List<RawCallback> rest =
              before.stream().filter(callback -> !ids.contains(callback.id())).toList();
          if (rest.size() < before.size()) {
            changed.add(new Changed(row.getLong("rowid"), rest));
          }
        });
    for (Changed pack : changed) {
      session.update("DELETE FROM callback_pack WHERE rowid = ?", pack.row());
    }
    for (Changed pack : changed) {
      append(session, pack.rest());
    }
  }

  /** Packs what lies in the table of an earlier version, where each callback had a row. */
  public static void adopt(DuckSession session) throws SQLException {
    if (session.number("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'inbox'") == 0) {
      return;
    }
    session.execute("BEGIN TRANSACTION");
    long last = Long.MIN_VALUE;
    List<RawCallback> some;
    do {
      some =
          session.list(
              """
              SELECT id, connection, received_at, body FROM inbox
              WHERE id > ? ORDER BY id LIMIT ?""",
              row ->
                  new RawCallback(
                      row.getLong("id"),
                      row.getInt("connection"),
                      DuckSession.instant(row, "received_at"),
                      row.getBytes("body")),
              last,
              ADOPTED_TOGETHER);
      append(session, some);
      last = some.isEmpty() ? last : some.getLast().id();
    } while (some.size() == ADOPTED_TOGETHER);
    session.execute("DROP TABLE inbox");
    session.execute("COMMIT");
  }
}
