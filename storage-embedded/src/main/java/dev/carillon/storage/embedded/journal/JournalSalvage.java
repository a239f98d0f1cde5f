package dev.carillon.storage.embedded.journal;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.SalvageReport;
import dev.carillon.storage.embedded.problem.DamagedJournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sound journal of what is whole in a damaged one: every record that the database does not
 * have yet, wherever in the files it stands, in the order of their positions. In the place of those
 * that are missing come entries that do nothing, so that every position keeps its meaning.
 *
 * <p>The new journal is made in a folder of its own and put in place by two renamings; a run that
 * was interrupted is finished by the next. The files as they were stay beside it.
 */
public final class JournalSalvage {
  private static final String DRAFT = "journal.draft";
  private static final String RESULT = "journal.salvaged";
  private static final String ORIGINAL = "journal.damaged";

  /** A record as it stands in a file. */
  private record Found(JournalSegment segment, int at, long first, int count, int length) {
    long end() {
      return first + count;
    }
  }

  /** A retry of no dead letter. */
  private static final Entry NOTHING = new Entry.DeadLetterRetry(0);

  private static final int FILLED_TOGETHER = 100_000;

  private final Path folder;
  private final long applied;
  private final long least;
  private long unreadable;

  /** What cannot be read after the last whole record of the newest file. */
  private long unreadableEnd;

  private long end;
  private boolean endCertain;

  /**
   * @param folder the journal's
   * @param applied position of the first entry that the database does not have
   * @param least how far the journal went at least, by what is known elsewhere
   */
  public JournalSalvage(Path folder, long applied, long least) {
    this.folder = folder;
    this.applied = applied;
    this.least = least;
  }

  /** Whether a run was interrupted after it made the new journal and before that was in place. */
  static boolean isUnfinished(Path folder) {
    return Files.exists(folder.resolveSibling(RESULT));
  }

  public SalvageReport run() throws IOException {
    if (isUnfinished(folder)) {
      Path original = putInPlace();
      List<SalvageReport.Missing> missing = new ArrayList<>();
      List<Found> kept = chosen(original, missing);
      return report("salvaging it was interrupted", missing, kept, original);
    }
    OwnerOnly.folder(folder);
    String damage = damage();
    if (damage == null) {
      return SalvageReport.sound();
    }
    List<SalvageReport.Missing> missing = new ArrayList<>();
    List<Found> kept = chosen(folder, missing);
    draft(kept, missing);
    Files.move(sibling(DRAFT), sibling(RESULT), StandardCopyOption.ATOMIC_MOVE);
    JournalMark.force(parent());
    Path original = putInPlace();
    return report(damage, missing, kept, original);
  }

  private @Nullable String damage() throws IOException {
    try {
      JournalCheck.of(folder, applied);
      return null;
    } catch (DamagedJournalException damaged) {
      return damaged.what();
    }
  }

  private SalvageReport report(
      String damage, List<SalvageReport.Missing> missing, List<Found> kept, Path original) {
    return new SalvageReport(
        damage,
        kept.size(),
        kept.stream().mapToLong(record -> record.end() - Math.max(applied, record.first())).sum(),
        unreadable,
        missing,
        end,
        endCertain,
        original);
  }

  /** All whole records, file by file; of two files that hold a position, the later one is right. */
  private List<Found> records(Path from) throws IOException {
    List<JournalSegment> segments = JournalSegment.all(from);
    ArrayList<Found> records = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      long until = i + 1 < segments.size() ? segments.get(i + 1).first() : Long.MAX_VALUE;
      try (JournalSegment.Reader reader = segments.get(i).readDamaged()) {
        collect(segments.get(i), reader.rest(0), until, records);
      }
    }
    return records;
  }

  private void collect(JournalSegment segment, ByteBuffer bytes, long until, List<Found> records) {
    int at = JournalSegment.HEADER_BYTES;
    unreadableEnd = 0;
    while (at < bytes.limit()) {
      int next = RecordScan.find(bytes, at, segment.first());
      int end = next < 0 ? Math.max(at, RecordScan.endOfContent(bytes, at)) : next;
      unreadable += end - at;
      if (next < 0) {
        unreadableEnd = (long) end - at;
        return;
      }
      Found record =
          new Found(
              segment, next, bytes.getLong(next + 8), bytes.getInt(next + 16), bytes.getInt(next));
      if (record.first() >= until) {
        return;
      }
      records.add(record);
      at = next + JournalSegment.RECORD_HEADER_BYTES + record.length();
    }
  }

  /** The records to keep, in order; notes what is missing between and behind them. */
  private List<Found> chosen(Path from, List<SalvageReport.Missing> missing) throws IOException {
    List<Found> records = records(from);
    records.sort(
        Comparator.comparingLong(Found::first).thenComparingLong(one -> -one.segment().first()));
    ArrayList<Found> kept = new ArrayList<>();
    long next = applied;
    for (Found record : records) {
      if (record.end() <= next || (!kept.isEmpty() && record.first() < next)) {
        continue;
      }
      if (record.first() > next) {
        missing.add(new SalvageReport.Missing(next, record.first()));
      }
      kept.add(record);
      next = record.end();
    }
    Optional<JournalMark> mark = mark(from);
    Optional<Long> closed = mark.filter(JournalMark::isClosed).map(JournalMark::end);
    end = Math.max(next, Math.max(least, closed.orElse(next)));
    endCertain = closed.isPresent() || (unreadableEnd == 0 && hasNewest(from, mark));
    if (end > next) {
      missing.add(new SalvageReport.Missing(next, end));
    }
    return kept;
  }

  private static boolean hasNewest(Path from, Optional<JournalMark> mark) throws IOException {
    List<JournalSegment> segments = JournalSegment.all(from);
    return !segments.isEmpty()
        && mark.filter(known -> known.segment() <= segments.getLast().first()).isPresent();
  }

  private static Optional<JournalMark> mark(Path from) throws IOException {
    try {
      return JournalMark.read(from);
    } catch (DamagedJournalException unreadableMark) {
      return Optional.empty();
    }
  }

  private void draft(List<Found> kept, List<SalvageReport.Missing> missing) throws IOException {
    Path draft = sibling(DRAFT);
    delete(draft);
    OwnerOnly.folder(draft);
    long next = kept.isEmpty() ? applied : Math.min(applied, kept.getFirst().first());
    JournalSegment segment = JournalSegment.in(draft, next);
    try (FileChannel to =
        OwnerOnly.open(segment.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(to, JournalSegment.header());
      for (Found record : kept) {
        fill(to, next, record.first());
        write(to, JournalSegment.record(record.first(), record.count(), entries(record)));
        next = record.end();
      }
      if (!missing.isEmpty()) {
        fill(to, next, missing.getLast().to());
        next = Math.max(next, missing.getLast().to());
      }
      to.force(true);
    }
    JournalMark.closed(segment.first(), next).write(draft);
  }

  private static void fill(FileChannel to, long from, long until) throws IOException {
    for (long next = from; next < until; next += FILLED_TOGETHER) {
      int count = (int) Math.min(FILLED_TOGETHER, until - next);
      byte[] nothing = EntryCodec.encode(Collections.nCopies(count, NOTHING));
      write(to, JournalSegment.record(next, count, List.of(nothing)));
    }
  }

  /** The record's entries, compressed together. */
  private static byte[] entries(Found record) throws IOException {
    try (JournalSegment.Reader reader = record.segment().readDamaged()) {
      JournalSegment.Batch batch = reader.at(record.at());
      if (batch == null) {
        throw new IOException("entry " + record.first() + " could be read, and cannot any more");
      }
      return batch.compressed() ? batch.packed() : Compressed.of(batch.packed());
    }
  }

  private static void write(FileChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /** Moves the journal aside, if it is still there, and the new one to its place. */
  private Path putInPlace() throws IOException {
    Path original = originalOrNew();
    if (Files.exists(folder)) {
      Files.move(folder, original, StandardCopyOption.ATOMIC_MOVE);
      JournalMark.force(parent());
    }
    Files.move(sibling(RESULT), folder, StandardCopyOption.ATOMIC_MOVE);
    JournalMark.force(parent());
    return original;
  }

  /** Where the damaged journal goes, or went when the run before was interrupted. */
  private Path originalOrNew() {
    Path last = sibling(ORIGINAL);
    for (int number = 2; Files.exists(last); number++) {
      Path next = sibling(ORIGINAL + "." + number);
      if (!Files.exists(next) && !Files.exists(folder)) {
        return last;
      }
      last = next;
    }
    return last;
  }

  private Path sibling(String name) {
    return folder.resolveSibling(name);
  }

  private Path parent() {
    return sibling(".").normalize();
  }

  private static void delete(Path draft) throws IOException {
    if (!Files.exists(draft)) {
      return;
    }
    try (var files = Files.list(draft)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(draft);
  }
}
