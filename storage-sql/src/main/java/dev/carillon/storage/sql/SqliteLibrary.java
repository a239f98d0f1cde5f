package dev.carillon.storage.sql;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/** SQLite's native library, loaded while other things start. */
public final class SqliteLibrary {
  private static final Logger log = LoggerFactory.getLogger(SqliteLibrary.class);

  private SqliteLibrary() {}

  /** Loads it beside the caller. Code that needs it meanwhile waits for it. */
  public static void loadInBackground() {
    Thread.ofPlatform().name("sqlite-library").daemon().start(SqliteLibrary::load);
  }

  private static void load() {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception | LinkageError failed) {
      log.debug("opening the store will say what is wrong", failed);
    }
  }
}
