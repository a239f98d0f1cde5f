package dev.carillon.storage.embedded.duckdb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB's native library. Unpacking and loading it takes half a second, which need not be waited
 * for while other things start.
 */
public final class DuckLibrary {
  private static final Logger log = LoggerFactory.getLogger(DuckLibrary.class);

  /** DuckDB's driver unpacks its library under such a name, 70 MB each time. */
  private static final String UNPACKED = "libduckdb_java*";

  /** After so long a process has loaded what it unpacked, and needs the file no more. */
  private static final Duration UNPACKED_AND_LOADED = Duration.ofMinutes(10);

  private DuckLibrary() {}

  /** Loads it beside the caller. Code that needs it meanwhile waits for it. */
  public static void loadInBackground() {
    Thread.ofPlatform().name("duckdb-library").daemon().start(DuckLibrary::load);
  }

  private static void load() {
    deleteLeftBehind(
        Path.of(System.getProperty("java.io.tmpdir")), Instant.now().minus(UNPACKED_AND_LOADED));
    try {
      Class.forName("org.duckdb.DuckDBNative");
    } catch (ClassNotFoundException | LinkageError failed) {
      log.debug("opening the store will say what is wrong", failed);
    }
  }

  /** A process that was killed leaves its library in the system's temporary folder. */
  static void deleteLeftBehind(Path folder, Instant before) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, UNPACKED)) {
      for (Path file : files) {
        FileTime unpacked = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
        if (unpacked.toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | RuntimeException kept) {
      log.debug("what was left behind stays", kept);
    }
  }
}
