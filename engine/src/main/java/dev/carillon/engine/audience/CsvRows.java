package dev.carillon.engine.audience;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.carillon.engine.port.ListStore.ListRows;
import dev.carillon.engine.port.ListStore.RowReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of a CSV file, row by row: UTF-8 with or without a byte order mark, fields in
 * quotes or not, lines that end as they like, separated by the comma, semicolon or tab that the
 * first line has most of.
 */
final class CsvRows implements ListRows {
  /** What is read ahead to find the separator. */
  private static final int AHEAD = 64 * 1024;

  private static final long MOST_ROWS = 5_000_000;
  private static final int SHOWN = 80;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char NO_UTF_8 = '\uFFFD';

  private final InputStream file;
  private final @Nullable String column;
  private final boolean header;

  /**
   * @param column name from the header, or number from 1; null for the first
   * @param header whether the first line names the columns
   */
  CsvRows(InputStream file, @Nullable String column, boolean header) {
    this.file = file;
    this.column = column;
    this.header = header;
  }

  @Override
  public void read(RowReader reader) throws IOException {
    BufferedReader text =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8), AHEAD);
    char separator = begin(text);
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(false)
            .skipEmptyLines(true)
            .ofCsvRecord(text)) {
      rows(csv.iterator(), reader);
    } catch (CsvParseException broken) {
      throw new AudienceException.Unreadable(
          "file", "The file cannot be read as CSV: " + words(broken) + ".");
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
  }

  private void rows(Iterator<CsvRecord> records, RowReader reader) {
    int index = header ? column(records) : numbered();
    long rows = 0;
    while (records.hasNext()) {
      CsvRecord record = records.next();
      if (++rows > MOST_ROWS) {
        throw new AudienceException.Unreadable(
            "file", "A list has at most " + MOST_ROWS + " rows. Split the file.");
      }
      row(record, index, reader);
    }
  }

  private static void row(CsvRecord record, int index, RowReader reader) {
    long line = record.getStartingLineNumber();
    if (index >= record.getFieldCount()) {
      reader.row(line, "", "the row has only " + record.getFieldCount() + " columns");
      return;
    }
    String value = record.getField(index).strip();
    String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
    if (value.isEmpty()) {
      reader.row(line, "", "the field is empty");
    } else if (value.indexOf(NO_UTF_8) >= 0) {
      reader.row(line, shown, "the text is not UTF-8");
    } else if (value.indexOf('\0') >= 0) {
      reader.row(line, "", "the text has a character that cannot be stored");
    } else {
      reader.row(line, value, null);
    }
  }

  /** Skips a byte order mark and finds the separator. */
  private static char begin(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    text.mark(AHEAD);
    int[] counts = new int[3];
    int next = text.read();
    for (int read = 1; read < AHEAD && next != -1 && next != '\n' && next != '\r'; read++) {
      int kind = ",;\t".indexOf(next);
      if (kind >= 0) {
        counts[kind]++;
      }
      next = text.read();
    }
    text.reset();
    if (counts[1] > counts[0] && counts[1] >= counts[2]) {
      return ';';
    }
    return counts[2] > counts[0] ? '\t' : ',';
  }

  private int column(Iterator<CsvRecord> records) {
    if (!records.hasNext()) {
      throw new AudienceException.Unreadable("file", "The file is empty.");
    }
    List<String> names = records.next().getFields().stream().map(String::strip).toList();
    if (column == null) {
      return 0;
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).toLowerCase(Locale.ROOT).equals(column.toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    if (column.matches("[1-9][0-9]{0,3}") && Integer.parseInt(column) <= names.size()) {
      return Integer.parseInt(column) - 1;
    }
    throw new AudienceException.Unreadable(
        "column",
        "The file has no column "
            + column
            + "; it has "
            + String.join(", ", names.stream().limit(20).toList())
            + ".");
  }

  private int numbered() {
    if (column == null) {
      return 0;
    }
    if (column.matches("[1-9][0-9]{0,3}")) {
      return Integer.parseInt(column) - 1;
    }
    throw new AudienceException.Unreadable(
        "column", "Without a header, give the column by its number.");
  }

  private static String words(CsvParseException broken) {
    String words = String.valueOf(broken.getMessage());
    return words.length() > 200 ? words.substring(0, 200) : words;
  }
}
