package dev.carillon.server.health;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Reports when the disk under the data folder is nearly full. */
final class DiskSpace {
  private static final long MIB = 1L << 20;

  /** Enough for the journal and DuckDB to go on for a while; on a small disk less must do. */
  private static final long LEAST_FREE = 256 * MIB;

  private static final int LEAST_PART = 10;

  private final Path folder;

  DiskSpace(Path folder) {
    this.folder = folder;
  }

  /** What is wrong and what to do; empty while there is room, or where it cannot be known. */
  Optional<String> shortage() {
    try {
      FileStore disk = Files.getFileStore(folder);
      return shortage(disk.getUsableSpace(), disk.getTotalSpace());
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  /**
   * @param free in bytes
   * @param total in bytes
   */
  static Optional<String> shortage(long free, long total) {
    if (free >= Math.min(LEAST_FREE, total / LEAST_PART)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "The disk of the data folder is nearly full: %,d MiB are free. Make room; when it is"
                + " full, nothing more is taken in or sent.",
            free / MIB));
  }
}
