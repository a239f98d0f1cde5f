package dev.carillon.engine.intake;

import dev.carillon.core.audience.DateText;
import dev.carillon.core.user.BodyPlace;
import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.csv.CsvRow;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.WaitingClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes users in from a CSV file: each row becomes a record of the upload format and goes the way
 * of uploads, so that it is judged as they are. An empty cell says nothing. The same file with the
 * same time may be taken in again, wholly or in part, and changes nothing. Thread-safe.
 */
public final class CsvImport {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TOGETHER = DataLimits.RECORDS;

  /** Characters of rows that are taken together at most, by one row more. */
  private static final int CHARACTERS_TOGETHER = 4 << 20;

  private static final int TRIES = 600;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final UploadReader reader = new UploadReader();
  private final Intake intake;
  private final WaitingClock clock;

  public CsvImport(Intake intake, WaitingClock clock) {
    this.intake = intake;
    this.clock = clock;
  }

  /** Follows an import. */
  public interface Watcher {

    /**
     * So many more rows were read and dealt with.
     *
     * @param position how many bytes of the file lie before the last of them, more or less
     */
    void read(long rows, long position);

    /** A row was not taken. */
    void refused(long line, RecordError error, List<String> cells) throws IOException;
  }

  /**
   * Takes a file in, and returns when all of it is durable.
   *
   * @param at when the file's contents were so
   * @param body names the file and its mapping, so that rows of one time keep their order and
   *     change nothing when they come again; 1 or more
   * @throws MalformedBodyException when the rest of the file cannot be read; rows before are taken
   * @throws IOException when the file cannot be read
   * @throws StoreUnavailableException when the store takes nothing for long
   */
  public void run(Path csv, CsvMapping mapping, Instant at, long body, Watcher watcher)
      throws IOException, MalformedBodyException, InterruptedException {
    try (CsvFile file = CsvFile.open(csv)) {
      List<CsvRow> rows = new ArrayList<>(TOGETHER);
      long characters = 0;
      int before = 0;
      for (CsvRow row = file.next(); row != null; row = file.next()) {
        rows.add(row);
        characters += characters(row);
        if (rows.size() == TOGETHER || characters >= CHARACTERS_TOGETHER) {
          take(rows, mapping, at, new BodyPlace(body, before), watcher, file.position());
          before += rows.size();
          rows.clear();
          characters = 0;
        }
      }
      take(rows, mapping, at, new BodyPlace(body, before), watcher, file.position());
    }
  }

  private static long characters(CsvRow row) {
    return row.cells().stream().mapToLong(String::length).sum();
  }

  private void take(
      List<CsvRow> rows,
      CsvMapping mapping,
      Instant at,
      BodyPlace begin,
      Watcher watcher,
      long position)
      throws IOException, MalformedBodyException, InterruptedException {
    if (rows.isEmpty()) {
      return;
    }
    List<CsvRow> sent = new ArrayList<>(rows.size());
    ObjectNode body = JSON.createObjectNode();
    ArrayNode records = body.putArray("d");
    for (CsvRow row : rows) {
      try {
        records.add(record(row, mapping, at));
        sent.add(row);
      } catch (RecordRefusedException refused) {
        watcher.refused(row.line(), refused.error(), row.cells());
      }
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    Upload upload = reader.read(bytes, clock.instant(), begin);
    accept(upload);
    for (Upload.Refused refused : upload.refused()) {
      CsvRow row = sent.get(refused.index());
      watcher.refused(row.line(), refused.error(), row.cells());
    }
    watcher.read(rows.size(), position);
  }

  private static ObjectNode record(CsvRow row, CsvMapping mapping, Instant at)
      throws RecordRefusedException {
    List<CsvColumn> columns = mapping.columns();
    if (row.cells().size() > columns.size()) {
      throw new RecordRefusedException(
          RecordError.MISCELLANEOUS,
          "The row has " + row.cells().size() + " cells, the first line " + columns.size() + ".");
    }
    identified(row, columns);
    if (characters(row) > DataLimits.RECORD_BYTES) {
      throw new RecordRefusedException(
          RecordError.RECORD_SIZE,
          "A row has at most 128 KiB. Look whether a quote is not closed.");
    }
    ObjectNode record = JSON.createObjectNode();
    record.put("type", "profile").put("ts", at.getEpochSecond());
    ObjectNode properties = record.putObject("profileData");
    for (int i = 0; i < row.cells().size(); i++) {
      String cell = row.cells().get(i);
      if (!cell.isEmpty()) {
        put(record, properties, columns.get(i), cell);
      }
    }
    return record;
  }

  /** Refuses a row that does not say whose it is, in the words of the file and not of a record. */
  static void identified(CsvRow row, List<CsvColumn> columns) throws RecordRefusedException {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).use() != CsvColumn.Use.IDENTITY) {
        continue;
      }
      String header = columns.get(i).header();
      if (i >= row.cells().size()) {
        throw new RecordRefusedException(
            RecordError.IDENTITY,
            "The row ends before the column "
                + header
                + ", so nobody can tell whose it is. Complete the row and import it again.");
      }
      String cell = row.cells().get(i);
      if (cell.isBlank()) {
        throw new RecordRefusedException(
            RecordError.IDENTITY,
            "The cell of "
                + header
                + " is empty, so nobody can tell whose row it is. Write the person\u2019s identity"
                + " there and import the row again.");
      }
      if (cell.length() > Identity.LONGEST) {
        throw new RecordRefusedException(
            RecordError.IDENTITY,
            "The cell of "
                + header
                + " is too long for an identity, which has at most 1,024 characters. Look whether"
                + " it is the right column.");
      }
    }
  }

  private static void put(ObjectNode record, ObjectNode properties, CsvColumn column, String cell)
      throws RecordRefusedException {
    switch (column.use()) {
      case SKIP -> {}
      case IDENTITY -> record.put("identity", cell);
      case TEXT -> properties.put(column.property(), cell);
      case NUMBER -> {
        if (cell.length() > DataLimits.NUMBER_CHARACTERS
            || !CsvMapping.NUMBER.matcher(cell).matches()) {
          throw wrong(column, "a number such as 12 or 12.50");
        }
        properties.put(column.property(), new java.math.BigDecimal(cell));
      }
      case TRUTH ->
          properties.put(
              column.property(),
              CsvMapping.truth(cell).orElseThrow(() -> wrong(column, "yes or no")));
      case DATE -> {
        if (DateText.parse(cell).isEmpty()) {
          throw wrong(column, "a date such as 2026-12-01 or 2026-12-01T10:00");
        }
        properties.put(column.property(), cell);
      }
    }
  }

  private static RecordRefusedException wrong(CsvColumn column, String what) {
    return new RecordRefusedException(
        RecordError.MISCELLANEOUS, "The cell of " + column.header() + " must be " + what + ".");
  }

  /** Uploads by others go on meanwhile; where there is no room, the file waits. */
  private void accept(Upload upload) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        intake.accept(upload.entries());
        return;
      } catch (OverloadedException | StoreUnavailableException full) {
        if (tries == TRIES) {
          throw full;
        }
        clock.sleep(PAUSE);
      }
    }
  }
}
