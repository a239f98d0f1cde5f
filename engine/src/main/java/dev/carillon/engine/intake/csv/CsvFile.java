package dev.carillon.engine.intake.csv;

import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.csv.BrokenCsvException;
import dev.carillon.engine.csv.CsvRow;
import dev.carillon.engine.csv.CsvTable;
import dev.carillon.engine.intake.MalformedBodyException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CSV file of users, whose first line names the columns. Not thread-safe. */
public final class CsvFile implements Closeable {
  /** The most columns; a record has no more properties. */
  static final int MOST_COLUMNS = DataLimits.PROPERTIES + 1;

  private final CsvTable table;
  private final List<String> headers;

  private CsvFile(CsvTable table, List<String> headers) {
    this.table = table;
    this.headers = headers;
  }

  /**
   * Opens a file and reads its first line.
   *
   * @throws MalformedBodyException when it names no columns
   * @throws IOException when it cannot be read
   */
  public static CsvFile open(Path file) throws IOException, MalformedBodyException {
    CsvTable table;
    try {
      table = CsvTable.open(Files.newInputStream(file));
    } catch (BrokenCsvException broken) {
      throw malformed(broken);
    }
    try {
      return new CsvFile(table, headers(next(table)));
    } catch (MalformedBodyException | IOException | RuntimeException failed) {
      table.close();
      throw failed;
    }
  }

  private static List<String> headers(@Nullable CsvRow first) throws MalformedBodyException {
    if (first == null) {
      throw new MalformedBodyException("The file is empty: its first line names the columns.");
    }
    List<String> headers = first.cells();
    if (headers.size() > MOST_COLUMNS) {
      throw new MalformedBodyException("A file has at most " + MOST_COLUMNS + " columns.");
    }
    if (headers.contains("") || headers.stream().distinct().count() < headers.size()) {
      throw new MalformedBodyException(
          "The first line names the columns: each has a name, and no two have the same.");
    }
    return headers;
  }

  /** The names of the columns. */
  public List<String> headers() {
    return headers;
  }

  /** How many bytes lie before the next row, more or less. */
  public long position() {
    return table.position();
  }

  /**
   * The next row; null after the last.
   *
   * @throws MalformedBodyException when the rest cannot be read as CSV
   * @throws IOException when the file cannot be read
   */
  public @Nullable CsvRow next() throws IOException, MalformedBodyException {
    return next(table);
  }

  private static @Nullable CsvRow next(CsvTable table) throws IOException, MalformedBodyException {
    try {
      CsvRow row = table.next();
      if (row != null && !row.isText()) {
        throw BrokenCsvException.notText(row.line());
      }
      return row;
    } catch (BrokenCsvException broken) {
      throw malformed(broken);
    }
  }

  private static MalformedBodyException malformed(BrokenCsvException broken) {
    return new MalformedBodyException(String.valueOf(broken.getMessage()));
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
