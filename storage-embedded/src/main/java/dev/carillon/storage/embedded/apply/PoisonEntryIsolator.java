package dev.carillon.storage.embedded.apply;

import dev.carillon.storage.embedded.problem.DataErrors;

/**
 * Bisects batches that fail for what is in them down to the one entry that cannot be applied, and
 * widens them again once they succeed. Only {@link DataErrors} are blamed on entries; a batch for
 * which the memory does not suffice is tried smaller without blame. Not thread-safe.
 */
final class PoisonEntryIsolator {
  /** An entry that fails alone is tried so often before it is given up. */
  private static final int TRIES = 3;

  private final int widest;
  private int most;
  private int failuresAlone;
  private String reason = "unknown";

  PoisonEntryIsolator(int widest) {
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

  /** Why the entry that was found cannot be applied. */
  String reason() {
    return reason;
  }

  void succeeded() {
    failuresAlone = 0;
    most = (int) Math.min(widest, most * 2L);
  }

  /**
   * Learns of a failure.
   *
   * @param entries how many the batch had
   * @return whether its entries are the reason, rather than the machine or the program
   */
  boolean failed(Exception failure, int entries) {
    if (entries == 0 || !DataErrors.include(failure)) {
      failuresAlone = 0;
      if (DataErrors.isForWantOfMemory(failure)) {
        most = Math.max(1, entries / 2);
      }
      return false;
    }
    if (entries == 1) {
      failuresAlone++;
      reason = String.valueOf(failure.getMessage());
    }
    most = Math.max(1, entries / 2);
    return true;
  }
}
