package dev.carillon.storage.embedded.facts;

import java.sql.SQLException;
import java.util.Set;

/**
 * Narrows batches that fail for what is in them down to the one entry that cannot be applied, by
 * halves, and widens them again once they succeed. Not thread-safe.
 */
final class Narrowing {
  /** An entry that fails alone is tried so often before it is given up. */
  private static final int TRIES = 3;

  /** How DuckDB's errors begin when the trouble is the machine's. */
  private static final Set<String> MACHINE = Set.of("IO Error", "Out of Memory Error");

  private final int widest;
  private int most;
  private int failuresAlone;

  Narrowing(int widest) {
    this.widest = widest;
    this.most = widest;
  }

  /** How many entries the next batch may have. */
  int most() {
    return most;
  }

  /** Whether the next batch is one entry that cannot be applied. */
  boolean found() {
    return failuresAlone >= TRIES;
  }

  void succeeded() {
    failuresAlone = 0;
    most = (int) Math.min(widest, most * 2L);
  }

  /**
   * Learns of a failure.
   *
   * @param entries how many the batch had
   * @return whether its entries may be the reason, rather than the store
   */
  boolean failed(Exception reason, int entries) {
    if (entries == 0 || ofTheMachine(reason)) {
      return false;
    }
    if (entries == 1) {
      failuresAlone++;
    }
    most = Math.max(1, entries / 2);
    return true;
  }

  private static boolean ofTheMachine(Exception reason) {
    String message = String.valueOf(reason.getMessage());
    return !(reason instanceof SQLException || reason instanceof RuntimeException)
        || MACHINE.stream().anyMatch(message::contains);
  }
}
