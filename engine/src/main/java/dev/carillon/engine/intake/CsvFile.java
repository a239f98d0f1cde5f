package dev.carillon.engine.intake;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * A CSV file, read line by line: UTF-8, its first line names the columns, which commas, semicolons
 * or tabs separate. Not thread-safe.
 */
public final class CsvFile implements Closeable {
  /** The most columns; a record has no more properties. */
  static final int MOST_COLUMNS = UploadReader.MAX_PROPERTIES + 1;

  private static final int LONGEST_HEADER = 1 << 20;
  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .enable(CsvReadFeature.WRAP_AS_ARRAY)
          .enable(CsvReadFeature.TRIM_SPACES)
          .enable(CsvReadFeature.SKIP_EMPTY_LINES)
          .build();

  private final BufferedReader reader;
  private final MappingIterator<String[]> rows;
  private final List<String> headers;
  private long line = 1;
  private long position;

  private CsvFile(BufferedReader reader, MappingIterator<String[]> rows)
      throws MalformedBodyException {
    this.reader = reader;
    this.rows = rows;
    String[] first = next();
    if (first == null) {
      throw new MalformedBodyException("The file is empty: its first line names the columns.");
    }
    headers = Arrays.stream(first).map(String::strip).toList();
    if (headers.size() > MOST_COLUMNS) {
      throw new MalformedBodyException("A file has at most " + MOST_COLUMNS + " columns.");
    }
    if (headers.stream().anyMatch(String::isEmpty)
        || headers.stream().distinct().count() < headers.size()) {
      throw new MalformedBodyException(
          "The first line names the columns: each has a name, and no two have the same.");
    }
  }

  /**
   * Opens a file and reads its first line.
   *
   * @throws MalformedBodyException when it names no columns
   * @throws IOException when it cannot be read
   */
  public static CsvFile open(Path file) throws IOException, MalformedBodyException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            1 << 16);
    try {
      CsvSchema schema =
          CsvSchema.emptySchema().withColumnSeparator(separator(reader)).withoutComments();
      return new CsvFile(reader, MAPPER.readerFor(String[].class).with(schema).readValues(reader));
    } catch (CharacterCodingException notText) {
      reader.close();
      throw notText();
    } catch (JacksonException malformed) {
      reader.close();
      throw malformed(malformed, 1);
    } catch (MalformedBodyException | IOException | RuntimeException failed) {
      reader.close();
      throw failed;
    }
  }

  /** The separator that the first line has most of; leaves the reader at its beginning. */
  private static char separator(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    reader.mark(LONGEST_HEADER);
    int commas = 0;
    int semicolons = 0;
    int tabs = 0;
    for (int i = 0; i < LONGEST_HEADER - 1; i++) {
      int c = reader.read();
      if (c < 0 || c == '\n' || c == '\r') {
        break;
      }
      commas += c == ',' ? 1 : 0;
      semicolons += c == ';' ? 1 : 0;
      tabs += c == '\t' ? 1 : 0;
    }
    reader.reset();
    return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
  }

  /** The names of the columns. */
  public List<String> headers() {
    return headers;
  }

  /**
   * The line on which the last row begins, from 1; rows of several lines are counted as written.
   */
  public long line() {
    return line;
  }

  /** How many characters lie before the next row, more or less. */
  public long position() {
    return position;
  }

  /**
   * The cells of the next row; null after the last.
   *
   * @throws MalformedBodyException when the rest cannot be read as CSV
   */
  public String @Nullable [] next() throws MalformedBodyException {
    try {
      if (!rows.hasNextValue()) {
        return null;
      }
      line = rows.currentLocation().getLineNr();
      position = rows.currentLocation().getCharOffset();
      return rows.nextValue();
    } catch (JacksonException malformed) {
      throw malformed(malformed, line);
    }
  }

  private static MalformedBodyException malformed(JacksonException malformed, long line) {
    boolean coding =
        Stream.iterate((Throwable) malformed, cause -> cause != null, Throwable::getCause)
            .anyMatch(CharacterCodingException.class::isInstance);
    return coding
        ? notText()
        : new MalformedBodyException(
            "The file cannot be read as CSV after line "
                + line
                + "; most likely a quote is not closed there.");
  }

  private static MalformedBodyException notText() {
    return new MalformedBodyException("The file is not text in UTF-8. Save it as CSV UTF-8.");
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
