package dev.carillon.storage.embedded.journal;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.storage.embedded.problem.DamagedJournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A small file beside the journal's that says which of them is the newest, so that it is noticed
 * when that one is missing; and after an orderly end where the journal ends, so that it is noticed
 * when anything is. It is durable before the first record of the file that it names.
 *
 * @param segment position of the newest file's first entry; -1 when there is no file
 * @param end position after the last entry; -1 while entries are appended
 */
record JournalMark(long segment, long end) {
  private static final String FILE = "mark";
  private static final Pattern FORM =
      Pattern.compile("(newest file (-?\\d{1,19})\nend (-?\\d{1,19})\n)checksum ([0-9a-f]{1,8})\n");

  static JournalMark appending(long segment) {
    return new JournalMark(segment, -1);
  }

  static JournalMark closed(long segment, long end) {
    return new JournalMark(segment, end);
  }

  boolean isClosed() {
    return end >= 0;
  }

  /** The folder's mark; empty where none was ever written. */
  static Optional<JournalMark> read(Path folder) throws IOException {
    String text;
    try {
      text = Files.readString(folder.resolve(FILE), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches() || !checksum(form.group(1)).equals(form.group(4))) {
      throw new DamagedJournalException(
          folder.resolve(FILE), 0, 0, "it should say where the journal ends, and does not");
    }
    return Optional.of(
        new JournalMark(Long.parseLong(form.group(2)), Long.parseLong(form.group(3))));
  }

  /** Writes it durably, in the place of the one before. */
  void write(Path folder) throws IOException {
    String words = "newest file " + segment + "\nend " + end + "\n";
    byte[] text =
        (words + "checksum " + checksum(words) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    Path draft = folder.resolve(FILE + ".new");
    try (FileChannel channel =
        OwnerOnly.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        draft,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    force(folder);
  }

  /** Makes durable which files a folder holds. */
  static void force(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static String checksum(String words) {
    CRC32C crc = new CRC32C();
    crc.update(words.getBytes(StandardCharsets.ISO_8859_1));
    return Long.toHexString(crc.getValue());
  }
}
