package dev.carillon.storage.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.storage.embedded.problem.DamagedJournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal that was changed behind its back: either all that was acknowledged is there, or it says
 * what is damaged. Only a torn end is cut off.
 */
class JournalDamageTest {
  private static final int SEEDS = Integer.getInteger("test.seeds", 15);
  private static final int RECORDS = 24;
  private static final long SMALL = 6_000;
  private static final long LARGE = 1 << 20;
  private static final int SECTOR = 512;

  private final long seed = Long.getLong("test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private final Map<String, JournalFolder> originals = new HashMap<>();

  @TempDir private Path folder;

  private interface Making {
    JournalFolder make() throws IOException;
  }

  @BeforeEach
  void printSeed(TestReporter reporter) {
    reporter.publishEntry("seed", Long.toString(seed));
  }

  private JournalFolder killed(long segmentBytes) throws IOException {
    return copyOf(
        "killed" + segmentBytes, () -> JournalFolder.killed(folder, random, RECORDS, segmentBytes));
  }

  private JournalFolder closed(long segmentBytes) throws IOException {
    return copyOf(
        "closed" + segmentBytes, () -> JournalFolder.closed(folder, random, RECORDS, segmentBytes));
  }

  /** Another one from time to time: to write one takes much longer than to copy it. */
  private JournalFolder copyOf(String kind, Making making) throws IOException {
    JournalFolder original = originals.get(kind);
    if (original == null || random.nextInt(10) == 0) {
      original = making.make();
      originals.put(kind, original);
    }
    return original.copy(Files.createTempDirectory(folder, "copy"));
  }

  private void assertWhole(JournalFolder journal) throws IOException {
    assertThat(JournalFolder.read(journal.folder, 0))
        .as("seed %s", seed)
        .isEqualTo(journal.entries);
  }

  private void assertRefused(JournalFolder journal, String words) {
    assertRefused(journal, 0, words);
  }

  private void assertRefused(JournalFolder journal, long from, String words) {
    assertThatThrownBy(() -> JournalFolder.open(journal.folder, LARGE, from).close())
        .as("seed %s", seed)
        .isInstanceOf(DamagedJournalException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("carillon salvage");
  }

  @Test
  void anUndamagedOneOpensHoweverItEnded() throws IOException {
    for (long segmentBytes : List.of(SMALL, LARGE)) {
      assertWhole(killed(segmentBytes));
      assertWhole(closed(segmentBytes));
    }
  }

  @Test
  void anyChangedByteIsNoticedUnlessAllIsThereNevertheless() throws IOException {
    int refused = 0;
    for (int i = 0; i < SEEDS * 5; i++) {
      long segmentBytes = random.nextBoolean() ? SMALL : LARGE;
      JournalFolder journal = random.nextBoolean() ? killed(segmentBytes) : closed(segmentBytes);
      List<Path> files = journal.files();
      Path file = files.get(random.nextInt(files.size()));
      List<Long> records = JournalFolder.records(file);
      long within =
          random.nextInt(4) == 0 && records.size() > 1
              ? records.get(random.nextInt(records.size() - 1)) + random.nextInt(20)
              : random.nextLong(Math.min(Files.size(file), records.getLast() + 50));
      JournalFolder.change(file, within, 1 << random.nextInt(8));
      try {
        assertWhole(journal);
      } catch (DamagedJournalException noticed) {
        refused++;
      } catch (IOException other) {
        throw new AssertionError("seed " + seed + ", byte " + within + " of " + file, other);
      }
    }
    assertThat(refused).as("seed %s", seed).isGreaterThan(SEEDS * 3);
  }

  /** Each part of a record's header and its entries, in the first, a middle and the last one. */
  @Test
  void everyPartOfEveryRecordIsGuarded() throws IOException {
    int[] parts = {0, 2, 3, 4, 7, 8, 15, 16, 19, 20, 25};
    for (int part : parts) {
      for (int which = 0; which < 3; which++) {
        JournalFolder journal = killed(LARGE);
        Path file = journal.files().getFirst();
        List<Long> records = JournalFolder.records(file);
        int record = which == 0 ? 0 : which == 1 ? records.size() / 2 : records.size() - 2;
        JournalFolder.change(file, records.get(record) + part, 1 << random.nextInt(8));
        assertRefused(journal, "is damaged at byte " + records.get(record));
      }
    }
  }

  @Test
  void aChangedHeaderIsNoticed() throws IOException {
    for (int at = 0; at < JournalSegment.HEADER_BYTES; at++) {
      for (int mask : List.of(1, 3, 0x80)) {
        JournalFolder journal = killed(SMALL);
        JournalFolder.change(journal.files().getLast(), at, mask);
        assertRefused(journal, "is damaged at byte");
      }
    }
  }

  @Test
  void aTornEndIsCutOffAndNothingElse() throws IOException {
    int cut = 0;
    for (int i = 0; i < SEEDS * 3; i++) {
      JournalFolder journal = killed(LARGE);
      Path file = journal.files().getFirst();
      List<Long> records = JournalFolder.records(file);
      long begin = records.get(records.size() - 2);
      boolean clear = tear(file, begin, records.getLast());
      try {
        assertThat(JournalFolder.read(journal.folder, 0))
            .as("seed %s", seed)
            .isEqualTo(journal.entries.subList(0, kept(journal)));
        cut++;
      } catch (DamagedJournalException inDoubt) {
        assertThat(clear).as("seed %s: %s", seed, inDoubt.getMessage()).isFalse();
      }
    }
    assertThat(cut).as("seed %s", seed).isGreaterThan(SEEDS);
  }

  /** How many entries lie before the last record, by what opening made of the file. */
  private static int kept(JournalFolder journal) throws IOException {
    long end = 0;
    for (JournalSegment segment : JournalSegment.all(journal.folder)) {
      try (JournalSegment.Reader reader = segment.read()) {
        for (var batch = reader.next(); batch != null; batch = reader.next()) {
          end = batch.end();
        }
      }
    }
    assertThat(end).isLessThan(journal.entries.size());
    return Math.toIntExact(end);
  }

  /**
   * Makes zeros of some of the sectors' parts that a record lies in, as if they had not reached the
   * disk; whether that is beyond doubt.
   */
  private boolean tear(Path file, long begin, long end) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    boolean clear = false;
    boolean doubtful = false;
    boolean any = false;
    while (!any) {
      for (long from = begin; from < end; ) {
        long to = Math.min(end, from + SECTOR - from % SECTOR);
        if (random.nextBoolean()) {
          byte[] before = Arrays.copyOfRange(bytes, (int) from, (int) to);
          Arrays.fill(bytes, (int) from, (int) to, (byte) 0);
          // A few bytes that are zeros already are not torn by it.
          any |= !Arrays.equals(before, new byte[before.length]);
          clear |= to - from >= 16;
          doubtful |= from == begin && to - from < 6;
        }
        from = to;
      }
    }
    Files.write(file, bytes);
    return clear && !doubtful;
  }

  @Test
  void aMissingFileIsNoticedUnlessItIsApplied() throws IOException {
    JournalFolder first = killed(SMALL);
    Files.delete(first.files().getFirst());
    assertRefused(first, "it begins with entry");
    long begin = JournalSegment.all(first.folder).getFirst().first();
    assertThat(JournalFolder.read(first.folder, begin))
        .isEqualTo(first.entries.subList((int) begin, first.entries.size()));

    JournalFolder middle = killed(SMALL);
    Files.delete(middle.files().get(1));
    assertRefused(middle, "a file is missing before entry");

    for (JournalFolder last : List.of(killed(SMALL), closed(SMALL))) {
      Files.delete(last.files().getLast());
      assertRefused(last, "the newest file is missing");
    }
    JournalFolder all = killed(SMALL);
    for (Path file : all.files()) {
      Files.delete(file);
    }
    assertRefused(all, "the newest file is missing");
    Files.delete(all.folder.resolve("mark"));
    assertRefused(all, 5, "its files are missing");
  }

  /** Without a mark, as folders of before have none, the database knows how far it must reach. */
  @Test
  void aJournalThatEndsBeforeTheDatabaseIsNoticed() throws IOException {
    JournalFolder journal = killed(SMALL);
    Files.delete(journal.files().getLast());
    Files.delete(journal.folder.resolve("mark"));
    assertRefused(journal, journal.entries.size(), "it ends there");
  }

  @Test
  void aTruncatedFileIsNoticed() throws IOException {
    JournalFolder within = killed(LARGE);
    List<Long> records = JournalFolder.records(within.files().getFirst());
    truncate(within.files().getFirst(), records.getLast() - 3);
    assertRefused(within, "the file ends within a record");

    JournalFolder between = closed(LARGE);
    records = JournalFolder.records(between.files().getFirst());
    truncate(between.files().getFirst(), records.get(records.size() - 2));
    assertRefused(between, "Carillon ended in order at entry");

    JournalFolder empty = killed(SMALL);
    truncate(empty.files().getLast(), 0);
    assertRefused(empty, "its header is gone");
  }

  private static void truncate(Path file, long size) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), Math.toIntExact(size)));
  }

  @Test
  void bytesBehindTheLastRecordAreNoRecord() throws IOException {
    byte[] garbage = new byte[700];
    random.nextBytes(garbage);
    garbage[0] = 1;
    JournalFolder closed = closed(LARGE);
    Files.write(closed.files().getFirst(), garbage, StandardOpenOption.APPEND);
    assertWhole(closed);

    JournalFolder killed = killed(LARGE);
    Path file = killed.files().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    int end = Math.toIntExact(JournalFolder.records(file).getLast());
    System.arraycopy(garbage, 0, bytes, end, garbage.length);
    Files.write(file, bytes);
    assertRefused(killed, "is damaged at byte " + end);
  }

  @Test
  void aChangedMarkIsNoticed() throws IOException {
    for (int i = 0; i < SEEDS; i++) {
      JournalFolder journal = closed(SMALL);
      Path mark = journal.folder.resolve("mark");
      JournalFolder.change(
          mark, random.nextInt(Math.toIntExact(Files.size(mark))), 1 << random.nextInt(8));
      assertRefused(journal, "it should say where the journal ends");
    }
  }

  /** What a failed write left behind is not acknowledged, also when another file follows. */
  @Test
  void whatAFullDiskLeftInAnEarlierFileIsNoDamage() throws IOException {
    JournalFolder journal = killed(SMALL);
    ArrayList<Path> files = new ArrayList<>(journal.files());
    Files.write(files.getFirst(), new byte[] {0, 0, 0, 9, 1, 2, 3}, StandardOpenOption.APPEND);
    assertWhole(journal);
  }
}
