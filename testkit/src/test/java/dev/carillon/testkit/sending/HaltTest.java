package dev.carillon.testkit.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.accepted;
import static dev.carillon.testkit.sending.ScriptedProvider.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.SendResult;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A campaign that is paused, stopped or closed, by people or by a problem, makes no more calls. */
@Timeout(60)
class HaltTest {
  @Test
  void aConfigurationErrorPausesWithAReasonAndKeepsTheMessagesPending() throws Exception {
    AtomicBoolean repaired = new AtomicBoolean();
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call ->
                repaired.get()
                    ? accepted(call)
                    : failed("190", ErrorClass.CONFIGURATION, Reaction.PAUSE, null))) {
      SendingFixture.Node node = bench.people(200).node();
      int id = node.launch(10);
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingFixture.await(node.dispatcher::idle);

      assertThat(bench.campaign(id).statusReason())
          .isEqualTo("Words of 190. Act on it. (The provider's answer: 190, text of 190)");
      assertThat(bench.fates(id, 200)).containsKey("pending").doesNotContainKey("uncertain");

      repaired.set(true);
      node.campaigns.resume(id);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);
      assertThat(bench.fates(id, 200)).containsOnlyKeys("sent", "ghost");
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @Test
  void aTemplateProblemGivesUpAndPauses() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6, _ -> failed("132001", ErrorClass.MESSAGE, Reaction.GIVE_UP_AND_PAUSE, null))) {
      SendingFixture.Node node = bench.people(500).node();
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingFixture.await(node.dispatcher::idle);

      assertThat(bench.fates(id, 500)).containsOnlyKeys("refused", "pending");
      assertThat(bench.provider.calls().size()).isLessThan(150);
    }
  }

  @Test
  void aProviderThatCannotBeReachedPausesTheCampaign() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6, _ -> failed("connection", ErrorClass.TEMPORARY, Reaction.RETRY, null))) {
      SendingFixture.Node node = bench.people(300).node();
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingFixture.await(node.dispatcher::idle);

      assertThat(bench.campaign(id).statusReason())
          .startsWith("The provider cannot be reached (text of connection).");
      assertThat(bench.fates(id, 300)).containsOnlyKeys("pending");
    }
  }

  @Test
  void aProviderThatNeverAnswersPausesTheCampaign() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(1e6, _ -> new SendResult.Unknown("no answer in 30 s"))) {
      SendingFixture.Node node = bench.people(300).node();
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingFixture.await(node.dispatcher::idle);

      assertThat(bench.fates(id, 300)).containsOnlyKeys("uncertain", "pending");
      assertThat(bench.fates(id, 300).getOrDefault("uncertain", 0)).isLessThan(80);
    }
  }

  @Test
  void aPausedCampaignMakesNoMoreCallsAndFinishesThoseUnderWay() throws Exception {
    CountDownLatch underWay = new CountDownLatch(10);
    CountDownLatch goOn = new CountDownLatch(1);
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              underWay.countDown();
              SendingFixture.waitFor(goOn);
              return accepted(call);
            })) {
      SendingFixture.Node node = bench.people(200).node();
      int id = node.launch(0);
      underWay.await();
      node.campaigns.pause(id, null);
      goOn.countDown();
      SendingFixture.await(node.dispatcher::idle);

      int calls = bench.provider.calls().size();
      Map<String, Integer> fates = bench.fates(id, 200);
      assertThat(fates).isEqualTo(Map.of("sent", calls, "pending", 200 - calls));
      assertThat(calls).isBetween(10, 60);

      node.campaigns.resume(id);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);
      assertThat(bench.fates(id, 200)).isEqualTo(Map.of("sent", 200));
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @Test
  void aStoppedCampaignSuppressesWhatWasPendingInBothGroups() throws Exception {
    CountDownLatch underWay = new CountDownLatch(10);
    CountDownLatch goOn = new CountDownLatch(1);
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              underWay.countDown();
              SendingFixture.waitFor(goOn);
              return accepted(call);
            })) {
      SendingFixture.Node node = bench.people(400).node();
      int id = node.launch(30);
      underWay.await();
      node.campaigns.stop(id);
      goOn.countDown();
      SendingFixture.await(() -> bench.store.openChunks(id) == 0 && node.dispatcher.idle());

      Map<String, Integer> fates = bench.fates(id, 400);
      assertThat(fates).containsOnlyKeys("sent", "ghost", "suppressed stopped");
      assertThat(fates.getOrDefault("sent", 0)).isEqualTo(bench.provider.calls().size());
      assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.STOPPED);
    }
  }

  @Test
  void closingFinishesCallsUnderWayAndLeavesTheRestPending() throws Exception {
    try (SendingFixture bench = new SendingFixture(50, ScriptedProvider::accepted).people(5_000)) {
      SendingFixture.Node node = bench.node();
      int id = node.launch(0);
      SendingFixture.await(() -> bench.provider.calls().size() > 20);
      node.dispatcher.close();

      assertThat(bench.fates(id, 5_000)).containsOnlyKeys("sent", "pending");
      assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.RUNNING);
    }
  }
}
