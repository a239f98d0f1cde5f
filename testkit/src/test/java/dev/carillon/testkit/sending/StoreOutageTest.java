package dev.carillon.testkit.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.health.ProcessHealth;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While the store cannot keep anything no call is made, and no result is lost. */
@Timeout(60)
class StoreOutageTest {
  @Test
  void noCallIsMadeWhileTheStoreCannotKeepIntents() throws Exception {
    try (SendingFixture bench = new SendingFixture(1e6, ScriptedProvider::accepted).people(100)) {
      SendingFixture.Node node = bench.node();
      bench.facts.setDown(true);
      int id = node.launch(0);
      Instant later = SendingFixture.START.plusSeconds(5);
      SendingFixture.await(() -> bench.time.instant().isAfter(later));
      assertThat(bench.provider.calls()).isEmpty();

      bench.facts.setDown(false);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);
      assertThat(bench.fates(id, 100)).isEqualTo(Map.of("sent", 100));
    }
  }

  @Test
  void resultsThatCannotBeKeptAreKeptLater() throws Exception {
    CountDownLatch underWay = new CountDownLatch(5);
    CountDownLatch goOn = new CountDownLatch(1);
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              underWay.countDown();
              SendingFixture.waitFor(goOn);
              return accepted(call);
            })) {
      int id = bench.people(60).node().launch(0);
      underWay.await();
      bench.facts.setDown(true);
      goOn.countDown();
      Instant later = bench.time.instant().plusSeconds(3);
      SendingFixture.await(() -> bench.time.instant().isAfter(later));
      int calls = bench.provider.calls().size();
      assertThat(calls).isLessThanOrEqualTo(30);
      SendingFixture.await(() -> !bench.health.problems().isEmpty());
      assertThat(bench.health.problems())
          .extracting(ProcessHealth.Problem::component)
          .containsExactly("dispatch-results");

      bench.facts.setDown(false);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);
      assertThat(bench.fates(id, 60)).isEqualTo(Map.of("sent", 60));
      assertThat(bench.provider.violations()).isEmpty();
      assertThat(bench.health.problems()).isEmpty();
    }
  }
}
