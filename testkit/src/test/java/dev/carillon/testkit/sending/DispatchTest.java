package dev.carillon.testkit.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.Channel;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.channel.ErrorMeaning.Reaction;
import dev.carillon.engine.channel.SendResult;
import dev.carillon.engine.channel.SendResult.Accepted;
import dev.carillon.engine.port.Entry;
import dev.carillon.testkit.sending.ScriptedProvider.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DispatchTest {
  private static SendResult accept(Call call) {
    return new Accepted("wamid." + call.reference(), null);
  }

  @Test
  void everyTargetIsSentOnceAndEveryControlUserGhostSent() throws Exception {
    try (SendingBench bench = new SendingBench(1e6, DispatchTest::accept).people(500)) {
      int id = bench.node().launch(20);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      Map<String, Integer> fates = bench.fates(id, 500);
      assertThat(fates).containsOnlyKeys("sent", "ghost");
      assertThat(fates.get("ghost")).isBetween(60, 140);
      assertThat(bench.provider.calls()).hasSize(fates.getOrDefault("sent", 0));
      assertThat(bench.provider.violations()).isEmpty();
      assertThat(bench.store.runs(id).getFirst().finishedAt()).isNotNull();
    }
  }

  @Test
  void theIntentIsDurableBeforeTheCallAndTheReferenceNamesTheMessage() throws Exception {
    Set<MessageRef> unnoted = new HashSet<>();
    SendingBench[] holder = new SendingBench[1];
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call -> {
              SendingBench own = holder[0];
              MessageRef message = own.references.read(call.reference()).orElseThrow();
              if (own.facts.facts(message.campaign(), message.seq()).isEmpty()) {
                synchronized (unnoted) {
                  unnoted.add(message);
                }
              }
              return accept(call);
            })) {
      holder[0] = bench.people(100);
      int id = bench.node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(unnoted).isEmpty();
      assertThat(bench.kinds(id, 0)).containsExactly(FactKind.ATTEMPTED, FactKind.ACCEPTED);
      assertThat(bench.facts.facts(id, 0).getLast().event())
          .isEqualTo("wamid." + bench.references.of(new MessageRef(id, 0)));
    }
  }

  @Test
  void whatCannotBeFilledIsSuppressedInBothGroupsAlike() throws Exception {
    try (SendingBench bench = new SendingBench(1e6, DispatchTest::accept)) {
      for (int i = 0; i < 200; i++) {
        bench.facts.addPerson(Identity.user("broken" + i), "91" + i, "{\"broken\":1}");
      }
      int id = bench.node().launch(50);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 200)).containsOnlyKeys("suppressed personalisationFailed");
      assertThat(bench.facts.facts(id, 0).getFirst().text()).isEqualTo("a value is missing");
      assertThat(bench.provider.calls()).isEmpty();
    }
  }

  @Test
  void controlUsersAreGhostSentWhileTheirNeighboursAreSent() throws Exception {
    try (SendingBench bench = new SendingBench(10, DispatchTest::accept).people(400)) {
      int id = bench.node().launch(50);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      double target = meanSeconds(bench, id, FactKind.ATTEMPTED);
      double control = meanSeconds(bench, id, FactKind.GHOST_SENT);
      assertThat(bench.time.instant()).isAfter(SendingBench.START.plusSeconds(15));
      assertThat(control).isBetween(target - 2, target + 2);
    }
  }

  private static double meanSeconds(SendingBench bench, int id, FactKind kind) {
    double sum = 0;
    int count = 0;
    for (int seq = 0; seq < 400; seq++) {
      for (Fact fact : bench.facts.facts(id, seq)) {
        if (fact.kind() == kind) {
          sum += Duration.between(SendingBench.START, fact.at()).toMillis() / 1000.0;
          count++;
        }
      }
    }
    return sum / count;
  }

  @Test
  void theRateOfTheConnectionHoldsOverAllItsCampaigns() throws Exception {
    try (SendingBench bench = new SendingBench(20, DispatchTest::accept).people(200)) {
      SendingBench.Node node = bench.node();
      int one = node.launch(0);
      int two = node.launch(0);
      bench.awaitStatus(one, CampaignStatus.COMPLETED);
      bench.awaitStatus(two, CampaignStatus.COMPLETED);

      Duration taken = Duration.between(SendingBench.START, bench.time.instant());
      assertThat(taken).isGreaterThanOrEqualTo(Duration.ofMillis(19_900));
      assertThat(bench.provider.calls()).hasSize(400);
    }
  }

  @Test
  void anUnknownOutcomeIsNeverTriedAgain() throws Exception {
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call ->
                call.address().endsWith("0") ? new SendResult.Unknown("time-out") : accept(call))) {
      int id = bench.people(100).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 100)).isEqualTo(Map.of("sent", 90, "uncertain", 10));
      assertThat(bench.provider.calls()).hasSize(100);
    }
  }

  @Test
  void aReturnedMessageIsTriedAgainAfterGrowingPauses() throws Exception {
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call ->
                call.number() < 4
                    ? failed("131016", ErrorClass.TEMPORARY, Reaction.RETRY, null)
                    : accept(call))) {
      int id = bench.people(1).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      List<Instant> at = bench.provider.calls().stream().map(Call::at).toList();
      assertThat(at).hasSize(4);
      assertThat(Duration.between(at.get(0), at.get(1))).isGreaterThanOrEqualTo(seconds(1));
      assertThat(Duration.between(at.get(1), at.get(2))).isBetween(seconds(2), seconds(4));
      assertThat(Duration.between(at.get(2), at.get(3))).isBetween(seconds(4), seconds(6));
      assertThat(bench.facts.facts(id, 0).stream().map(fact -> fact.kind() + ":" + fact.detail()))
          .containsExactly(
              "ATTEMPTED:1",
              "RETURNED:1",
              "ATTEMPTED:2",
              "RETURNED:2",
              "ATTEMPTED:3",
              "RETURNED:3",
              "ATTEMPTED:4",
              "ACCEPTED:null");
    }
  }

  @Test
  void onePersonsLimitWaitsInPowersOfFourAndNobodyElseDoes() throws Exception {
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call ->
                call.address().equals("910000007") && call.number() <= 3
                    ? failed("131056", ErrorClass.RATE, Reaction.RETRY_SLOWLY, null)
                    : accept(call))) {
      int id = bench.people(120).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      List<Instant> at =
          bench.provider.calls().stream()
              .filter(call -> call.address().equals("910000007"))
              .map(Call::at)
              .toList();
      assertThat(Duration.between(at.get(0), at.get(1))).isBetween(seconds(4), seconds(6));
      assertThat(Duration.between(at.get(1), at.get(2))).isBetween(seconds(16), seconds(21));
      assertThat(Duration.between(at.get(2), at.get(3))).isBetween(seconds(64), seconds(81));
      assertThat(bench.fates(id, 120)).isEqualTo(Map.of("sent", 120));
      assertThat(bench.provider.calls().stream().filter(call -> call.number() == 1))
          .allSatisfy(call -> assertThat(call.at()).isBefore(at.get(1).plusSeconds(1)));
    }
  }

  @Test
  void aThrottleSlowsTheWholeConnectionDown() throws Exception {
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call ->
                call.number() == 1 && call.address().compareTo("910000010") < 0
                    ? failed("130429", ErrorClass.RATE, Reaction.RETRY, seconds(30))
                    : accept(call))) {
      int id = bench.people(60).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 60)).isEqualTo(Map.of("sent", 60));
      assertThat(bench.provider.calls().getLast().at())
          .isAfterOrEqualTo(SendingBench.START.plusSeconds(30));
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @Test
  void afterTheLastTryItIsRefused() throws Exception {
    try (SendingBench bench =
        new SendingBench(1e6, _ -> failed("131016", ErrorClass.TEMPORARY, Reaction.RETRY, null))) {
      int id = bench.people(3).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 3)).isEqualTo(Map.of("refused", 3));
      assertThat(bench.provider.calls()).hasSize(30);
      Fact refused = bench.facts.facts(id, 0).getLast();
      assertThat(refused.detail()).isEqualTo("131016");
      assertThat(refused.text()).isEqualTo("text of 131016");
    }
  }

  @Test
  void retryOnceMeansTwoTries() throws Exception {
    try (SendingBench bench =
        new SendingBench(1e6, _ -> failed("1", ErrorClass.TEMPORARY, Reaction.RETRY_ONCE, null))) {
      int id = bench.people(2).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.provider.calls()).hasSize(4);
      assertThat(bench.fates(id, 2)).isEqualTo(Map.of("refused", 2));
    }
  }

  @Test
  void aConfigurationErrorPausesWithAReasonAndKeepsTheMessagesPending() throws Exception {
    AtomicBoolean repaired = new AtomicBoolean();
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call ->
                repaired.get()
                    ? accept(call)
                    : failed("190", ErrorClass.CONFIGURATION, Reaction.PAUSE, null))) {
      SendingBench.Node node = bench.people(200).node();
      int id = node.launch(10);
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingBench.await(node.dispatcher::idle);

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
  void refusedMessagesAndWishesAreKept() throws Exception {
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call ->
                switch (call.address().charAt(8)) {
                  case '0' -> failed("131026", ErrorClass.ADDRESS, Reaction.GIVE_UP, null);
                  case '1' -> failed("131050", ErrorClass.OPT_OUT, Reaction.UNSUBSCRIBE, null);
                  case '2' -> new Accepted("w" + call.address(), "55" + call.address());
                  default -> accept(call);
                })) {
      int id = bench.people(10).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 10)).isEqualTo(Map.of("refused", 2, "sent", 8));
      assertThat(bench.facts.entries())
          .contains(new Entry.AddressAlias(Channel.WHATSAPP, "55910000002", "910000002"))
          .anySatisfy(
              entry ->
                  assertThat(entry)
                      .isInstanceOfSatisfying(
                          Entry.Consent.class,
                          consent -> {
                            assertThat(consent.address()).isEqualTo("910000001");
                            assertThat(consent.subscribed()).isFalse();
                          }));
    }
  }

  @Test
  void aTemplateProblemGivesUpAndPauses() throws Exception {
    try (SendingBench bench =
        new SendingBench(
            1e6, _ -> failed("132001", ErrorClass.MESSAGE, Reaction.GIVE_UP_AND_PAUSE, null))) {
      SendingBench.Node node = bench.people(500).node();
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingBench.await(node.dispatcher::idle);

      assertThat(bench.fates(id, 500)).containsOnlyKeys("refused", "pending");
      assertThat(bench.provider.calls().size()).isLessThan(150);
    }
  }

  @Test
  void aProviderThatCannotBeReachedPausesTheCampaign() throws Exception {
    try (SendingBench bench =
        new SendingBench(
            1e6, _ -> failed("connection", ErrorClass.TEMPORARY, Reaction.RETRY, null))) {
      SendingBench.Node node = bench.people(300).node();
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingBench.await(node.dispatcher::idle);

      assertThat(bench.campaign(id).statusReason())
          .startsWith("The provider cannot be reached (text of connection).");
      assertThat(bench.fates(id, 300)).containsOnlyKeys("pending");
    }
  }

  @Test
  void aProviderThatNeverAnswersPausesTheCampaign() throws Exception {
    try (SendingBench bench =
        new SendingBench(1e6, _ -> new SendResult.Unknown("no answer in 30 s"))) {
      SendingBench.Node node = bench.people(300).node();
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingBench.await(node.dispatcher::idle);

      assertThat(bench.fates(id, 300)).containsOnlyKeys("uncertain", "pending");
      assertThat(bench.fates(id, 300).getOrDefault("uncertain", 0)).isLessThan(80);
    }
  }

  @Test
  void aPausedCampaignMakesNoMoreCallsAndFinishesThoseUnderWay() throws Exception {
    CountDownLatch underWay = new CountDownLatch(10);
    CountDownLatch goOn = new CountDownLatch(1);
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call -> {
              underWay.countDown();
              waitFor(goOn);
              return accept(call);
            })) {
      SendingBench.Node node = bench.people(200).node();
      int id = node.launch(0);
      underWay.await();
      node.campaigns.pause(id, null);
      goOn.countDown();
      SendingBench.await(node.dispatcher::idle);

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

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aStoppedCampaignSuppressesWhatWasPendingInBothGroups() throws Exception {
    CountDownLatch underWay = new CountDownLatch(10);
    CountDownLatch goOn = new CountDownLatch(1);
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call -> {
              underWay.countDown();
              waitFor(goOn);
              return accept(call);
            })) {
      SendingBench.Node node = bench.people(400).node();
      int id = node.launch(30);
      underWay.await();
      node.campaigns.stop(id);
      goOn.countDown();
      SendingBench.await(() -> bench.store.openChunks(id) == 0 && node.dispatcher.idle());

      Map<String, Integer> fates = bench.fates(id, 400);
      assertThat(fates).containsOnlyKeys("sent", "ghost", "suppressed stopped");
      assertThat(fates.getOrDefault("sent", 0)).isEqualTo(bench.provider.calls().size());
      assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.STOPPED);
    }
  }

  @Test
  void noCallIsMadeWhileTheStoreCannotKeepIntents() throws Exception {
    try (SendingBench bench = new SendingBench(1e6, DispatchTest::accept).people(100)) {
      SendingBench.Node node = bench.node();
      bench.facts.setDown(true);
      int id = node.launch(0);
      Instant later = SendingBench.START.plusSeconds(5);
      SendingBench.await(() -> bench.time.instant().isAfter(later));
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
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call -> {
              underWay.countDown();
              waitFor(goOn);
              return accept(call);
            })) {
      int id = bench.people(60).node().launch(0);
      underWay.await();
      bench.facts.setDown(true);
      goOn.countDown();
      Instant later = bench.time.instant().plusSeconds(3);
      SendingBench.await(() -> bench.time.instant().isAfter(later));
      int calls = bench.provider.calls().size();
      assertThat(calls).isLessThanOrEqualTo(30);

      bench.facts.setDown(false);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);
      assertThat(bench.fates(id, 60)).isEqualTo(Map.of("sent", 60));
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @Test
  void closingFinishesCallsUnderWayAndLeavesTheRestPending() throws Exception {
    try (SendingBench bench = new SendingBench(50, DispatchTest::accept).people(5_000)) {
      SendingBench.Node node = bench.node();
      int id = node.launch(0);
      SendingBench.await(() -> bench.provider.calls().size() > 20);
      node.dispatcher.close();

      assertThat(bench.fates(id, 5_000)).containsOnlyKeys("sent", "pending");
      assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.RUNNING);
    }
  }

  @Test
  void aCallbackThatProvesTheSendStopsTheRetry() throws Exception {
    SendingBench[] holder = new SendingBench[1];
    try (SendingBench bench =
        new SendingBench(
            1e6,
            call -> {
              SendingBench own = holder[0];
              MessageRef message = own.references.read(call.reference()).orElseThrow();
              Instant now = own.time.instant();
              own.facts.append(
                  List.of(
                      new Entry.OfFact(
                          Fact.witnessed(message, FactKind.RECEIPT_DELIVERED, null, now))));
              return failed("131000", ErrorClass.TEMPORARY, Reaction.RETRY, null);
            })) {
      holder[0] = bench.people(5);
      int id = bench.node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.provider.calls()).hasSize(5);
    }
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
