package dev.carillon.storage.embedded.journal;

import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.facts.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A journal's folder, with records of all sizes, as a kill or an orderly end left it. */
final class JournalFolder {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123456Z");
  private static final String HEX = "0123456789abcdef";

  final Path folder;
  final List<Entry> entries;

  private JournalFolder(Path folder, List<Entry> entries) {
    this.folder = folder;
    this.entries = entries;
  }

  /** As it is found after the process was killed: with room for records to come. */
  static JournalFolder killed(Path in, Random random, int records, long segmentBytes)
      throws IOException {
    Path alive = Files.createTempDirectory(in, "alive");
    Path killed = Files.createTempDirectory(in, "killed");
    try (Journal journal = open(alive, segmentBytes, 0)) {
      List<Entry> entries = append(journal, random, records);
      copy(alive, killed);
      return new JournalFolder(killed, entries);
    }
  }

  static JournalFolder closed(Path in, Random random, int records, long segmentBytes)
      throws IOException {
    Path folder = Files.createTempDirectory(in, "closed");
    try (Journal journal = open(folder, segmentBytes, 0)) {
      return new JournalFolder(folder, append(journal, random, records));
    }
  }

  private static List<Entry> append(Journal journal, Random random, int records) {
    ArrayList<Entry> all = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      ArrayList<Entry> together = new ArrayList<>();
      for (int j = 0; j <= random.nextInt(3); j++) {
        together.add(entry(random));
      }
      journal.append(together, EntryCodec.encode(together));
      all.addAll(together);
    }
    return all;
  }

  /** Of a few bytes or of some thousand, which cannot be compressed much. */
  private static Entry entry(Random random) {
    int length = random.nextInt(3) == 0 ? 10 + random.nextInt(4000) : 10 + random.nextInt(60);
    StringBuilder address = new StringBuilder();
    for (int i = 0; i < length; i++) {
      address.append(HEX.charAt(random.nextInt(HEX.length())));
    }
    return new Entry.Consent(Channel.SMS, address.toString(), random.nextBoolean(), AT);
  }

  static Journal open(Path folder, long segmentBytes, long from) throws IOException {
    return Journal.open(folder, segmentBytes, from, (first, entries, bytes) -> {});
  }

  JournalFolder copy(Path to) throws IOException {
    copy(folder, to);
    return new JournalFolder(to, entries);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  List<Path> files() throws IOException {
    return JournalSegment.all(folder).stream().map(JournalSegment::file).toList();
  }

  /** Where each record of a file begins, and at last where the last one ends. */
  static List<Long> records(Path file) throws IOException {
    JournalSegment segment =
        JournalSegment.all(file.resolveSibling(".")).stream()
            .filter(one -> one.file().getFileName().equals(file.getFileName()))
            .findFirst()
            .orElseThrow();
    ArrayList<Long> offsets = new ArrayList<>();
    try (JournalSegment.Reader reader = segment.read()) {
      do {
        offsets.add(reader.offset());
      } while (reader.next() != null);
    }
    return offsets;
  }

  /** What a journal that opens holds, from a position on. */
  static List<Entry> read(Path folder, long from) throws IOException {
    ArrayList<Entry> all = new ArrayList<>();
    try (Journal journal = open(folder, 1 << 20, from);
        JournalCursor cursor = new JournalCursor(folder, from)) {
      while (cursor.position() < journal.end()) {
        all.addAll(cursor.next(journal.end()));
      }
    }
    return all;
  }

  static void change(Path file, long at, int mask) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[Math.toIntExact(at)] ^= (byte) mask;
    Files.write(file, bytes);
  }
}
