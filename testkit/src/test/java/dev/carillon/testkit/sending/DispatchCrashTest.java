package dev.carillon.testkit.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.SendResult;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends with a provider that does everything it can do, in processes that die at random steps, and
 * looks at what is left. The number of a failing test is its seed.
 */
@Timeout(30)
class DispatchCrashTest {
  private static final int PEOPLE = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void noMessageIsCalledTwiceAndEachEndsInOneSet(long seed) throws Exception {
    diesAndComesBack(seed, ScriptedProvider.USUAL);
  }

  /** What was under way when a process died is called again, and nothing else is. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
  void whereARepeatIsHarmlessNothingIsLeftUncertain(long seed) throws Exception {
    Map<String, Integer> fates =
        diesAndComesBack(seed, Capabilities.builder().repeatable().messagesPerCall(7).build());

    assertThat(fates).as("seed %d", seed).doesNotContainKey("uncertain");
  }

  private static Map<String, Integer> diesAndComesBack(long seed, Capabilities capabilities)
      throws Exception {
    Random random = new Random(seed);
    try (SendingFixture bench =
        new SendingFixture(
            500,
            call ->
                answer(
                    call, new Random(seed ^ call.number() * 7919L ^ call.address().hashCode())))) {
      bench.provider.declare(capabilities);
      audience(bench, random);
      int id = -1;
      int lives = 0;
      while (id < 0 || bench.campaign(id).status() != CampaignStatus.COMPLETED) {
        lives++;
        int steps = lives > 25 ? Integer.MAX_VALUE / 2 : 3 + random.nextInt(120);
        Crashes crashes = new Crashes(steps, new Random(random.nextLong()));
        SendingFixture.Node node =
            bench.node(
                crashes.campaigns(bench.store),
                crashes.journal(bench.facts),
                crashes.connections(bench.provider));
        if (id < 0) {
          id = bench.node().campaigns.create(bench.definition(25), "tester").id();
        }
        live(bench, node, crashes, id, random);
        node.dispatcher.abandon();
      }
      assertThat(bench.provider.violations()).as("seed %d", seed).isEmpty();
      assertNothingTriedOnceItsAnswerIsKept(bench, id, seed);
      Map<String, Integer> fates = bench.fates(id, PEOPLE);
      assertThat(fates.keySet())
          .as("seed %d", seed)
          .isSubsetOf(
              "sent",
              "refused",
              "uncertain",
              "ghost",
              "suppressed personalisationFailed",
              "pending");
      int suppressedByPlanning = fates.getOrDefault("pending", 0);
      assertThat(suppressedByPlanning).as("seed %d", seed).isEqualTo(20);
      assertThat(fates.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(PEOPLE);
      return fates;
    }
  }

  private static void assertNothingTriedOnceItsAnswerIsKept(
      SendingFixture bench, int id, long seed) {
    for (int seq = 0; seq < PEOPLE; seq++) {
      assertThat(
              bench.facts.facts(id, seq).stream()
                  .map(Fact::kind)
                  .dropWhile(kind -> kind != FactKind.ACCEPTED && kind != FactKind.REFUSED))
          .as("seed %d, message %d", seed, seq)
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  /** Launches or goes on, until the process is dead or the campaign is done. */
  private static void live(
      SendingFixture bench, SendingFixture.Node node, Crashes crashes, int id, Random random)
      throws InterruptedException {
    try {
      switch (bench.campaign(id).status()) {
        case DRAFT -> node.campaigns.launch(id);
        case PAUSED -> node.campaigns.resume(id);
        default -> node.timer.look();
      }
    } catch (RuntimeException died) {
      return;
    }
    int patience = 400 + random.nextInt(400);
    for (int looks = 0; looks < patience * 50; looks++) {
      CampaignStatus status = bench.campaign(id).status();
      if (crashes.dead() || status == CampaignStatus.COMPLETED) {
        return;
      }
      if (status == CampaignStatus.PAUSED) {
        SendingFixture.await(() -> node.dispatcher.idle() || crashes.dead());
        return;
      }
      if (looks % 50 == 49 && !looked(node)) {
        return;
      }
      Thread.sleep(1);
    }
    throw new AssertionError("it does not come to an end");
  }

  /** False when the process has died over it. */
  private static boolean looked(SendingFixture.Node node) {
    try {
      node.timer.look();
      return true;
    } catch (StoreUnavailableException died) {
      return false;
    }
  }

  private static void audience(SendingFixture bench, Random random) {
    for (int i = 0; i < PEOPLE - 20; i++) {
      String properties = random.nextInt(20) == 0 ? "{\"broken\":1}" : "{}";
      bench.facts.addPerson(Identity.user("user" + i), Integer.toString(910000000 + i), properties);
    }
    for (int i = 0; i < 20; i++) {
      bench.facts.addPerson(Identity.user("nowhere" + i), i < 10 ? "" : "910000000", "{}");
    }
  }

  private static SendResult answer(ScriptedProvider.Call call, Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> new SendResult.Unknown("time-out");
      case 1 -> failed("131026", ErrorClass.ADDRESS, Reaction.GIVE_UP, null);
      case 2, 3 -> failed("131016", ErrorClass.TEMPORARY, Reaction.RETRY, null);
      case 4 -> failed("131056", ErrorClass.RATE, Reaction.RETRY_SLOWLY, null);
      case 5 -> failed("1", ErrorClass.TEMPORARY, Reaction.RETRY_ONCE, null);
      case 6 ->
          random.nextInt(30) == 0
              ? failed("190", ErrorClass.CONFIGURATION, Reaction.PAUSE, null)
              : new SendResult.Accepted("w" + call.reference(), null);
      case 7 ->
          random.nextInt(4) == 0
              ? failed("130429", ErrorClass.RATE, Reaction.RETRY, null)
              : new SendResult.Accepted("w" + call.reference(), null);
      default -> new SendResult.Accepted("w" + call.reference(), null);
    };
  }
}
