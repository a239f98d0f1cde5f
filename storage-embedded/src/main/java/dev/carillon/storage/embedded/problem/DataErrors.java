package dev.carillon.storage.embedded.problem;

import java.sql.SQLException;
import java.util.List;

/**
 * The failures that are the fault of what is being written: a closed list. Whatever is not in it (a
 * full disk, no memory, a failed commit, a defect of this program) says nothing about an entry.
 */
public final class DataErrors {
  /** How DuckDB's errors begin when it refuses a value; the appender has words of its own. */
  private static final List<String> PREFIXES =
      List.of(
          "Constraint Error: ",
          "Conversion Error: ",
          "Out of Range Error: ",
          "Invalid Input Error: ",
          "Failed to append: CHECK constraint failed",
          "Failed to append: NOT NULL constraint failed");

  /** What the driver says of a statement that failed before, for whatever reason. */
  private static final String FAILED_BEFORE =
      "Invalid Input Error: Attempting to execute an unsuccessful or closed pending query result";

  private DataErrors() {}

  public static boolean include(Exception failure) {
    if (!(failure instanceof SQLException)) {
      return false;
    }
    String message = String.valueOf(failure.getMessage());
    return PREFIXES.stream().anyMatch(message::startsWith) && !message.startsWith(FAILED_BEFORE);
  }

  /** Whether the database lacked memory for what it was asked at once. */
  public static boolean isForWantOfMemory(Exception failure) {
    return failure instanceof SQLException
        && String.valueOf(failure.getMessage()).contains("Out of Memory Error");
  }
}
