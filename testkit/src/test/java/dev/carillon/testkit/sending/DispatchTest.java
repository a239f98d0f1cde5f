package dev.carillon.testkit.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.accepted;
import static dev.carillon.testkit.sending.ScriptedProvider.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.SendResult.Accepted;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each message is sent once, with its intent kept before, within the rate, and its answer kept. */
@Timeout(60)
class DispatchTest {
  @Test
  void everyTargetIsSentOnceAndEveryControlUserGhostSent() throws Exception {
    try (SendingFixture bench = new SendingFixture(1e6, ScriptedProvider::accepted).people(500)) {
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
    SendingFixture[] holder = new SendingFixture[1];
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              SendingFixture own = holder[0];
              MessageRef message = own.references.read(call.reference()).orElseThrow();
              if (own.facts.facts(message.campaign(), message.seq()).isEmpty()) {
                synchronized (unnoted) {
                  unnoted.add(message);
                }
              }
              return accepted(call);
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
    try (SendingFixture bench = new SendingFixture(1e6, ScriptedProvider::accepted)) {
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
    try (SendingFixture bench = new SendingFixture(10, ScriptedProvider::accepted).people(400)) {
      int id = bench.node().launch(50);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      double target = meanSeconds(bench, id, FactKind.ATTEMPTED);
      double control = meanSeconds(bench, id, FactKind.GHOST_SENT);
      assertThat(bench.time.instant()).isAfter(SendingFixture.START.plusSeconds(15));
      assertThat(control).isBetween(target - 2, target + 2);
    }
  }

  private static double meanSeconds(SendingFixture bench, int id, FactKind kind) {
    double sum = 0;
    int count = 0;
    for (int seq = 0; seq < 400; seq++) {
      for (Fact fact : bench.facts.facts(id, seq)) {
        if (fact.kind() == kind) {
          sum += Duration.between(SendingFixture.START, fact.at()).toMillis() / 1000.0;
          count++;
        }
      }
    }
    return sum / count;
  }

  @Test
  void theRateOfTheConnectionHoldsOverAllItsCampaigns() throws Exception {
    try (SendingFixture bench = new SendingFixture(20, ScriptedProvider::accepted).people(200)) {
      SendingFixture.Node node = bench.node();
      int one = node.launch(0);
      int two = node.launch(0);
      bench.awaitStatus(one, CampaignStatus.COMPLETED);
      bench.awaitStatus(two, CampaignStatus.COMPLETED);

      Duration taken = Duration.between(SendingFixture.START, bench.time.instant());
      assertThat(taken).isGreaterThanOrEqualTo(Duration.ofMillis(19_900));
      assertThat(bench.provider.calls()).hasSize(400);
    }
  }

  @Test
  void aProviderThatTakesManyGetsManyACallWithinTheSameRate() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            20,
            call ->
                call.address().equals("910000007")
                    ? failed("131026", ErrorClass.ADDRESS, Reaction.GIVE_UP, null)
                    : accepted(call))) {
      bench.provider.declare(Capabilities.builder().messagesPerCall(25).build());
      int id = bench.people(200).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 200)).isEqualTo(Map.of("sent", 199, "refused", 1));
      // Five chunks of 40 messages.
      assertThat(bench.provider.sizes())
          .containsExactlyInAnyOrder(25, 15, 25, 15, 25, 15, 25, 15, 25, 15);
      Duration taken = Duration.between(SendingFixture.START, bench.time.instant());
      assertThat(taken).isGreaterThanOrEqualTo(Duration.ofMillis(9_000 - 1_250));
    }
  }

  @Test
  void refusedMessagesAndWishesAreKept() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call ->
                switch (call.address().charAt(8)) {
                  case '0' -> failed("131026", ErrorClass.ADDRESS, Reaction.GIVE_UP, null);
                  case '1' -> failed("131050", ErrorClass.OPT_OUT, Reaction.UNSUBSCRIBE, null);
                  case '2' -> new Accepted("w" + call.address(), "55" + call.address());
                  default -> accepted(call);
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
}
