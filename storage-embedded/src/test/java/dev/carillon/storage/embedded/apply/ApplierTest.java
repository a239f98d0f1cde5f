package dev.carillon.storage.embedded.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.journal.EntryCodec;
import dev.carillon.storage.embedded.journal.Journal;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import dev.carillon.storage.embedded.tables.ApplyLock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the applier does when applying fails: whom it blames, and who is not left waiting. */
@Timeout(60)
class ApplierTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final String FULL =
      "TransactionContext Error: Failed to commit: Could not write file \"/d/facts.duckdb.wal\":"
          + " No space left on device";

  @TempDir private Path folder;
  private InstantSource clock = InstantSource.fixed(AT);

  /** Fails as long as it is told to, and notes what it took. */
  private static class Target implements Applier.Target {
    volatile @Nullable Throwable failing;
    final List<Entry> applied = new ArrayList<>();
    final List<Entry> deadLetters = new ArrayList<>();
    String poison = "";

    /** How many entries more the store has than it said. */
    volatile int unreported;

    /** The most entries for which the memory suffices. */
    int roomFor = Integer.MAX_VALUE;

    volatile Instant nextDue = Instant.MAX;

    /** Of what was due by when, and behind how many entries it was counted. */
    final List<Map.Entry<Instant, Integer>> counted = new CopyOnWriteArrayList<>();

    @Override
    public void apply(ApplyBatch batch, long position) throws SQLException {
      switch (failing) {
        case null -> {}
        case Error error -> throw error;
        case RuntimeException defect -> throw defect;
        case SQLException refused -> throw refused;
        case Throwable other -> throw new AssertionError(other);
      }
      if (batch.size() > roomFor) {
        throw new SQLException("Out of Memory Error: could not allocate block of size 256.0 KiB");
      }
      if (batch.entries().stream().anyMatch(this::isPoison)) {
        throw new SQLException("Constraint Error: CHECK constraint failed");
      }
      applied.addAll(batch.entries());
      if (batch.due() != null) {
        counted.add(Map.entry(batch.due().by(), applied.size()));
        nextDue = Instant.MAX;
      }
    }

    private boolean isPoison(Entry entry) {
      return entry instanceof Entry.Consent consent && consent.address().equals(poison);
    }

    @Override
    public void keepAsDeadLetter(ApplyBatch one, String reason, long position) {
      deadLetters.add(one.entries().getFirst());
    }

    @Override
    public Instant nextDue() {
      return nextDue;
    }

    @Override
    public long recover() {
      return (long) applied.size() + deadLetters.size() + unreported;
    }

    @Override
    public void applied(long position) {}

    @Override
    public void interrupt() {}
  }

  private static Entry entry(int number) {
    return new Entry.Consent(Channel.SMS, "49151" + number, true, AT);
  }

  private static List<Entry> entries(int count) {
    return IntStream.range(0, count).mapToObj(ApplierTest::entry).toList();
  }

  /** The applier of a journal that holds the entries already. */
  private Applier started(Applier.Target target, List<Entry> entries) throws IOException {
    Journal journal = Journal.open(folder, 1 << 20, 0, (first, more, bytes) -> {});
    journal.append(entries, EntryCodec.encode(entries));
    Applier applier = new Applier(target, new ApplyLock(), 100, clock);
    applier.start(journal, 0);
    journal.close();
    return applier;
  }

  /** Settling says so while something is in the way. */
  private static void awaitSettled(Applier applier) {
    long end = System.nanoTime() + LONG.toNanos();
    while (true) {
      try {
        applier.settle();
        return;
      } catch (StoreUnavailableException still) {
        assertThat(System.nanoTime()).as("it goes on: %s", still.getCause()).isLessThan(end);
      }
    }
  }

  @Test
  void anErrorFailsAllWhoWaitAndIsLasting() throws IOException {
    Target target = new Target();
    target.failing = new OutOfMemoryError("of the test");
    Applier applier = started(target, entries(3));
    assertThatThrownBy(applier::settle).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(applier::settle)
        .isInstanceOf(StoreUnavailableException.class)
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(() -> applier.awaitRoom(1_000_000, LONG))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(applier.problem().orElseThrow())
        .contains("OutOfMemoryError", "Start Carillon again");
    assertThat(applier.close(LONG)).isTrue();
    assertThat(target.deadLetters).isEmpty();
  }

  @Test
  void aFullDiskIsNoEntrysFaultAndPasses() throws IOException {
    Target target = new Target();
    target.failing = new SQLException(FULL);
    Applier applier = started(target, entries(3));
    assertThatThrownBy(applier::settle).hasRootCauseInstanceOf(SQLException.class);
    assertThat(applier.problem().orElseThrow()).contains("disk is full", "goes on by itself");
    target.failing = null;
    awaitSettled(applier);
    assertThat(applier.problem()).isEmpty();
    assertThat(target.applied).isEqualTo(entries(3));
    assertThat(target.deadLetters).isEmpty();
    assertThat(applier.close(LONG)).isTrue();
  }

  @Test
  void aBatchThatNeedsTooMuchMemoryIsTriedSmaller() throws IOException {
    Target target = new Target();
    target.roomFor = 12;
    Applier applier = started(target, entries(100));
    awaitSettled(applier);
    assertThat(target.applied).isEqualTo(entries(100));
    assertThat(target.deadLetters).isEmpty();
    assertThat(applier.close(LONG)).isTrue();
  }

  @Test
  void aCommitThatFailedAndReachedTheDiskIsNotMadeTwice() throws IOException {
    Target target = new Target();
    target.failing = new SQLException(FULL);
    target.unreported = 3;
    Applier applier = started(target, entries(3));
    long end = System.nanoTime() + LONG.toNanos();
    while (!applier.problem().orElse("").contains("Start Carillon again")) {
      assertThat(System.nanoTime()).as("it ends: %s", applier.problem()).isLessThan(end);
      Thread.onSpinWait();
    }
    assertThat(applier.close(LONG)).isTrue();
    assertThat(target.applied).isEmpty();
  }

  @Test
  void aDefectOfTheProgramHoldsUpReadingAndLosesNothing() throws IOException {
    Target target = new Target();
    target.failing = new NullPointerException("of the test");
    Applier applier = started(target, entries(1));
    assertThatThrownBy(applier::settle).hasRootCauseInstanceOf(NullPointerException.class);
    assertThat(applier.problem().orElseThrow()).contains("NullPointerException", "defect");
    target.failing = null;
    awaitSettled(applier);
    assertThat(target.applied).isEqualTo(entries(1));
    assertThat(target.deadLetters).isEmpty();
    assertThat(applier.close(LONG)).isTrue();
  }

  @Test
  void onlyTheEntryThatTheDatabaseRefusesBecomesADeadLetter() throws IOException {
    Target target = new Target();
    target.poison = "4915177";
    Applier applier = started(target, entries(250));
    applier.settle();
    assertThat(target.deadLetters).containsExactly(entry(77));
    assertThat(target.applied).hasSize(249).doesNotContain(entry(77));
    assertThat(applier.close(LONG)).isTrue();
  }

  @Test
  void whatIsDueIsCountedBehindAllThatWasDurable() throws IOException {
    Target target = new Target();
    target.nextDue = AT;
    Applier applier = started(target, entries(250));
    applier.settle();
    assertThat(target.counted).containsExactly(Map.entry(AT, 250));
    assertThat(applier.close(LONG)).isTrue();
  }

  @Test
  void settlingForWhatIsDueDoesNotHangOnAClockThatIsSetBack() throws IOException {
    Thread test = Thread.currentThread();
    clock = () -> Thread.currentThread().equals(test) ? AT : AT.minus(Duration.ofHours(1));
    Target target = new Target();
    target.nextDue = AT;
    Applier applier = started(target, entries(1));
    applier.settle();
    assertThat(target.counted).containsExactly(Map.entry(AT, 1));
    assertThat(applier.close(LONG)).isTrue();
  }

  @Test
  void aClockThatStandsIsLookedAtNowAndThen() throws Exception {
    List<Long> looks = new CopyOnWriteArrayList<>();
    CountDownLatch left = new CountDownLatch(10);
    clock =
        () -> {
          looks.add(System.nanoTime());
          left.countDown();
          return AT;
        };
    Target target = new Target();
    target.nextDue = AT.plusNanos(1);
    Applier applier = started(target, entries(1));
    assertThat(left.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(Duration.ofNanos(looks.get(9) - looks.get(1)))
        .as("from the second to the tenth look, of which two make a round")
        .isGreaterThan(Duration.ofMillis(250));
    assertThat(target.counted).isEmpty();
    assertThat(applier.close(LONG)).isTrue();
  }

  @Test
  void closingSaysWhetherTheThreadStillUsesTheTarget() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Target target =
        new Target() {
          @Override
          public void apply(ApplyBatch batch, long position) throws SQLException {
            begun.countDown();
            try {
              mayEnd.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
            throw new SQLException("INTERRUPT Error: Interrupted!");
          }

          @Override
          public void interrupt() {
            interrupted.countDown();
          }
        };
    Applier applier = started(target, entries(1));
    begun.await();
    assertThat(applier.close(Duration.ofMillis(1))).isFalse();
    assertThat(interrupted.getCount()).isZero();
    mayEnd.countDown();
    assertThat(applier.close(LONG)).isTrue();
  }
}
