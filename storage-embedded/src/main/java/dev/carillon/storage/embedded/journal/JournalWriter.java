package dev.carillon.storage.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the journal's files: appends records to the newest one, forces each to the disk, and
 * begins the next file when one is full. For one thread.
 *
 * <p>A force that fails says nothing of what reached the disk, so after any failure what was not
 * acknowledged is cut off and the next record begins a new file. Where two files hold a position,
 * the later file is right.
 */
final class JournalWriter {
  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
  private static final int RESERVED_TOGETHER = 4 << 20;

  private final Path folder;
  private final long segmentBytes;
  private final Journal.Opener opener;
  private @Nullable FileChannel channel;
  private long durableBytes;
  private long reservedBytes;
  private boolean turn;

  JournalWriter(Path folder, long segmentBytes, Journal.Opener opener) {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.opener = opener;
  }

  /** Writes a record durably, or fails and is to {@link #giveUp()} then. */
  void write(long first, int count, List<byte[]> parts) throws IOException {
    FileChannel to = segment(first);
    ByteBuffer record = JournalSegment.record(first, count, parts);
    int bytes = record.remaining();
    reserve(to, bytes);
    to.position(durableBytes);
    while (record.hasRemaining()) {
      to.write(record);
    }
    to.force(false);
    durableBytes += bytes;
  }

  /** The next record begins a new file. */
  void turn() {
    turn = true;
  }

  /** Makes ready for the next record, to see whether that is possible. */
  void prepare(long first) throws IOException {
    reserve(segment(first), 1);
  }

  /**
   * Fills the file with zeros ahead of what is written: a force that need not change the file's
   * length costs a fraction of one that must. {@link JournalTail} relies on it as well.
   */
  private void reserve(FileChannel to, long bytes) throws IOException {
    if (durableBytes + bytes <= reservedBytes) {
      return;
    }
    long until = durableBytes + Math.max(bytes, Math.min(RESERVED_TOGETHER, segmentBytes));
    ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
    to.position(reservedBytes);
    while (reservedBytes < until) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), until - reservedBytes));
      reservedBytes += to.write(zeros);
    }
    to.force(true);
  }

  private FileChannel segment(long first) throws IOException {
    FileChannel open = channel;
    if (open != null && durableBytes < segmentBytes && !turn) {
      return open;
    }
    if (open != null) {
      channel = null;
      try (open) {
        open.truncate(durableBytes);
      }
    }
    turn = false;
    JournalSegment segment = JournalSegment.in(folder, first);
    FileChannel fresh = opener.open(segment.file());
    channel = fresh;
    durableBytes = JournalSegment.HEADER_BYTES;
    reservedBytes = durableBytes;
    ByteBuffer header = JournalSegment.header();
    while (header.hasRemaining()) {
      fresh.write(header);
    }
    fresh.force(true);
    JournalMark.force(folder);
    JournalMark.appending(first).write(folder);
    return fresh;
  }

  /** Cuts off what was not acknowledged, and goes on in a new file. */
  void giveUp() {
    FileChannel broken = channel;
    channel = null;
    if (broken == null) {
      return;
    }
    try (broken) {
      broken.truncate(durableBytes);
      broken.force(true);
    } catch (IOException stillBroken) {
      log.warn("what was not acknowledged stays in the journal's file until it is deleted");
    }
  }

  /**
   * Ends the newest file and notes where the journal ends.
   *
   * @param end the position after the last entry
   */
  void close(long end) {
    try {
      if (channel != null) {
        try (FileChannel open = channel) {
          open.truncate(durableBytes);
        }
      }
      List<JournalSegment> segments = JournalSegment.all(folder);
      JournalMark.closed(segments.isEmpty() ? -1 : segments.getLast().first(), end).write(folder);
    } catch (IOException failed) {
      log.warn(
          "closing the journal failed ({}); what was acknowledged is on the disk",
          failed.getMessage());
    }
  }
}
