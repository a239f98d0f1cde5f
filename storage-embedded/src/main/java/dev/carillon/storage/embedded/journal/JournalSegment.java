package dev.carillon.storage.embedded.journal;

import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.problem.DamagedJournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of the journal. Its name is the position of its first entry. It holds a header and then
 * records, each a length, a CRC-32C, the position of its first entry, the number of its entries,
 * and the entries, compressed together. Zeros may follow: room for records to come.
 *
 * @param file the file
 * @param first position of its first entry
 */
public record JournalSegment(Path file, long first) {
  static final int HEADER_BYTES = 8;
  static final int RECORD_HEADER_BYTES = 20;

  /** "CaJ" and the version of the format. */
  private static final long MAGIC = 0x43614a00_00000002L;

  /** The version whose entries are not compressed. */
  private static final long MAGIC_OF_PLAIN = 0x43614a00_00000001L;

  private static final String SUFFIX = ".journal";
  private static final Pattern NAME = Pattern.compile("\\d{19}\\.journal");
  static final int LONGEST_RECORD = 1 << 30;

  /** Entries that became durable together, as they lie in the file. */
  public record Batch(long first, int count, byte[] packed, boolean compressed) {
    public byte[] entries() {
      return compressed ? Compressed.plain(packed) : packed;
    }

    /** How many bytes the entries take, unpacked. */
    int bytes() {
      return compressed ? Compressed.plainLength(packed) : packed.length;
    }

    /** The position after the last one. */
    long end() {
      return first + count;
    }

    /**
     * @throws IOException when these bytes are not so many entries
     */
    List<Entry> decoded() throws IOException {
      try {
        BinaryReader source = new BinaryReader(entries());
        ArrayList<Entry> decoded = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          decoded.add(EntryCodec.read(source));
        }
        if (source.isAtEnd()) {
          return decoded;
        }
      } catch (RuntimeException undecodable) {
        throw new IOException("entry " + first + " cannot be decoded", undecodable);
      }
      throw new IOException("there is more than the entries from " + first + " on");
    }
  }

  static JournalSegment in(Path folder, long first) {
    return new JournalSegment(
        folder.resolve(String.format(Locale.ROOT, "%019d", first) + SUFFIX), first);
  }

  /** The folder's segments by position. */
  public static List<JournalSegment> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .map(file -> new JournalSegment(file, positionOf(file)))
          .sorted(Comparator.comparingLong(JournalSegment::first))
          .toList();
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private static long positionOf(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  static ByteBuffer header() {
    return ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).flip();
  }

  /** A record as it stands in the file. */
  static ByteBuffer record(long first, int count, List<byte[]> parts) {
    return record(first, count, Compressed.of(joined(parts)));
  }

  /**
   * @param entries compressed together
   */
  static ByteBuffer record(long first, int count, byte[] entries) {
    ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER_BYTES + entries.length);
    record.putInt(entries.length).putInt(0).putLong(first).putInt(count).put(entries);
    CRC32C crc = new CRC32C();
    crc.update(record.array(), 8, 12 + entries.length);
    return record.putInt(4, (int) crc.getValue()).flip();
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    return all.array();
  }

  /** Reads records one after the other; ends at the end of the file or at the first torn record. */
  public static final class Reader implements AutoCloseable {
    private final FileChannel channel;
    private final long magic;
    private long offset = HEADER_BYTES;

    private Reader(FileChannel channel, long magic) {
      this.channel = channel;
      this.magic = magic;
    }

    /** Whether the header, which is durable before the first record, is there. */
    boolean hasHeader() {
      return magic != 0;
    }

    /** The file from a byte to its end. */
    ByteBuffer rest(long from) throws IOException {
      long size = channel.size();
      return from < size
          ? channel.map(FileChannel.MapMode.READ_ONLY, from, size - from)
          : ByteBuffer.allocate(0);
    }

    /** Where the record after the last good one would begin. */
    long offset() {
      return offset;
    }

    /** The next record; null when no whole one follows. */
    public @Nullable Batch next() throws IOException {
      Batch batch = at(offset);
      if (batch != null) {
        offset += RECORD_HEADER_BYTES + batch.packed().length;
      }
      return batch;
    }

    /** The record that begins at a byte; null when no whole one does. */
    @Nullable Batch at(long from) throws IOException {
      ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER_BYTES);
      if (!fill(header, from)) {
        return null;
      }
      int length = header.getInt(0);
      if (length <= 0
          || length > LONGEST_RECORD
          || channel.size() - from - RECORD_HEADER_BYTES < length) {
        return null;
      }
      ByteBuffer entries = ByteBuffer.allocate(length);
      if (!fill(entries, from + RECORD_HEADER_BYTES)) {
        return null;
      }
      CRC32C crc = new CRC32C();
      crc.update(header.array(), 8, 12);
      crc.update(entries.array());
      if ((int) crc.getValue() != header.getInt(4)) {
        return null;
      }
      return new Batch(
          header.getLong(8), header.getInt(16), entries.array(), magic != MAGIC_OF_PLAIN);
    }

    private boolean fill(ByteBuffer buffer, long from) throws IOException {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, from + buffer.position()) < 0) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /**
   * @throws IOException when the file cannot be read, or has the header of no known version
   */
  public Reader read() throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      long magic = magic(channel);
      if (magic != MAGIC && magic != MAGIC_OF_PLAIN && magic != 0) {
        throw new DamagedJournalException(
            file, 0, first, "its header is damaged, or of a newer version of Carillon");
      }
      return new Reader(channel, magic);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  /** Opens it whatever its header says, as long as it is not that of the version before. */
  Reader readDamaged() throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new Reader(channel, magic(channel) == MAGIC_OF_PLAIN ? MAGIC_OF_PLAIN : MAGIC);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  private static long magic(FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    while (header.hasRemaining() && channel.read(header, header.position()) > 0) {
      // a short read goes on
    }
    return header.hasRemaining() ? 0 : header.getLong(0);
  }
}
