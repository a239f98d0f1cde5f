package dev.carillon.storage.embedded.problem;

import java.io.IOException;
import java.sql.SQLException;

/** What keeps the store from its work, in words for an operator and without anybody's data. */
public final class ProblemText {
  /** How Linux, macOS and Windows say it, and DuckDB after them. */
  private static final String[] DISK_FULL = {
    "No space left on device", "Disk quota exceeded", "not enough space on the disk"
  };

  private ProblemText() {}

  /** A thread has ended, so nothing goes on by itself. */
  public static String lasting(String consequence, Throwable reason) {
    return "An error ("
        + reason.getClass().getSimpleName()
        + ") has ended a part of the store: "
        + consequence
        + ". Start Carillon again; the log says more.";
  }

  public static String ofWriting(Exception reason) {
    return isDiskFull(reason)
        ? "The disk is full: nothing is accepted. It goes on by itself when there is room again."
        : "The journal cannot be written ("
            + reason.getClass().getSimpleName()
            + "): nothing is accepted. It is tried again every second; the log says why.";
  }

  public static String ofApplying(Exception reason) {
    if (isDiskFull(reason)) {
      return "The disk is full: what was accepted is durable, and can be read when there is room"
          + " again. It goes on by itself.";
    }
    if (reason instanceof DamagedJournalException) {
      return reason.getMessage() + " Reading stands still until then.";
    }
    if (reason instanceof TooManyDeadLettersException) {
      return reason.getMessage()
          + ". That is a defect, so no more of them are kept as dead letters: nothing is lost, but"
          + " reading stands still until a version without it runs. Please report it.";
    }
    String name = reason.getClass().getSimpleName();
    return reason instanceof SQLException || reason instanceof IOException
        ? "What was accepted is durable and cannot be made readable now ("
            + name
            + "). It is tried again by itself; the log says why."
        : "The program fails at what was accepted ("
            + name
            + "): that is a defect. Nothing is lost, but reading stands still until a version without"
            + " it runs. The log says where; please report it.";
  }

  private static boolean isDiskFull(Throwable reason) {
    for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      for (String text : DISK_FULL) {
        if (message != null && message.contains(text)) {
          return true;
        }
      }
    }
    return false;
  }
}
