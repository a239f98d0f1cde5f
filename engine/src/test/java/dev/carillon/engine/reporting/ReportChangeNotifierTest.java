package dev.carillon.engine.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.time.WaitingClock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportChangeNotifierTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  /** A clock on which a wait ends when the test says so. */
  private final BlockingQueue<Instant> waits = new SynchronousQueue<>();

  private final WaitingClock clock =
      new WaitingClock() {
        @Override
        public Instant instant() {
          return NOW;
        }

        @Override
        public void sleepUntil(Instant moment) throws InterruptedException {
          waits.put(moment);
        }
      };

  private final ReportChangeNotifier changes = new ReportChangeNotifier(clock, new ProcessHealth());
  private final BlockingQueue<String> calls = new ArrayBlockingQueue<>(100);

  @AfterEach
  void close() {
    changes.close();
  }

  @Test
  void theFirstChangeIsToldAtOnceAndManyInThePauseAsOne() throws InterruptedException {
    changes.watch(1, () -> calls.add("one"));
    changes.applied(change(1));
    assertThat(calls.poll(10, TimeUnit.SECONDS)).isEqualTo("one");
    for (int i = 0; i < 50; i++) {
      changes.applied(change(1));
    }
    assertThat(calls).isEmpty();
    assertThat(waits.poll(10, TimeUnit.SECONDS)).isEqualTo(NOW.plusMillis(500));
    assertThat(calls.poll(10, TimeUnit.SECONDS)).isEqualTo("one");
    assertThat(waits.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(calls).isEmpty();
  }

  @Test
  void onlyThoseWhoWatchTheCampaignAreTold() throws InterruptedException {
    changes.watch(2, () -> calls.add("two"));
    Reports.Watch watch = changes.watch(1, () -> calls.add("one"));
    watch.close();
    changes.applied(change(1));
    changes.applied(change(2));
    assertThat(calls.poll(10, TimeUnit.SECONDS)).isEqualTo("two");
    assertThat(calls).isEmpty();
  }

  @Test
  void aWatcherThatFailsHarmsNoOther() throws InterruptedException {
    changes.watch(
        1,
        () -> {
          throw new AssertionError("gone");
        });
    changes.watch(1, () -> calls.add("one"));
    changes.applied(change(1));
    assertThat(calls.poll(10, TimeUnit.SECONDS)).isEqualTo("one");
  }

  private static Applied change(int campaign) {
    return new Applied(
        List.of(Fact.witnessed(new MessageRef(campaign, 0), FactKind.ACCEPTED, null, NOW)),
        List.of());
  }
}
