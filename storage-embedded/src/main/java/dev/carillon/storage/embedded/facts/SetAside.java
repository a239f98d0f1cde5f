package dev.carillon.storage.embedded.facts;

import dev.carillon.engine.port.Entry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that were accepted and cannot be applied: kept as they came, with the reason, in a table
 * of their own, so that one of them never holds up the others. For the applier's thread alone, but
 * for {@link #count()}.
 */
final class SetAside {
  private static final Logger log = LoggerFactory.getLogger(SetAside.class);

  private static final Pattern QUOTED = Pattern.compile("(?s)['\"].*");

  private record Kept(Entry entry, String reason) {}

  private final List<Kept> pending = new ArrayList<>();
  private final AtomicLong count = new AtomicLong();
  private int erased;

  void load(DuckSession session) throws SQLException {
    count.set(session.number("SELECT count(*) FROM set_aside"));
  }

  /** How many there are. */
  long count() {
    return count.get();
  }

  /** Puts an entry aside with the transaction that is open. */
  void put(Entry entry, String reason) {
    pending.add(new Kept(entry, reason));
  }

  /**
   * @param position where in the journal the batch begins
   */
  void write(DuckSession session, long position) throws SQLException {
    if (pending.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = session.appender("set_aside")) {
      for (Kept kept : pending) {
        appender
            .beginRow()
            .append(position)
            .append(kept.reason())
            .append(EntryCodec.encode(List.of(kept.entry())))
            .endRow();
      }
    }
  }

  /** Deletes the entries that name a deleted user. */
  void erase(DuckSession session, Predicate<Entry> names) throws SQLException {
    pending.removeIf(kept -> names.test(kept.entry()));
    if (count.get() == 0) {
      return;
    }
    ArrayList<Long> rows = new ArrayList<>();
    session.each(
        "SELECT rowid, entry FROM set_aside",
        row -> {
          if (names.test(EntryCodec.read(new ByteSource(row.getBytes(2))))) {
            rows.add(row.getLong(1));
          }
        });
    for (long row : rows) {
      session.update("DELETE FROM set_aside WHERE rowid = ?", row);
    }
    erased += rows.size();
  }

  void committed() {
    for (Kept kept : pending) {
      log.error("an entry ({}) was set aside: {}", kind(kept.entry()), words(kept.reason()));
    }
    count.addAndGet(pending.size() - erased);
    erased = 0;
    pending.clear();
  }

  void rolledBack() {
    erased = 0;
    pending.clear();
  }

  /** The reason without what it quotes: that may be somebody's data. */
  private static String words(String reason) {
    return QUOTED.matcher(reason).replaceAll("...");
  }

  private static String kind(Entry entry) {
    return entry.getClass().getSimpleName();
  }
}
