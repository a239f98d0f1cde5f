package dev.carillon.engine.intake.csv;

import dev.carillon.core.user.BodyPlace;
import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.csv.CsvRow;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.OverloadedException;
import dev.carillon.engine.intake.RecordError;
import dev.carillon.engine.intake.Sender;
import dev.carillon.engine.intake.Upload;
import dev.carillon.engine.intake.clevertap.RecordRefusedException;
import dev.carillon.engine.intake.clevertap.UploadReader;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.engine.time.WaitingClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

  private final UploadReader reader = new UploadReader(Sender.TRUSTED);
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

    /** A row was taken whose phone number is not valid, and stays as it was written. */
    void phoneNotValid(long line);

    /** A row was not taken. */
    void refused(long line, RecordError error, List<String> cells) throws IOException;
  }

  /**
   * Takes a file in, and returns when all of it is durable.
   *
   * @throws MalformedBodyException when the rest of the file cannot be read; rows before are taken
   * @throws IOException when the file cannot be read
   * @throws StoreUnavailableException when the store takes nothing for long
   */
  public void run(Path csv, CsvReading.OfFile how, Watcher watcher)
      throws IOException, MalformedBodyException, InterruptedException {
    CsvPhones phones = new CsvPhones(new PhoneNumbers(how.reading().country()));
    CsvRecords records = new CsvRecords(how.reading().mapping(), phones, how.at());
    try (CsvFile file = CsvFile.open(csv)) {
      List<CsvRow> rows = new ArrayList<>(TOGETHER);
      long characters = 0;
      int before = 0;
      for (CsvRow row = file.next(); row != null; row = file.next()) {
        rows.add(row);
        characters += characters(row);
        if (rows.size() == TOGETHER || characters >= CHARACTERS_TOGETHER) {
          take(rows, records, new BodyPlace(how.body(), before), watcher, file.position());
          before += rows.size();
          rows.clear();
          characters = 0;
        }
      }
      take(rows, records, new BodyPlace(how.body(), before), watcher, file.position());
    }
  }

  static long characters(CsvRow row) {
    return row.cells().stream().mapToLong(String::length).sum();
  }

  private void take(
      List<CsvRow> rows, CsvRecords records, BodyPlace begin, Watcher watcher, long position)
      throws IOException, MalformedBodyException, InterruptedException {
    if (rows.isEmpty()) {
      return;
    }
    List<CsvRow> sent = new ArrayList<>(rows.size());
    List<Integer> places = new ArrayList<>(rows.size());
    Set<Long> phonesNotValid = new TreeSet<>();
    ObjectNode body = JSON.createObjectNode();
    ArrayNode list = body.putArray("d");
    for (int i = 0; i < rows.size(); i++) {
      CsvRow row = rows.get(i);
      try {
        list.add(records.record(row, () -> phonesNotValid.add(row.line())));
        sent.add(row);
        places.add(begin.position() + i);
      } catch (RecordRefusedException refused) {
        watcher.refused(row.line(), refused.error(), row.cells());
      }
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    Upload upload =
        reader.read(
            bytes, clock.instant(), index -> new BodyPlace(begin.body(), places.get(index)));
    accept(upload);
    for (Upload.Refused refused : upload.refused()) {
      CsvRow row = sent.get(refused.index());
      phonesNotValid.remove(row.line());
      watcher.refused(row.line(), refused.error(), row.cells());
    }
    phonesNotValid.forEach(watcher::phoneNotValid);
    watcher.read(rows.size(), position);
  }

  /** Uploads by others go on meanwhile; where there is no room, the file waits. */
  private void accept(Upload upload) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        intake.accept(upload);
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
