package dev.carillon.storage.embedded.problem;

import java.io.IOException;
import java.nio.file.Path;

/** The journal lacks what it should hold: where, why, and what to do, in words for an operator. */
public final class DamagedJournalException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final String WHAT_TO_DO =
      " Nothing was changed, as what is there may have been accepted. Stop Carillon, keep a copy of"
          + " the data folder, and run 'carillon salvage': it keeps what is whole and counts what is"
          + " not.";

  private final String what;

  /**
   * @param file the damaged file
   * @param offset the first byte that is not as it should be
   * @param entry position of the first entry that cannot be read there
   * @param why what is wrong, a part of a sentence
   */
  public DamagedJournalException(Path file, long offset, long entry, String why) {
    this(
        "The journal file "
            + file
            + " is damaged at byte "
            + offset
            + ", entry "
            + entry
            + ": "
            + why
            + ".");
  }

  /**
   * @param entry position of the first entry that is missing
   */
  public DamagedJournalException(Path folder, long entry, String why) {
    this("The journal in " + folder + " is damaged at entry " + entry + ": " + why + ".");
  }

  private DamagedJournalException(String what) {
    super(what + WHAT_TO_DO);
    this.what = what;
  }

  /** What is damaged, without what to do. */
  public String what() {
    return what;
  }
}
