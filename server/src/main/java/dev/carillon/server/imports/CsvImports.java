package dev.carillon.server.imports;

import dev.carillon.engine.csv.CsvRow;
import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.csv.CsvFile;
import dev.carillon.engine.intake.csv.CsvImport;
import dev.carillon.engine.intake.csv.CsvMapping;
import dev.carillon.engine.intake.csv.CsvReading;
import dev.carillon.engine.intake.csv.DigitColumns;
import dev.carillon.engine.port.people.ImportStore;
import dev.carillon.engine.time.WaitingClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps uploaded CSV files for a day at most, and imports them. A file that comes again, byte by
 * byte, has the time of its first import, so it changes nothing that became known since and brings
 * back no one who was deleted since; read in another way it replaces what it said before. That
 * holds for the files that an {@link ImportStore} remembers. Thread-safe.
 */
public final class CsvImports {
  private static final Logger log = LoggerFactory.getLogger(CsvImports.class);
  private static final long MOST_BYTES = 1L << 30;
  private static final int PREVIEWED = 10;
  private static final int LOOKED_AT = 200;
  private static final Duration KEPT = Duration.ofDays(1);

  /** Of files that were looked at and then abandoned; more must not fill the disk. */
  private static final int MOST_WAITING = 16;

  private static final long MOST_BYTES_WAITING = 4L << 30;

  private final Path folder;
  private final ImportStore known;
  private final WaitingClock clock;
  private final CsvImport csv;
  private final Map<String, HeldFile> held = new ConcurrentHashMap<>();
  private final Map<String, ImportRun> runs = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * @param folder of the files; what an earlier process left there is deleted
   */
  public CsvImports(Path folder, Intake intake, ImportStore known, WaitingClock clock) {
    this.folder = folder;
    this.known = known;
    this.clock = clock;
    this.csv = new CsvImport(intake, clock);
    deleteOlderThan(Instant.MAX);
  }

  /**
   * Takes a file in to be looked at.
   *
   * @throws MalformedBodyException when it is no CSV file with named columns, or too long
   */
  public HeldFile hold(String name, InputStream bytes) throws IOException, MalformedBodyException {
    deleteOlderThan(clock.instant().minus(KEPT));
    byte[] word = new byte[12];
    random.nextBytes(word);
    String id = HexFormat.of().formatHex(word);
    OwnerOnly.folder(folder);
    Path file = folder.resolve(id + ".csv");
    try {
      HeldFile fresh = look(id, name, file, written(bytes, file));
      held.put(id, fresh);
      dropLongestWaiting(fresh);
      return fresh;
    } catch (IOException | MalformedBodyException | RuntimeException failed) {
      Files.deleteIfExists(file);
      throw failed;
    }
  }

  private static String written(InputStream bytes, Path file)
      throws IOException, MalformedBodyException {
    MessageDigest digest = sha256();
    try (DigestInputStream in = new DigestInputStream(bytes, digest);
        OutputStream out = newFile(file)) {
      byte[] buffer = new byte[1 << 16];
      long length = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        length += read;
        if (length > MOST_BYTES) {
          throw new MalformedBodyException("A file has at most 1 GiB; import it in parts.");
        }
        out.write(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static OutputStream newFile(Path file) throws IOException {
    return Channels.newOutputStream(
        OwnerOnly.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  private HeldFile look(String id, String name, Path file, String contents)
      throws IOException, MalformedBodyException {
    Instant at = known.firstImport(contents).orElseGet(clock::instant);
    try (CsvFile opened = CsvFile.open(file)) {
      List<CsvRow> rows = new ArrayList<>();
      for (CsvRow row = opened.next();
          row != null && rows.size() < LOOKED_AT;
          row = opened.next()) {
        rows.add(row);
      }
      DigitColumns digits = new DigitColumns(opened.headers().size());
      rows.forEach(digits::look);
      lookAtRest(opened, digits);
      return new HeldFile(
          id,
          name,
          file,
          contents,
          at,
          opened.headers(),
          rows.stream().limit(PREVIEWED).map(CsvRow::cells).toList(),
          CsvMapping.suggest(opened.headers(), rows, digits));
    }
  }

  /** What cannot be read is said when the file is imported. */
  private static void lookAtRest(CsvFile opened, DigitColumns digits) throws IOException {
    try {
      for (CsvRow row = opened.next(); row != null; row = opened.next()) {
        digits.look(row);
      }
    } catch (MalformedBodyException broken) {
      log.debug("a file that was sent cannot be read to its end");
    }
  }

  private synchronized void dropLongestWaiting(HeldFile fresh) throws IOException {
    List<Waiting> waiting = new ArrayList<>();
    long bytes = 0;
    for (HeldFile file : held.values()) {
      if (Files.exists(file.csv())) {
        Waiting next =
            new Waiting(file, Files.getLastModifiedTime(file.csv()), Files.size(file.csv()));
        waiting.add(next);
        bytes += next.bytes();
      }
    }
    waiting.sort(Comparator.comparing(Waiting::since));
    int count = waiting.size();
    for (Waiting longest : waiting) {
      if (count <= MOST_WAITING && bytes <= MOST_BYTES_WAITING) {
        return;
      }
      if (!longest.file().equals(fresh)) {
        drop(longest.file());
        count--;
        bytes -= longest.bytes();
      }
    }
  }

  private record Waiting(HeldFile file, FileTime since, long bytes) {}

  /** A file that waits to be imported; empty when it is gone or begun. */
  public Optional<HeldFile> held(String id) {
    return Optional.ofNullable(held.get(id));
  }

  /** Begins to import a file, and returns at once; empty when it is gone or begun already. */
  public Optional<ImportRun> start(String id, CsvReading reading) throws IOException {
    Optional<ImportRun> run = begin(id, reading);
    if (run.isPresent()) {
      Thread.ofVirtual().name("import").start(() -> run.get().run(csv));
    }
    return run;
  }

  /** Imports a file and returns when all of it is durable. */
  public ImportRun run(HeldFile file, CsvReading reading) throws IOException {
    ImportRun run = begin(file.id(), reading).orElseThrow();
    run.run(csv);
    return run;
  }

  private Optional<ImportRun> begin(String id, CsvReading reading) throws IOException {
    HeldFile file = held.remove(id);
    if (file == null) {
      return Optional.empty();
    }
    int turn = known.noteImport(file.contents(), reading.key(), file.at(), clock.instant());
    ImportRun run =
        new ImportRun(
            file,
            reading.file(file.contents(), file.at(), turn),
            folder.resolve(id + ".rejected.csv"));
    runs.put(id, run);
    return Optional.of(run);
  }

  /** Deletes a file that is not to be imported. */
  public void drop(HeldFile file) throws IOException {
    if (held.remove(file.id(), file)) {
      Files.deleteIfExists(file.csv());
    }
  }

  /** An import that was begun; empty when it is none of the last day's. */
  public Optional<ImportRun> run(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  private void deleteOlderThan(Instant end) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String id = String.valueOf(file.getFileName()).replaceFirst("\\..*", "");
        ImportRun run = runs.get(id);
        boolean running = run != null && !run.done();
        if (!running && Files.getLastModifiedTime(file).toInstant().isBefore(end)) {
          Files.deleteIfExists(file);
          held.remove(id);
          runs.remove(id);
        }
      }
    } catch (IOException trouble) {
      log.warn("files of old imports could not be deleted", trouble);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
