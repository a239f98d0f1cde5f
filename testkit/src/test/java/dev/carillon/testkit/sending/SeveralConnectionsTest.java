package dev.carillon.testkit.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.accepted;
import static dev.carillon.testkit.sending.ScriptedProvider.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.campaign.CampaignException;
import dev.carillon.engine.port.work.HeldConnection;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A campaign whose messages go through several connections: what one of them does leaves the others
 * alone. The first is the fixture's provider; people are spread over them evenly.
 */
@Timeout(60)
class SeveralConnectionsTest {
  private static final SendResult.Failed EXPIRED =
      failed("190", ErrorClass.CONFIGURATION, Reaction.PAUSE, null);
  private static final String WHY =
      "Words of 190. Act on it. (The provider's answer: 190, text of 190)";

  /** The fixture's provider as connection 1, and these as 2, 3 and so on. */
  private static Connections all(SendingFixture bench, ScriptedProvider... others) {
    List<Integer> ids = new ArrayList<>(List.of(ScriptedProvider.CONNECTION));
    for (int i = 0; i < others.length; i++) {
      ids.add(2 + i);
    }
    bench.facts.spreadOver(ids.toArray(Integer[]::new));
    return id ->
        id == ScriptedProvider.CONNECTION || id > ids.size()
            ? bench.provider.connection(id)
            : Optional.of(
                new Connections.Connected(
                    new Connection(id, "scripted", "Connection " + id, Map.of(), Map.of()),
                    others[id - 2]));
  }

  private static ScriptedProvider provider(SendingFixture bench, ScriptedProvider.Script script) {
    return new ScriptedProvider(bench.time, 1e6, script);
  }

  private static List<Integer> held(SendingFixture bench, int campaign) {
    return bench.store.heldConnections(campaign).stream().map(HeldConnection::connection).toList();
  }

  @Test
  void oneThatBreaksIsHeldWhileTheOtherGoesOnAndTheCampaignPausesAfterIt() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean repaired = new AtomicBoolean();
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              SendingFixture.waitFor(goOn);
              return accepted(call);
            })) {
      ScriptedProvider second = provider(bench, call -> repaired.get() ? accepted(call) : EXPIRED);
      SendingFixture.Node node =
          bench.people(400).node(bench.store, bench.facts, all(bench, second));
      int id = node.launch(0);
      SendingFixture.await(() -> !held(bench, id).isEmpty());

      assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.RUNNING);
      assertThat(bench.campaign(id).statusReason()).isNull();
      assertThat(node.campaigns.waiting(bench.campaign(id)))
          .containsExactly(new HeldConnection(id, 2, WHY, SendingFixture.START));

      goOn.countDown();
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingFixture.await(node.dispatcher::idle);
      assertThat(bench.campaign(id).statusReason()).isEqualTo(WHY);
      assertThat(bench.fates(id, 400)).isEqualTo(Map.of("sent", 200, "pending", 200));
      assertThat(second.calls().size()).isLessThan(100);

      repaired.set(true);
      node.campaigns.resume(id);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);
      assertThat(bench.fates(id, 400)).isEqualTo(Map.of("sent", 400));
      assertThat(bench.provider.calls()).hasSize(200);
      assertThat(held(bench, id)).isEmpty();
      assertThat(bench.provider.violations()).isEmpty();
      assertThat(second.violations()).isEmpty();
    }
  }

  @Test
  void oneConnectionIsResumedWhileAnotherStaysHeld() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean repaired = new AtomicBoolean();
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              SendingFixture.waitFor(goOn);
              return accepted(call);
            })) {
      ScriptedProvider second = provider(bench, call -> repaired.get() ? accepted(call) : EXPIRED);
      ScriptedProvider third = provider(bench, _ -> EXPIRED);
      SendingFixture.Node node =
          bench.people(300).node(bench.store, bench.facts, all(bench, second, third));
      int id = node.launch(0);
      SendingFixture.await(() -> held(bench, id).size() == 2);
      repaired.set(true);
      assertThat(node.campaigns.resume(id, 2).status()).isEqualTo(CampaignStatus.RUNNING);

      SendingFixture.await(() -> bench.fates(id, 300).getOrDefault("sent", 0) == 100);
      assertThat(held(bench, id)).containsExactly(3);
      assertThatThrownBy(() -> node.campaigns.resume(id, 2))
          .isInstanceOf(CampaignException.WrongStatus.class);
      goOn.countDown();
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      assertThat(bench.fates(id, 300)).isEqualTo(Map.of("sent", 200, "pending", 100));
    }
  }

  @Test
  void whenAllBreakTheReasonNamesEach() throws Exception {
    try (SendingFixture bench = new SendingFixture(1e6, _ -> EXPIRED)) {
      ScriptedProvider second =
          provider(bench, _ -> failed("368", ErrorClass.CONFIGURATION, Reaction.PAUSE, null));
      SendingFixture.Node node =
          bench.people(200).node(bench.store, bench.facts, all(bench, second));
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.PAUSED);

      assertThat(bench.campaign(id).statusReason())
          .isEqualTo(
              "Test: "
                  + WHY
                  + " Connection 2: Words of 368. Act on it."
                  + " (The provider's answer: 368, text of 368)");
    }
  }

  @Test
  void aConnectionThatIsGoneHoldsOnlyItsOwn() throws Exception {
    try (SendingFixture bench = new SendingFixture(1e6, ScriptedProvider::accepted)) {
      bench.facts.spreadOver(ScriptedProvider.CONNECTION, 9);
      SendingFixture.Node node = bench.people(200).node();
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.PAUSED);

      assertThat(bench.campaign(id).statusReason())
          .isEqualTo("Its connection does not exist any more.");
      assertThat(bench.fates(id, 200)).isEqualTo(Map.of("sent", 100, "pending", 100));
    }
  }

  @Test
  void oneThatDoesNotAnswerLeavesTheOthersTheirChunks() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              SendingFixture.waitFor(goOn);
              return accepted(call);
            })) {
      ScriptedProvider second = provider(bench, ScriptedProvider::accepted);
      SendingFixture.Node node =
          bench.people(1_000).node(bench.store, bench.facts, all(bench, second));
      int id = node.launch(0);
      SendingFixture.await(() -> second.calls().size() == 500);

      goOn.countDown();
      bench.awaitStatus(id, CampaignStatus.COMPLETED);
      assertThat(bench.fates(id, 1_000)).isEqualTo(Map.of("sent", 1_000));
    }
  }

  @Test
  void messagesOfOneThatWaitForAnotherTryLeaveTheOthersTheirs() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call ->
                call.number() == 1
                    ? failed(
                        "131056", ErrorClass.RATE, Reaction.RETRY_SLOWLY, Duration.ofMinutes(1))
                    : accepted(call))) {
      ScriptedProvider second = provider(bench, ScriptedProvider::accepted);
      SendingFixture.Node node =
          bench.people(3_000).node(bench.store, bench.facts, all(bench, second));
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 3_000)).isEqualTo(Map.of("sent", 3_000));
      assertThat(second.calls().getLast().at()).isBefore(SendingFixture.START.plusSeconds(50));
    }
  }

  @Test
  void aRestartKeepsWhatIsHeld() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              SendingFixture.waitFor(goOn);
              return accepted(call);
            })) {
      SendingFixture.Node dead =
          bench
              .people(400)
              .node(bench.store, bench.facts, all(bench, provider(bench, _ -> EXPIRED)));
      int id = dead.launch(0);
      SendingFixture.await(() -> !held(bench, id).isEmpty());
      dead.dispatcher.abandon();
      goOn.countDown();

      bench.time.advance(SendingFixture.SMALL.lease());
      ScriptedProvider repaired = provider(bench, ScriptedProvider::accepted);
      SendingFixture.Node next = bench.node(bench.store, bench.facts, all(bench, repaired));
      next.timer.look();
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      assertThat(repaired.calls()).isEmpty();
      assertThat(bench.campaign(id).statusReason()).isEqualTo(WHY);

      next.campaigns.resume(id);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);
      assertThat(bench.fates(id, 400)).doesNotContainKey("pending");
      assertThat(repaired.calls()).hasSizeGreaterThan(150);
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @Test
  void aStoppedCampaignHoldsNothing() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              SendingFixture.waitFor(goOn);
              return accepted(call);
            })) {
      ScriptedProvider second = provider(bench, _ -> EXPIRED);
      SendingFixture.Node node =
          bench.people(400).node(bench.store, bench.facts, all(bench, second));
      int id = node.launch(0);
      SendingFixture.await(() -> !held(bench, id).isEmpty());
      node.campaigns.stop(id);
      assertThat(node.campaigns.waiting(bench.campaign(id))).isEmpty();
      goOn.countDown();
      SendingFixture.await(() -> bench.store.openChunks(id) == 0 && node.dispatcher.idle());

      assertThat(bench.fates(id, 400)).containsOnlyKeys("sent", "suppressed stopped");
      assertThat(held(bench, id)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whateverBreaksAndDiesEachMessageGoesThroughItsConnectionOnce(long seed) throws Exception {
    int people = 300;
    Random random = new Random(seed);
    try (SendingFixture bench = new SendingFixture(1e6, call -> answer(call, seed))) {
      ScriptedProvider second = provider(bench, call -> answer(call, seed + 1));
      ScriptedProvider third = provider(bench, call -> answer(call, seed + 2));
      Connections connections = all(bench, second, third);
      bench.people(people);
      int id = bench.node().campaigns.create(bench.definition(20), "tester").id();
      for (int lives = 1; bench.campaign(id).status() != CampaignStatus.COMPLETED; lives++) {
        int steps = lives > 40 ? Integer.MAX_VALUE / 2 : 20 + random.nextInt(300);
        Crashes crashes = new Crashes(steps, new Random(random.nextLong()));
        SendingFixture.Node node =
            bench.node(
                crashes.campaigns(bench.store),
                crashes.journal(bench.facts),
                crashes.connections(connections));
        live(bench, node, crashes, id, random);
        node.dispatcher.abandon();
        crashes.awaitEnd();
        bench.time.advance(SendingFixture.SMALL.lease());
      }

      assertThat(bench.fates(id, people).keySet())
          .as("seed %d", seed)
          .isSubsetOf("sent", "ghost", "uncertain");
      assertThat(held(bench, id)).as("seed %d", seed).isEmpty();
      List<ScriptedProvider> providers = List.of(bench.provider, second, third);
      for (int i = 0; i < providers.size(); i++) {
        int first = people * i / 3;
        assertThat(providers.get(i).violations()).as("seed %d", seed).isEmpty();
        assertThat(providers.get(i).calls())
            .as("seed %d", seed)
            .extracting(call -> Integer.parseInt(call.address()) - 910_000_000)
            .allMatch(number -> number >= first && number < first + people / 3);
      }
    }
  }

  /** Launches or goes on, now and then resuming one connection, until it is dead or done. */
  private static void live(
      SendingFixture bench, SendingFixture.Node node, Crashes crashes, int id, Random random)
      throws InterruptedException {
    CampaignStatus status = bench.campaign(id).status();
    while (!crashes.dead() && status != CampaignStatus.COMPLETED) {
      List<Integer> held = held(bench, id);
      try {
        if (status == CampaignStatus.DRAFT) {
          node.campaigns.launch(id);
        } else if (status == CampaignStatus.PAUSED) {
          node.campaigns.resume(id);
        } else if (!held.isEmpty() && random.nextInt(4) == 0) {
          node.campaigns.resume(id, held.get(random.nextInt(held.size())));
        } else {
          node.timer.look();
        }
      } catch (RuntimeException overtaken) {
        // It died, or the campaign paused or went on meanwhile.
      }
      Thread.sleep(1);
      status = bench.campaign(id).status();
    }
  }

  /** Mostly taken; now and then something that holds the connection, or no answer. */
  private static SendResult answer(ScriptedProvider.Call call, long seed) {
    Random random = new Random(seed ^ call.number() * 7919L ^ call.address().hashCode());
    return switch (random.nextInt(40)) {
      case 0 -> new SendResult.Unknown("time-out");
      case 1, 2 -> EXPIRED;
      case 3 -> failed("131016", ErrorClass.TEMPORARY, Reaction.RETRY, null);
      default -> accepted(call);
    };
  }
}
