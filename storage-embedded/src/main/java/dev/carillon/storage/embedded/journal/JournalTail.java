package dev.carillon.storage.embedded.journal;

import dev.carillon.storage.embedded.problem.DamagedJournalException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Tells a torn end from damage: what lies in the newest file behind its last whole record.
 *
 * <p>A record is written into room that was filled with zeros, and forced to the disk, before; and
 * the next one only when the record itself was forced. So if the machine stops meanwhile, the end
 * is torn: sectors of one record, in any order, may not have reached the disk and are zeros still.
 * Nothing of it was acknowledged, and it is cut off. Everything else is damage to what may have
 * been acknowledged:
 *
 * <ul>
 *   <li>a whole record follows, or anything but zeros behind the end of this one;
 *   <li>the record reaches beyond the end of the file, which was made long enough before;
 *   <li>all its sectors were written, and yet it is not what its checksum says;
 *   <li>its checksum is right for another length than it says.
 * </ul>
 *
 * <p>In doubt it is damage: a sector of which the record has only a few bytes, all zeros, may be
 * whole as well as missing.
 */
final class JournalTail {
  private static final int HEADER = JournalSegment.RECORD_HEADER_BYTES;
  private static final int SECTOR = 512;

  /** So many zeros do not begin a record by themselves: two bytes of its checksum are in them. */
  private static final int MISSING_AT_BEGINNING = 6;

  /** So many zeros do not stand inside a record, or end it, by themselves. */
  private static final int MISSING = 16;

  /** How many zeros may end a record, generously. */
  private static final int ZEROS_AT_END = 64;

  private final JournalSegment segment;
  private final long offset;
  private final long expected;
  private final ByteBuffer bytes;

  private JournalTail(JournalSegment segment, long offset, long expected, ByteBuffer bytes) {
    this.segment = segment;
    this.offset = offset;
    this.expected = expected;
    this.bytes = bytes;
  }

  /**
   * How many bytes of a torn record there are; 0 when all is zeros.
   *
   * @param reader stands behind the segment's last whole record
   * @param expected position of the entry that would come next
   * @throws DamagedJournalException when it is damage
   */
  static long tornBytes(JournalSegment segment, JournalSegment.Reader reader, long expected)
      throws IOException {
    long offset = reader.offset();
    return new JournalTail(segment, offset, expected, reader.rest(offset)).tornBytes();
  }

  private long tornBytes() throws DamagedJournalException {
    int content = RecordScan.endOfContent(bytes, 0);
    if (content == 0) {
      return 0;
    }
    if (RecordScan.find(bytes, 0, expected) >= 0) {
      throw damaged("whole records follow");
    }
    if (hasHeader()) {
      checkRecord(content);
    } else if (!isMissing(roundedUp(Math.max(content, HEADER)))) {
      throw damaged("there is no record, and nothing that one could have left");
    }
    return content;
  }

  /** Whether a header of the record that is due can be read. */
  private boolean hasHeader() {
    if (bytes.limit() < HEADER) {
      return false;
    }
    int length = bytes.getInt(0);
    return length > 0
        && length <= JournalSegment.LONGEST_RECORD
        && bytes.getLong(8) == expected
        && RecordScan.isCount(bytes.getInt(16));
  }

  private void checkRecord(int content) throws DamagedJournalException {
    long end = HEADER + (long) bytes.getInt(0);
    if (end > bytes.limit()) {
      throw damaged("the file ends within a record");
    }
    if (content > end) {
      throw damaged("something follows the record, which is not whole");
    }
    if (!isMissing(end)) {
      throw damaged("a record was changed after it was written");
    }
    int shortest = Math.max(1, content - HEADER);
    for (int length = shortest;
        length <= shortest + ZEROS_AT_END && HEADER + length <= bytes.limit();
        length++) {
      if (RecordScan.hasChecksum(bytes, 0, length)) {
        throw damaged("the length of a record was changed after it was written");
      }
    }
  }

  /** Whether a sector of a record that ends there was not written. */
  private boolean isMissing(long end) {
    int from = 0;
    while (from < end) {
      int to = (int) Math.min(end, from + SECTOR - (offset + from) % SECTOR);
      if (to - from >= (from == 0 ? MISSING_AT_BEGINNING : MISSING)
          && isZero(from, Math.min(to, bytes.limit()))) {
        return true;
      }
      from = to;
    }
    return false;
  }

  private boolean isZero(int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes.get(at) != 0) {
        return false;
      }
    }
    return true;
  }

  private long roundedUp(int content) {
    return content + (SECTOR - (offset + content) % SECTOR) % SECTOR;
  }

  private DamagedJournalException damaged(String why) {
    return new DamagedJournalException(segment.file(), offset, expected, why);
  }
}
