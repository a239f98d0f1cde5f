package dev.carillon.storage.embedded.tables;

import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts something that batches bring about, together with them: a number in {@code progress}. For
 * the applier's thread alone, but for {@link #count()}.
 */
public final class KeptCount {
  private static final Logger log = LoggerFactory.getLogger(KeptCount.class);

  private final String name;
  private final String warning;
  private final AtomicLong count = new AtomicLong();
  private long fresh;

  /**
   * @param name its name in {@code progress}
   * @param warning what is logged when it grew, with a place for the number
   */
  public KeptCount(String name, String warning) {
    this.name = name;
    this.warning = warning;
  }

  public void load(DuckSession session) throws SQLException {
    count.set(session.number("SELECT value FROM progress WHERE name = '" + name + "'"));
  }

  public long count() {
    return count.get();
  }

  public void add(long more) {
    fresh += more;
  }

  public void write(DuckSession session) throws SQLException {
    if (fresh > 0) {
      session.update("UPDATE progress SET value = value + ? WHERE name = '" + name + "'", fresh);
    }
  }

  public void committed() {
    if (fresh > 0) {
      log.warn(warning, fresh);
    }
    count.addAndGet(fresh);
    fresh = 0;
  }

  public void rolledBack() {
    fresh = 0;
  }
}
