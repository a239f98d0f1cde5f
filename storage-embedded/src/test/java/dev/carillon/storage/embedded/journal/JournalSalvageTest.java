package dev.carillon.storage.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.SalvageReport;
import dev.carillon.engine.port.facts.SalvageReport.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What salvaging keeps of a damaged journal, what it counts, and that it may be interrupted. */
class JournalSalvageTest {
  private static final long SMALL = 6_000;

  private final Random random = new Random(20_261_130L);

  @TempDir private Path folder;

  /** A killed journal in the place that it has in a store. */
  private JournalFolder journal() throws IOException {
    return JournalFolder.killed(folder, random, 24, SMALL);
  }

  private static SalvageReport salvage(JournalFolder journal, long applied) throws IOException {
    return new JournalSalvage(journal.folder, applied, 0).run();
  }

  /** What the journal holds from a position on, without what stands for missing entries. */
  private static List<Entry> read(JournalFolder journal, long from) throws IOException {
    List<Entry> all = JournalFolder.read(journal.folder, from);
    assertThat(all).as("positions keep their meaning").hasSize(journal.entries.size() - (int) from);
    return all.stream().filter(entry -> !(entry instanceof Entry.DeadLetterRetry)).toList();
  }

  private static List<Entry> without(JournalFolder journal, long from, Missing missing) {
    ArrayList<Entry> rest =
        new ArrayList<>(
            journal.entries.subList(Math.toIntExact(from), Math.toIntExact(missing.from())));
    rest.addAll(journal.entries.subList(Math.toIntExact(missing.to()), journal.entries.size()));
    return rest;
  }

  /** Damages a record in the second file; which entries it holds. */
  private static Missing damage(JournalFolder journal) throws IOException {
    JournalSegment second = JournalSegment.all(journal.folder).get(1);
    List<Long> records = JournalFolder.records(second.file());
    try (JournalSegment.Reader reader = second.read()) {
      JournalSegment.Batch batch = Objects.requireNonNull(reader.at(records.get(1)));
      JournalFolder.change(second.file(), records.get(1) + 23, 4);
      return new Missing(batch.first(), batch.end());
    }
  }

  @Test
  void aSoundJournalIsLeftAlone() throws IOException {
    JournalFolder journal = journal();
    assertThat(salvage(journal, 0)).isEqualTo(SalvageReport.sound());
    assertThat(JournalFolder.read(journal.folder, 0)).isEqualTo(journal.entries);
  }

  @Test
  void keepsEveryWholeRecordAndCountsWhatIsLost() throws IOException {
    JournalFolder journal = journal();
    Missing lost = damage(journal);
    List<Path> files = journal.files();
    SalvageReport report = salvage(journal, 0);
    assertThat(report.damage()).contains("is damaged at byte");
    assertThat(report.records()).isEqualTo(23);
    assertThat(report.missing()).containsExactly(lost);
    assertThat(report.missingEntries()).isEqualTo(lost.to() - lost.from());
    assertThat(report.entries()).isEqualTo(journal.entries.size() - report.missingEntries());
    assertThat(report.unreadableBytes()).isPositive();
    assertThat(JournalSegment.all(Objects.requireNonNull(report.original()))).hasSameSizeAs(files);

    assertThat(read(journal, 0)).isEqualTo(without(journal, 0, lost));
    assertThat(salvage(journal, 0)).isEqualTo(SalvageReport.sound());
  }

  @Test
  void whatTheDatabaseHasIsNotMissing() throws IOException {
    JournalFolder journal = journal();
    Missing lost = damage(journal);
    long applied = lost.to() + 1;
    JournalFolder.change(journal.files().getLast(), 2, 1);
    SalvageReport report = salvage(journal, applied);
    assertThat(report.missing()).isEmpty();
    assertThat(report.entries()).isEqualTo(journal.entries.size() - applied);
    assertThat(JournalFolder.read(journal.folder, applied))
        .isEqualTo(journal.entries.subList((int) applied, journal.entries.size()));
  }

  @Test
  void missingFilesAreCounted() throws IOException {
    JournalFolder journal = journal();
    List<JournalSegment> segments = JournalSegment.all(journal.folder);
    Missing lost = new Missing(segments.get(1).first(), segments.get(2).first());
    Files.delete(segments.get(1).file());
    assertThat(salvage(journal, 0).missing()).containsExactly(lost);
    assertThat(read(journal, 0)).isEqualTo(without(journal, 0, lost));
  }

  @Test
  void aMissingEndIsCountedWhereItIsKnownHowFarItWent() throws IOException {
    JournalFolder journal = journal();
    int all = journal.entries.size();
    JournalSegment last = JournalSegment.all(journal.folder).getLast();
    Files.delete(last.file());
    SalvageReport report = new JournalSalvage(journal.folder, 0, all).run();
    Missing lost = new Missing(last.first(), all);
    assertThat(report.missing()).containsExactly(lost);
    assertThat(read(journal, 0)).isEqualTo(without(journal, 0, lost));
  }

  @Test
  void aDamagedLastRecordOfAKilledJournalMayHideMore() throws IOException {
    JournalFolder journal = journal();
    Path last = journal.files().getLast();
    List<Long> records = JournalFolder.records(last);
    JournalFolder.change(last, records.get(records.size() - 2) + 23, 4);
    SalvageReport report = salvage(journal, 0);
    assertThat(report.missing()).isEmpty();
    assertThat(report.endCertain()).isFalse();
    assertThat(report.isComplete()).isFalse();
    assertThat(report.end()).isEqualTo(report.entries()).isLessThan(journal.entries.size());
  }

  @Test
  void aMissingNewestFileMayHideMore() throws IOException {
    JournalFolder journal = journal();
    JournalSegment last = JournalSegment.all(journal.folder).getLast();
    Files.delete(last.file());
    SalvageReport report = salvage(journal, 0);
    assertThat(report.isComplete()).isFalse();
    assertThat(report.end()).isEqualTo(last.first());
  }

  @Test
  void damageInTheMiddleHidesNothing() throws IOException {
    JournalFolder journal = journal();
    damage(journal);
    assertThat(salvage(journal, 0).endCertain()).isTrue();
  }

  @Test
  void anEmptyFolderGoesOnWhereTheDatabaseIs() throws IOException {
    JournalFolder journal = journal();
    for (Path file : journal.files()) {
      Files.delete(file);
    }
    SalvageReport report = salvage(journal, 17);
    assertThat(report.entries()).isZero();
    try (Journal open = JournalFolder.open(journal.folder, SMALL, 17)) {
      assertThat(open.end()).isEqualTo(17);
    }
  }

  @Test
  void anInterruptedRunIsFinishedByTheNext() throws IOException {
    JournalFolder journal = journal();
    Missing lost = damage(journal);
    SalvageReport whole = salvage(journal, 0);
    Path original = Objects.requireNonNull(whole.original());
    Path result = journal.folder.resolveSibling("journal.salvaged");

    Files.move(journal.folder, result); // after the first renaming
    assertThatThrownBy(() -> JournalFolder.open(journal.folder, SMALL, 0))
        .hasMessageContaining("interrupted");
    assertThat(journal.folder).doesNotExist();
    assertThat(salvage(journal, 0).missing()).containsExactly(lost);

    Files.move(journal.folder, result); // before it
    Files.move(original, journal.folder);
    SalvageReport again = salvage(journal, 0);
    assertThat(again.entries()).isEqualTo(whole.entries());
    assertThat(again.missing()).containsExactly(lost);
    assertThat(again.original()).isEqualTo(original);
    assertThat(read(journal, 0)).isEqualTo(without(journal, 0, lost));
  }
}
