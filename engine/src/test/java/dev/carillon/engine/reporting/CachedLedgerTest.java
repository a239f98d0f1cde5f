package dev.carillon.engine.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.StoreUnavailableException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class CachedLedgerTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void whatIsToldIsReadNext() {
    CachedLedger held = held(10);
    assertThat(sent(held, 10)).isZero();
    held.apply(accepted(3));
    held.apply(accepted(3));
    held.apply(accepted(4));
    assertThat(sent(held, 10)).isEqualTo(2);
    assertThat(loads).hasValue(1);
  }

  @Test
  void goalEventsAreToldToo() {
    CachedLedger held = held(10);
    held.apply(accepted(3));
    held.apply(new GoalEvent(1, 3, 77, NOW, 5_000_000));
    assertThat(held.<Integer>read(10, ledger -> ledger.sets().converted().all().getCardinality()))
        .isEqualTo(1);
  }

  @Test
  void whatIsToldWhileItLoadsIsNotLost() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    CachedLedger held =
        new CachedLedger(
            1,
            ZoneId.of("UTC"),
            () -> {
              loading.countDown();
              await(told);
              return ledger(10);
            });
    try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> sent = reader.submit(() -> sent(held, 10));
      loading.await();
      held.apply(accepted(7));
      told.countDown();
      assertThat(sent.get()).isEqualTo(1);
    }
  }

  @Test
  void readersReadSideBySideAndTheApplierNeverWaits() throws Exception {
    CachedLedger held = held(10);
    assertThat(sent(held, 10)).isZero();
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch done = new CountDownLatch(1);
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2; i++) {
        readers.execute(
            () ->
                held.read(
                    10,
                    ledger -> {
                      both.countDown();
                      await(done);
                      return ledger.campaign();
                    }));
      }
      both.await();
      held.apply(accepted(1));
      done.countDown();
    }
    assertThat(sent(held, 10)).isEqualTo(1);
  }

  @Test
  void aRunThatWasPlannedSinceIsLoaded() {
    AtomicInteger planned = new AtomicInteger(10);
    CachedLedger held =
        new CachedLedger(
            1,
            ZoneId.of("UTC"),
            () -> {
              loads.incrementAndGet();
              return ledger(planned.get());
            });
    sent(held, 10);
    planned.set(20);
    assertThat(held.<Integer>read(20, Ledger::planned)).isEqualTo(20);
    assertThat(loads).hasValue(2);
  }

  @Test
  void afterWhatWasToldWasDroppedItIsLoadedAgainInsteadOfLackingSomething() {
    CachedLedger held = held(10);
    sent(held, 10);
    held.apply(accepted(1));
    assertThat(held.pendingBytes()).isPositive();
    held.dropPending();
    assertThat(held.pendingBytes()).isZero();
    held.apply(accepted(2));
    assertThat(sent(held, 10)).as("what the loader gives, and what came since").isEqualTo(1);
    assertThat(loads).hasValue(2);
    held.apply(accepted(3));
    assertThat(sent(held, 10)).isEqualTo(2);
    assertThat(loads).hasValue(2);
  }

  @Test
  void aLoadThatFailsIsTriedAgain() {
    AtomicBoolean down = new AtomicBoolean(true);
    CachedLedger held =
        new CachedLedger(
            1,
            ZoneId.of("UTC"),
            () -> {
              if (down.get()) {
                throw new StoreUnavailableException("down");
              }
              return ledger(10);
            });
    assertThatThrownBy(() -> sent(held, 10)).isInstanceOf(StoreUnavailableException.class);
    down.set(false);
    assertThat(sent(held, 10)).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private CachedLedger held(int planned) {
    return new CachedLedger(
        1,
        ZoneId.of("UTC"),
        () -> {
          loads.incrementAndGet();
          return ledger(planned);
        });
  }

  private static int sent(CachedLedger held, int planned) {
    return held.read(planned, ledger -> ledger.sets().sent().all().getCardinality());
  }

  private static Ledger ledger(int planned) {
    Ledger ledger = new Ledger(1, ZoneId.of("UTC"));
    ledger.add(new PlannedRun(1, NOW, 0, planned, new RoaringBitmap(), Map.of(), Map.of()));
    return ledger;
  }

  private static Fact accepted(int seq) {
    return Fact.witnessed(new MessageRef(1, seq), FactKind.ACCEPTED, null, NOW);
  }
}
