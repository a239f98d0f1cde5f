package dev.carillon.engine.audience;

import dev.carillon.engine.csv.BrokenCsvException;
import dev.carillon.engine.csv.CsvRow;
import dev.carillon.engine.csv.CsvTable;
import dev.carillon.engine.port.audience.ListRowReader;
import dev.carillon.engine.port.audience.ListRows;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the column of a CSV file that names the people of a list, row by row. */
final class CsvRows implements ListRows {
  private static final long MOST_ROWS = 5_000_000;
  private static final int SHOWN = 80;

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
  public void read(ListRowReader reader) throws IOException {
    try (CsvTable table = CsvTable.open(file)) {
      rows(table, reader);
    } catch (BrokenCsvException broken) {
      throw new AudienceException.Unreadable("file", String.valueOf(broken.getMessage()));
    }
  }

  private void rows(CsvTable table, ListRowReader reader) throws IOException, BrokenCsvException {
    int index = header ? column(table.next()) : numbered();
    long rows = 0;
    for (CsvRow row = table.next(); row != null; row = table.next()) {
      if (++rows > MOST_ROWS) {
        throw new AudienceException.Unreadable(
            "file", "A list has at most " + MOST_ROWS + " rows. Split the file.");
      }
      row(row, index, reader);
    }
  }

  private static void row(CsvRow row, int index, ListRowReader reader) {
    long line = row.line();
    // Empty cells at the end of a row are not among its cells.
    String value = index < row.cells().size() ? row.cells().get(index) : "";
    if (value.isEmpty()) {
      reader.row(line, "", "column " + (index + 1) + " is empty");
    } else if (!row.isText(index)) {
      String shown = row.shown(index);
      reader.row(
          line,
          shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown,
          "the text is not UTF-8");
    } else if (value.indexOf('\0') >= 0) {
      reader.row(line, "", "the text has a character that cannot be stored");
    } else {
      reader.row(line, value, null);
    }
  }

  private int column(@Nullable CsvRow first) throws BrokenCsvException {
    if (first == null) {
      throw new AudienceException.Unreadable("file", "The file is empty.");
    }
    if (!first.isText()) {
      throw BrokenCsvException.notText(first.line());
    }
    List<String> names = first.cells();
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
}
