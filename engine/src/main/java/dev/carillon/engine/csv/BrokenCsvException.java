package dev.carillon.engine.csv;

/** The rest of a file cannot be read as CSV; the message says where and why in plain words. */
public final class BrokenCsvException extends Exception {
  private static final long serialVersionUID = 1L;

  private BrokenCsvException(String words) {
    super(words);
  }

  static BrokenCsvException neverClosed(long line) {
    return new BrokenCsvException(
        "The file cannot be read as CSV: a quote in the row that begins on line "
            + line
            + " is never closed.");
  }

  /**
   * @param line where the last row that could be read begins; 0 when there is none
   */
  static BrokenCsvException after(long line) {
    return new BrokenCsvException(
        "The file cannot be read as CSV"
            + (line == 0 ? " from its first row" : " after the row that begins on line " + line)
            + ": most likely a quote is not closed there, or one within a cell is not written"
            + " twice.");
  }

  /**
   * Bytes are not text in UTF-8.
   *
   * @param line where the row with the first of them begins
   */
  public static BrokenCsvException notText(long line) {
    return new BrokenCsvException(
        "The file is not text in UTF-8 (line " + line + "). Save it as CSV UTF-8.");
  }
}
