package dev.carillon.engine.reporting;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;

/** Writes lines of CSV (RFC 4180) that no spreadsheet takes for formulas. */
final class CsvLine {
  private static final CsvWriter.CsvWriterBuilder WRITER =
      CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).bufferSize(0);
  private static final String FORMULA_STARTS = "=+-@\t\r\n";

  private CsvLine() {}

  /** A line of these cells, with its end. */
  static String of(String... cells) {
    StringWriter line = new StringWriter();
    WRITER.build(line).writeRecord(cells);
    return line.toString();
  }

  /** A text from outside, such that it is shown and never computed. */
  static String disarmed(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
