package dev.carillon.storage.embedded.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Finds whole records among bytes of a journal's file, wherever they begin. */
final class RecordScan {
  private static final int HEADER = JournalSegment.RECORD_HEADER_BYTES;
  private static final int MOST_ENTRIES = 1 << 26;

  private RecordScan() {}

  /**
   * Where the first whole record begins; -1 when there is none.
   *
   * @param from where to begin to look
   * @param leastPosition the least position that its first entry can have
   */
  static int find(ByteBuffer bytes, int from, long leastPosition) {
    for (int at = from; at <= bytes.limit() - HEADER; at++) {
      if (isWhole(bytes, at, leastPosition)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isWhole(ByteBuffer bytes, int at, long leastPosition) {
    int length = bytes.getInt(at);
    return length > 0
        && length <= bytes.limit() - at - HEADER
        && bytes.getLong(at + 8) >= leastPosition
        && isCount(bytes.getInt(at + 16))
        && hasChecksum(bytes, at, length);
  }

  static boolean isCount(int count) {
    return count > 0 && count <= MOST_ENTRIES;
  }

  /** Whether the record that begins there has this length, by its checksum. */
  static boolean hasChecksum(ByteBuffer bytes, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(at + 8, HEADER - 8 + length));
    return (int) crc.getValue() == bytes.getInt(at + 4);
  }

  /** The position after the last byte that is not zero; {@code from} when all are. */
  static int endOfContent(ByteBuffer bytes, int from) {
    int end = bytes.limit();
    while (end - from >= Long.BYTES && bytes.getLong(end - Long.BYTES) == 0) {
      end -= Long.BYTES;
    }
    while (end > from && bytes.get(end - 1) == 0) {
      end--;
    }
    return end;
  }
}
