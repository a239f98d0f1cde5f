package dev.carillon.server.imports;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.engine.health.FatalErrors;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.RecordError;
import dev.carillon.engine.intake.csv.CsvImport;
import dev.carillon.engine.intake.csv.CsvReading;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One import, while it runs and afterwards. Its thread writes, everybody may read: refused rows are
 * in a separate file, which can be corrected and imported.
 */
public final class ImportRun implements CsvImport.Watcher {
  private static final Logger log = LoggerFactory.getLogger(ImportRun.class);
  private static final int LISTED = 100;

  /**
   * A row that was not taken.
   *
   * @param code the upload format's number of the error
   */
  public record RefusedLine(long line, int code, String words) {}

  private final HeldFile file;
  private final CsvReading.OfFile reading;
  private final Path rejected;
  private final List<RefusedLine> listed = new ArrayList<>();
  private final long bytes;
  private @Nullable BufferedWriter writer;
  private long rows;
  private int part;
  private long refused;
  private long phonesNotValid;
  private final List<Long> phoneLines = new ArrayList<>();
  private boolean done;
  private @Nullable String problem;

  ImportRun(HeldFile file, CsvReading.OfFile reading, Path rejected) throws IOException {
    this.file = file;
    this.reading = reading;
    this.rejected = rejected;
    this.bytes = Files.size(file.csv());
  }

  void run(CsvImport csv) {
    String failed = null;
    try {
      csv.run(file.csv(), reading, this);
    } catch (MalformedBodyException malformed) {
      failed = malformed.getMessage();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      failed = "It was interrupted. Import the file again: what is there already changes nothing.";
    } catch (IOException | RuntimeException | Error trouble) {
      FatalErrors.rethrow(trouble);
      log.error("an import failed", trouble);
      failed = "It could not go on. Import the file again: what is there already changes nothing.";
    }
    end(failed);
  }

  private synchronized void end(@Nullable String failed) {
    problem = failed;
    done = true;
    try {
      if (writer != null) {
        writer.close();
      }
      Files.deleteIfExists(file.csv());
    } catch (IOException trouble) {
      log.warn("files of an import could not be deleted", trouble);
    }
  }

  @Override
  public synchronized void read(long more, long position) {
    rows += more;
    part = Math.min(99, (int) (100 * position / Math.max(1, bytes)));
  }

  @Override
  public synchronized void phoneNotValid(long line) {
    phonesNotValid++;
    if (phoneLines.size() < LISTED) {
      phoneLines.add(line);
    }
  }

  @Override
  public synchronized void refused(long line, RecordError error, List<String> cells)
      throws IOException {
    refused++;
    if (listed.size() < LISTED) {
      listed.add(new RefusedLine(line, error.code(), error.words()));
    }
    BufferedWriter to = writer;
    if (to == null) {
      OwnerOnly.touch(rejected);
      to = Files.newBufferedWriter(rejected);
      writer = to;
      to.write(
          row(Stream.concat(file.headers().stream(), Stream.of("line", "code", "error")).toList()));
    }
    List<String> written = new ArrayList<>(cells);
    while (written.size() < file.headers().size()) {
      written.add("");
    }
    written.addAll(List.of(Long.toString(line), Integer.toString(error.code()), error.words()));
    to.write(row(written));
  }

  private static String row(List<String> cells) {
    return cells.stream()
            .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  public HeldFile file() {
    return file;
  }

  /** Rows that were read so far. */
  public synchronized long rows() {
    return rows;
  }

  /** Rows that were taken so far. */
  public synchronized long taken() {
    return rows - refused;
  }

  public synchronized long refused() {
    return refused;
  }

  /** Some of the first refused rows, by line. */
  public synchronized List<RefusedLine> listed() {
    return listed.stream().sorted(Comparator.comparingLong(RefusedLine::line)).toList();
  }

  /** Rows that were taken and whose phone number is not valid. */
  public synchronized long phonesNotValid() {
    return phonesNotValid;
  }

  /** The lines of some of the first of them. */
  public synchronized List<Long> phoneLines() {
    return phoneLines.stream().sorted().toList();
  }

  public synchronized boolean done() {
    return done;
  }

  /** Why it ended before the end of the file; null when it did not. */
  public synchronized @Nullable String problem() {
    return problem;
  }

  /** How much of the file is dealt with, about, in percent. */
  public synchronized int percent() {
    return done ? 100 : part;
  }

  /** Where the refused rows are, once it is done; null when there are none. */
  public synchronized @Nullable Path rejected() {
    return done && refused > 0 ? rejected : null;
  }
}
