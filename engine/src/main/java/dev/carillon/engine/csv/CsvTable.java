package dev.carillon.engine.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file, read row by row: UTF-8 with or without a byte order mark, cells in quotes or not,
 * lines that end as they like, cells separated by the comma, semicolon or tab that the first line
 * has most of, or by the character that a line {@code sep=;} before it names. Empty lines and empty
 * cells at the end of a row are passed over. Not thread-safe.
 */
public final class CsvTable implements Closeable {
  /** What is looked at to find the separator. */
  private static final int AHEAD = 1 << 16;

  /** Such as {@code sep=;}, also with separators behind, as a spreadsheet saves it again. */
  private static final Pattern NAMING =
      Pattern.compile(
          "\\s*\"?\\s*sep=([^\\s\"\\p{Alnum}]|\\t)\"?[,;\\t\\s]*", Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_NAMING = 256;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /**
   * A row of its own that is put after the file's last, so that a quote which is never closed shows
   * by swallowing it. Unicode keeps this character for programs' own use.
   */
  private static final String END = "\uFDD1";

  private final CountingInputStream bytes;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;

  /** Lines before the first row that the reader does not count. */
  private final int passedOver;

  private long line;

  private CsvTable(CountingInputStream bytes, CsvReader<CsvRecord> reader, int passedOver) {
    this.bytes = bytes;
    this.reader = reader;
    this.passedOver = passedOver;
    this.records = reader.iterator();
  }

  /**
   * Begins to read a file, which is closed with the table.
   *
   * @throws BrokenCsvException when it is no text in UTF-8 at all
   * @throws IOException when it cannot be read
   */
  public static CsvTable open(InputStream file) throws IOException, BrokenCsvException {
    CountingInputStream bytes = new CountingInputStream(file);
    BufferedReader text = text(bytes);
    try {
      skipMark(text);
      Optional<Character> named = namedSeparator(text);
      char separator = named.isPresent() ? named.get() : separator(text);
      return new CsvTable(bytes, reader(text, separator), named.isPresent() ? 1 : 0);
    } catch (BrokenCsvException | IOException | RuntimeException failed) {
      text.close();
      throw failed;
    }
  }

  private static BufferedReader text(InputStream bytes) {
    InputStream end = new ByteArrayInputStream(("\n" + END).getBytes(StandardCharsets.UTF_8));
    return new BufferedReader(
        new InputStreamReader(
            new SequenceInputStream(bytes, end),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(String.valueOf(CsvRow.NO_TEXT))),
        AHEAD);
  }

  private static CsvReader<CsvRecord> reader(BufferedReader text, char separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(false)
        .trimWhitespacesAroundQuotes(true)
        .skipEmptyLines(true)
        .ofCsvRecord(text);
  }

  private static void skipMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  /** The separator that spreadsheets name in a line of its own, which is passed over. */
  private static Optional<Character> namedSeparator(BufferedReader text) throws IOException {
    text.mark(LONGEST_NAMING);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < LONGEST_NAMING - 1; i++) {
      int next = text.read();
      if (next == '\n' || next == '\r') {
        Matcher naming = NAMING.matcher(line);
        if (naming.matches()) {
          passRestOfLineEnd(text, next);
          return Optional.of(naming.group(1).charAt(0));
        }
        break;
      }
      if (next == -1) {
        break;
      }
      line.append((char) next);
    }
    text.reset();
    return Optional.empty();
  }

  private static void passRestOfLineEnd(BufferedReader text, int first) throws IOException {
    text.mark(1);
    if (first != '\r' || text.read() != '\n') {
      text.reset();
    }
  }

  /** Finds the separator. */
  private static char separator(BufferedReader text) throws IOException, BrokenCsvException {
    text.mark(AHEAD);
    int commas = 0;
    int semicolons = 0;
    int tabs = 0;
    int next = text.read();
    for (int read = 1; read < AHEAD && next != -1 && next != '\n' && next != '\r'; read++) {
      switch (next) {
        case ',' -> commas++;
        case ';' -> semicolons++;
        case '\t' -> tabs++;
        // UTF-16 has one beside each plain letter.
        case '\0' -> throw BrokenCsvException.notText(1);
        default -> {}
      }
      next = text.read();
    }
    text.reset();
    return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
  }

  /**
   * The next row; null after the last.
   *
   * @throws BrokenCsvException when the rest cannot be read as CSV
   * @throws IOException when the file cannot be read
   */
  public @Nullable CsvRow next() throws IOException, BrokenCsvException {
    try {
      while (records.hasNext()) {
        CsvRecord record = records.next();
        List<String> cells = cells(record);
        if (cells.equals(List.of(END))) {
          return null;
        }
        if (cells.getLast().endsWith(END)) {
          throw BrokenCsvException.neverClosed(record.getStartingLineNumber() + passedOver);
        }
        if (!cells.equals(List.of(""))) {
          line = record.getStartingLineNumber() + passedOver;
          return new CsvRow(line, cells);
        }
      }
      return null;
    } catch (CsvParseException broken) {
      throw BrokenCsvException.after(line);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  /** The cells up to the last that is not empty; at least one. */
  private static List<String> cells(CsvRecord record) {
    List<String> cells = record.getFields().stream().map(String::strip).toList();
    int size = cells.size();
    while (size > 1 && cells.get(size - 1).isEmpty()) {
      size--;
    }
    return cells.subList(0, size);
  }

  /**
   * How many bytes of the file were read so far; some more than those of the rows that were given.
   */
  public long position() {
    return bytes.getCount();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
