package dev.carillon.storage.embedded.journal;

import dev.carillon.storage.embedded.problem.DamagedJournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Looks through the journal before anything is appended: everything that is not applied must be
 * there, record by record and file by file, up to the end. Only a torn end is no damage ({@link
 * JournalTail}).
 *
 * @param end position after the last entry
 * @param tornFile the file whose end is to be cut off; empty when none is
 * @param whole how much of that file is whole, in bytes
 * @param torn how many bytes of a torn record there are; 0 when only room for records follows
 */
public record JournalCheck(long end, Optional<Path> tornFile, long whole, long torn) {

  /**
   * @param from position of the first entry that is not applied
   * @throws DamagedJournalException when something is missing or damaged
   */
  public static JournalCheck of(Path folder, long from) throws IOException {
    if (JournalSalvage.isUnfinished(folder)) {
      throw new DamagedJournalException(folder, from, "salvaging it was interrupted");
    }
    List<JournalSegment> segments =
        Files.isDirectory(folder) ? JournalSegment.all(folder) : List.of();
    Optional<JournalMark> mark = JournalMark.read(folder);
    long newest = segments.isEmpty() ? -1 : segments.getLast().first();
    if (mark.isPresent() && mark.get().segment() > newest) {
      throw new DamagedJournalException(folder, mark.get().segment(), "the newest file is missing");
    }
    if (segments.isEmpty()) {
      if (from > 0) {
        throw new DamagedJournalException(folder, from, "its files are missing");
      }
      return new JournalCheck(0, Optional.empty(), 0, 0);
    }
    if (mark.isPresent() && mark.get().end() == from) {
      return new JournalCheck(from, Optional.empty(), 0, 0); // all is applied: nothing to look at
    }
    int at = holding(folder, segments, from);
    for (; at < segments.size() - 1; at++) {
      checkWhole(segments.get(at), segments.get(at + 1).first());
    }
    JournalCheck check = ofNewest(segments.getLast(), mark);
    if (check.end() < from) {
      throw new DamagedJournalException(
          folder,
          check.end(),
          "it ends there, although the database has entries up to " + from + " from it");
    }
    return check;
  }

  /** The last file that begins not after a position. */
  private static int holding(Path folder, List<JournalSegment> segments, long position)
      throws IOException {
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (segments.get(i).first() <= position) {
        return i;
      }
    }
    throw new DamagedJournalException(
        folder,
        position,
        "the database needs the entries from there on, and it begins with entry "
            + segments.getFirst().first()
            + "; a file is missing, or the database is an older one");
  }

  private static void checkWhole(JournalSegment segment, long until) throws IOException {
    try (JournalSegment.Reader reader = segment.read()) {
      long end = walk(segment, reader, until);
      if (end != until) {
        throw new DamagedJournalException(
            segment.file(),
            reader.offset(),
            end,
            "a record cannot be read, or a file is missing before entry " + until);
      }
    }
  }

  private static JournalCheck ofNewest(JournalSegment segment, Optional<JournalMark> mark)
      throws IOException {
    boolean begun = mark.isPresent() && mark.get().segment() == segment.first();
    Optional<JournalMark> closed = mark.filter(JournalMark::isClosed);
    try (JournalSegment.Reader reader = segment.read()) {
      if (!reader.hasHeader() && (begun || RecordScan.endOfContent(reader.rest(0), 0) > 0)) {
        throw new DamagedJournalException(segment.file(), 0, segment.first(), "its header is gone");
      }
      long until = closed.map(JournalMark::end).orElse(Long.MAX_VALUE);
      long end = walk(segment, reader, until);
      if (closed.isPresent()) {
        if (end != until) {
          throw new DamagedJournalException(
              segment.file(),
              reader.offset(),
              end,
              "a record cannot be read, although Carillon ended in order at entry " + until);
        }
        return new JournalCheck(end, Optional.of(segment.file()), reader.offset(), 0);
      }
      long torn = JournalTail.tornBytes(segment, reader, end);
      return new JournalCheck(end, Optional.of(segment.file()), reader.offset(), torn);
    }
  }

  /** Reads whole records that follow one another; the position after the last one. */
  private static long walk(JournalSegment segment, JournalSegment.Reader reader, long until)
      throws IOException {
    long end = segment.first();
    while (end < until) {
      long offset = reader.offset();
      JournalSegment.Batch batch = reader.next();
      if (batch == null) {
        return end;
      }
      if (batch.first() != end || batch.count() <= 0) {
        throw new DamagedJournalException(
            segment.file(), offset, end, "entry " + batch.first() + " stands in its place");
      }
      if (end == segment.first()) {
        checkForm(segment, batch, offset);
      }
      end = batch.end();
    }
    return end;
  }

  /** The header that says the form of the entries bears no checksum; the first record shows it. */
  private static void checkForm(JournalSegment segment, JournalSegment.Batch batch, long offset)
      throws DamagedJournalException {
    try {
      batch.decoded();
    } catch (IOException undecodable) {
      throw new DamagedJournalException(
          segment.file(),
          offset,
          segment.first(),
          "its entries cannot be decoded, or are of a newer version of Carillon");
    }
  }
}
