package dev.carillon.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.journal.JournalSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFolderTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  @TempDir private Path folder;

  @Test
  void aFolderInUseIsRefused() {
    FactStoreSettings settings = FactStoreSettings.in(folder).withMemoryMegabytes(256);
    EmbeddedFactStore store = EmbeddedFactStore.open(settings);
    assertThatThrownBy(() -> EmbeddedFactStore.open(settings))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("in use");
    store.close();
    EmbeddedFactStore.open(settings).close();
  }

  @Test
  void aClosedStoreSaysSo() {
    EmbeddedFactStore store =
        EmbeddedFactStore.open(FactStoreSettings.in(folder).withMemoryMegabytes(256));
    store.close();
    store.close();
    assertThatThrownBy(() -> store.append(events(0, 1)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(store::totals).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void nothingIsClosedUnderAThreadThatDoesNotEnd() throws Exception {
    FactStoreSettings settings = FactStoreSettings.in(folder).withMemoryMegabytes(256);
    EmbeddedFactStore store = EmbeddedFactStore.open(settings);
    store.append(events(0, 1));
    store.settle();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> recount =
          executor.submit(
              () ->
                  store.recount(
                      1,
                      ZoneOffset.UTC,
                      planned -> {
                        held.countDown();
                        await(mayGoOn);
                      }));
      held.await();
      store.append(events(1, 1));
      store.close(Duration.ofMillis(20));
      assertThat(store.totals().events()).isEqualTo(1);
      mayGoOn.countDown();
      recount.get();
    }
    store.close();
    assertThatThrownBy(store::totals).isInstanceOf(StoreUnavailableException.class);
    try (EmbeddedFactStore again = EmbeddedFactStore.open(settings)) {
      again.settle();
      assertThat(again.totals().events()).isEqualTo(2);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void appliedSegmentsAreDeleted() throws IOException {
    try (EmbeddedFactStore store =
        EmbeddedFactStore.open(
            FactStoreSettings.in(folder).withMemoryMegabytes(256).withSegmentBytes(10_000))) {
      for (int i = 0; i < 20; i++) {
        store.append(events(i * 100, 100));
      }
      store.settle();
      store.append(events(9000, 1));
      store.settle();
      assertThat(store.totals().events()).isEqualTo(2001);
    }
    assertThat(JournalSegment.all(folder.resolve("journal")).size()).isLessThan(4);
  }

  @Test
  void whoIsTooFarBehindTakesNoMore() {
    try (EmbeddedFactStore store =
        EmbeddedFactStore.open(
            FactStoreSettings.in(folder)
                .withMemoryMegabytes(256)
                .withMostBehind(0, Duration.ofMillis(1)))) {
      assertThatThrownBy(
              () -> store.append(List.of(new Entry.Consent(Channel.SMS, "49151", true, AT))))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("behind");
    }
  }

  @Test
  void anEntryThatCannotBeAppliedIsADeadLetterAndHoldsUpNothing() throws SQLException {
    FactStoreSettings settings = FactStoreSettings.in(folder).withMemoryMegabytes(256);
    refuseInTheTable("49666");
    try (EmbeddedFactStore store = EmbeddedFactStore.open(settings)) {
      ArrayList<Entry> entries = new ArrayList<>(events(0, 700));
      entries.add(new Entry.Consent(Channel.SMS, "49666", true, AT));
      entries.addAll(events(700, 300));
      store.append(entries);
      store.append(events(1000, 1));

      store.settle();
      assertThat(store.totals().events()).isEqualTo(1001);
      assertThat(store.deadLetters()).isEqualTo(1);
    }
    try (EmbeddedFactStore store = EmbeddedFactStore.open(settings)) {
      assertThat(store.deadLetters()).isEqualTo(1);
      store.append(events(2000, 500));
      store.settle();
      assertThat(store.totals().events()).isEqualTo(1501);
    }
  }

  @Test
  void aRecordUnderAnotherUsersKeyIsADeadLetter() {
    try (EmbeddedFactStore store =
        EmbeddedFactStore.open(FactStoreSettings.in(folder).withMemoryMegabytes(256))) {
      store.append(events(0, 1));
      Identity bob = Identity.user("bob");
      long key = Identity.user("ann").key();
      store.append(List.of(new Entry.OfEvent(new UserEvent(bob, key, "Counted", "{}", 7, AT, AT))));
      store.settle();

      assertThat(store.totals().events()).isEqualTo(1);
      assertThat(store.deadLetters()).isEqualTo(1);
    }
  }

  /** Makes the table of consents refuse an address, as DuckDB refuses what it cannot take. */
  private void refuseInTheTable(String address) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("facts.duckdb"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE consent (channel VARCHAR, address VARCHAR CHECK (address <> '"
              + address
              + "'), subscribed BOOLEAN, \"at\" TIMESTAMP)");
    }
  }

  private static List<Entry> events(int from, int count) {
    ArrayList<Entry> events = new ArrayList<>();
    Identity user = Identity.user("ann");
    for (int i = from; i < from + count; i++) {
      events.add(new Entry.OfEvent(new UserEvent(user, user.key(), "Counted", "{}", i, AT, AT)));
    }
    return events;
  }
}
