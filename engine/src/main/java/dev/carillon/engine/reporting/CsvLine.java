package dev.carillon.engine.reporting;

/** Writes lines of CSV (RFC 4180) that no spreadsheet takes for formulas. */
final class CsvLine {
  private static final String LINE_END = "\r\n";
  private static final String FORMULA_STARTS = "=+-@\t\r\n";

  private CsvLine() {}

  /** A line of these cells, with its end. */
  static String of(String... cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      line.append(i == 0 ? "" : ",").append(quoted(cells[i]));
    }
    return line.append(LINE_END).toString();
  }

  /** A text from outside, such that it is shown and never computed. */
  static String disarmed(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
