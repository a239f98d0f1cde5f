package dev.carillon.storage.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.crash.Awaiting;
import dev.carillon.storage.embedded.duckdb.Micros;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123456Z");
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path folder;

  private Journal open(long segmentBytes) throws IOException {
    return Journal.open(folder, segmentBytes, 0, (first, entries, bytes) -> {});
  }

  private static Entry entry(int number) {
    return new Entry.Consent(Channel.SMS, "address" + number, number % 2 == 0, AT);
  }

  private static void append(Journal journal, Entry... entries) {
    journal.append(List.of(entries), EntryCodec.encode(List.of(entries)));
  }

  private List<Entry> readAll(long from, long end) throws IOException {
    ArrayList<Entry> all = new ArrayList<>();
    try (JournalCursor cursor = new JournalCursor(folder, from)) {
      while (cursor.position() < end) {
        all.addAll(cursor.next(end));
      }
    }
    return all;
  }

  @Test
  void everyKindOfEntryComesBack() throws IOException {
    List<Entry> entries =
        List.of(
            new Entry.OfProfile(
                new ProfileChange(
                    Identity.user("ann"), Identity.user("ann").key(), "{\"é\":1}", AT, AT)),
            new Entry.OfLink(new IdentityLink(Identity.anonymous("a"), Identity.user("b"), AT)),
            new Entry.UnmatchedStatus(
                1, "id", FactKind.RECEIPT_FAILED, "131026", null, AT, AT, "no such number", 9),
            new Entry.IncomingMessage(
                1, Channel.WHATSAPP, "m", "49151", AT, AT, null, "image", null, 0, true),
            new Entry.AddressAlias(Channel.WHATSAPP, "1", "2"),
            new Entry.UnmatchedStatus(1, "id", FactKind.CLICKED, "2", "click-7", AT, AT, null, 9),
            new Entry.EndpointDead(Channel.PUSH, "token", "Unregistered", AT, 3),
            entry(1));
    try (Journal journal = open(1 << 20)) {
      append(journal, entries.toArray(Entry[]::new));
      append(journal, new Entry.RawCallback(5, 2, AT, new byte[] {0, -1, 7}));

      assertThat(readAll(0, 8)).isEqualTo(entries);
      assertThat(readAll(4, 8)).isEqualTo(entries.subList(4, 8));
      Entry.RawCallback raw = (Entry.RawCallback) readAll(8, 9).getFirst();
      assertThat(raw.body()).containsExactly(0, -1, 7);
    }
  }

  @Test
  void aStatusOfTheVersionBeforeHasNoEvent() {
    BinaryWriter written = new BinaryWriter();
    written.octet(6);
    written.number(1);
    written.text("id");
    written.octet(FactKind.VIEWED.code());
    written.optional(null);
    written.number(Micros.of(AT));
    written.number(Micros.of(AT));
    written.optional("words");
    written.number(9);

    assertThat(EntryCodec.read(new BinaryReader(written.toBytes())))
        .isEqualTo(
            new Entry.UnmatchedStatus(1, "id", FactKind.VIEWED, null, null, AT, AT, "words", 9));
  }

  @Test
  void segmentsFollowOneAnotherAndAreDeletedOnceApplied() throws IOException {
    try (Journal journal = open(200)) {
      for (int i = 0; i < 50; i++) {
        append(journal, entry(i));
      }
      int segments = JournalSegment.all(folder).size();
      assertThat(segments).isGreaterThan(5);
      assertThat(readAll(13, 50)).hasSize(37).first().isEqualTo(entry(13));

      journal.deleteBefore(30);
      assertThat(JournalSegment.all(folder).size()).isBetween(2, segments - 1);
      assertThat(readAll(30, 50)).hasSize(20);
      journal.deleteBefore(50);
      assertThat(JournalSegment.all(folder)).hasSize(1);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldAndNothingIsHalfKept() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    Journal.Opener opener =
        file ->
            full.get()
                ? FileChannel.open(FULL, StandardOpenOption.WRITE)
                : FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    ArrayList<Entry> told = new ArrayList<>();
    try (Journal journal =
        Journal.open(folder, 40, 0, (first, entries, bytes) -> told.addAll(entries), opener)) {
      append(journal, entry(0), entry(1), entry(2), entry(3), entry(4));
      full.set(true);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> append(journal, entry(99)))
            .isInstanceOf(StoreUnavailableException.class);
        assertThat(journal.problem().orElseThrow()).contains("disk is full", "goes on by itself");
      }
      full.set(false);
      Awaiting.until(() -> journal.problem().isEmpty());
      append(journal, entry(5));

      assertThat(journal.end()).isEqualTo(6);
      assertThat(readAll(0, 6)).isEqualTo(told).doesNotContain(entry(99)).hasSize(6);
    }
  }

  @Test
  @Timeout(60)
  void anErrorFailsAllWhoWaitAndIsLasting() throws Exception {
    Journal.Opener opener =
        file -> {
          throw new OutOfMemoryError("of the test");
        };
    Journal journal = Journal.open(folder, 1 << 20, 0, (first, entries, bytes) -> {}, opener);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int number = i;
        calls.add(callers.submit(() -> append(journal, entry(number))));
      }
      for (Future<?> call : calls) {
        assertThatThrownBy(call::get).hasCauseInstanceOf(StoreUnavailableException.class);
      }
    }
    assertThatThrownBy(() -> append(journal, entry(9)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThat(journal.problem().orElseThrow())
        .contains("OutOfMemoryError", "Start Carillon again");
    assertThat(journal.close(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void aClosedJournalTakesNothing() throws IOException {
    Journal journal = open(1 << 20);
    journal.close();
    assertThatThrownBy(() -> append(journal, entry(0)))
        .isInstanceOf(StoreUnavailableException.class);
  }

  /** As it was written before entries were compressed. */
  @Test
  void aFileOfTheVersionBeforeIsRead() throws IOException {
    byte[] entries = EntryCodec.encode(List.of(entry(0), entry(1)));
    ByteBuffer record = ByteBuffer.allocate(JournalSegment.RECORD_HEADER_BYTES + entries.length);
    record.putInt(entries.length).putInt(0).putLong(0).putInt(2).put(entries);
    CRC32C crc = new CRC32C();
    crc.update(record.array(), 8, record.capacity() - 8);
    record.putInt(4, (int) crc.getValue());
    ByteBuffer file = ByteBuffer.allocate(JournalSegment.HEADER_BYTES + record.capacity() + 100);
    file.putLong(0x43614a00_00000001L).put(record.flip());
    Files.write(JournalSegment.in(folder, 0).file(), file.array());
    try (Journal journal = open(1 << 20)) {
      assertThat(journal.end()).isEqualTo(2);
      append(journal, entry(2));
    }
    assertThat(readAll(0, 3)).containsExactly(entry(0), entry(1), entry(2));
  }

  @Test
  void damageInTheMiddleIsNotPassedOver() throws IOException {
    try (Journal journal = open(150)) {
      for (int i = 0; i < 20; i++) {
        append(journal, entry(i));
      }
    }
    Path file = JournalSegment.all(folder).getFirst().file();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> readAll(0, 20))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }
}
