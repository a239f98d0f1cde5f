package dev.carillon.storage.embedded.journal;

import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.problem.DamagedJournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the journal's entries back, from a position on. Not thread-safe. */
public final class JournalCursor implements AutoCloseable {
  private final Path folder;
  private long position;
  private JournalSegment.@Nullable Reader reader;
  private long segmentFirst;
  private long segmentEnd;
  private long bytes;

  public JournalCursor(Path folder, long position) {
    this.folder = folder;
    this.position = position;
  }

  public long position() {
    return position;
  }

  /** How many bytes the records that were read so far hold, unpacked. */
  public long bytes() {
    return bytes;
  }

  /**
   * The next entries, all of one record.
   *
   * @param end position after the last durable entry; there must be one before it
   * @throws IOException when the journal lacks entries that were durable
   */
  public List<Entry> next(long end) throws IOException {
    while (position < end) {
      JournalSegment.Reader open = reader == null ? openSegment(-1) : reader;
      JournalSegment.Batch batch = open.next();
      if (batch == null || batch.first() >= segmentEnd) {
        close();
        openSegment(segmentFirst);
        continue;
      }
      List<Entry> entries = decode(batch);
      if (!entries.isEmpty()) {
        position += entries.size();
        return entries;
      }
    }
    throw new IllegalStateException("there is no entry " + position);
  }

  private List<Entry> decode(JournalSegment.Batch batch) throws IOException {
    if (batch.first() > position) {
      throw damaged();
    }
    if (batch.end() <= position) {
      return List.of();
    }
    bytes += batch.bytes();
    List<Entry> entries = batch.decoded();
    return entries.subList(Math.toIntExact(position - batch.first()), entries.size());
  }

  private DamagedJournalException damaged() {
    return new DamagedJournalException(
        folder, position, "the entry should be there and cannot be read");
  }

  /** Opens the file that holds the position; it must come after the file that just ended. */
  private JournalSegment.Reader openSegment(long after) throws IOException {
    List<JournalSegment> segments = JournalSegment.all(folder);
    for (int i = segments.size() - 1; i >= 0 && segments.get(i).first() > after; i--) {
      if (segments.get(i).first() <= position) {
        segmentFirst = segments.get(i).first();
        segmentEnd = i + 1 < segments.size() ? segments.get(i + 1).first() : Long.MAX_VALUE;
        JournalSegment.Reader open = segments.get(i).read();
        reader = open;
        return open;
      }
    }
    throw damaged();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
