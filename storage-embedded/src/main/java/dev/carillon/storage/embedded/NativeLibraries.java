package dev.carillon.storage.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The databases' native libraries. Unpacking and loading them takes half a second, which need not
 * be waited for while other things start.
 */
public final class NativeLibraries {
  private static final Logger log = LoggerFactory.getLogger(NativeLibraries.class);

  private NativeLibraries() {}

  /**
   * Loads them beside the caller, who need not wait: whoever needs one finds it or waits for it.
   */
  public static void loadInBackground() {
    Thread.ofPlatform().name("native-libraries").daemon().start(NativeLibraries::load);
  }

  private static void load() {
    try {
      Class.forName("org.duckdb.DuckDBNative");
      org.sqlite.SQLiteJDBCLoader.initialize();
    } catch (Exception | LinkageError failed) {
      log.debug("opening the store will say what is wrong", failed);
    }
  }
}
