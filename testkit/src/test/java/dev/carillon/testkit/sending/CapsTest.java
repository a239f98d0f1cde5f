package dev.carillon.testkit.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.accepted;
import static dev.carillon.testkit.sending.ScriptedProvider.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.account.FrequencyCap;
import dev.carillon.core.account.SystemControlGroup;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.When;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.engine.reference.References;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever campaigns run at once, no one gets more than the caps allow, judged by what the provider
 * received; and no one less where there is enough to get.
 */
@Timeout(60)
class CapsTest {
  private static final int PEOPLE = 150;
  private static final Duration WEEK = Duration.ofDays(7);

  private static AccountSettings capped(FrequencyCap... caps) {
    return new AccountSettings(
        ZoneId.of("UTC"), DayOfWeek.MONDAY, "INR", null, List.of(caps), SystemControlGroup.NONE);
  }

  private static FrequencyCap cap(int messages, Duration within) {
    return new FrequencyCap(Channel.WHATSAPP, messages, within);
  }

  @Test
  void campaignsAtOnceTogetherGiveEveryoneExactlyTheCap() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(1e6, ScriptedProvider::accepted).people(PEOPLE)) {
      bench.settings = capped(cap(2, WEEK));
      List<Integer> campaigns = launch(bench, 5, 20, Limits.NONE);

      Map<String, List<Instant>> got = received(bench, campaigns);
      assertThat(got).hasSize(PEOPLE).allSatisfy((who, times) -> assertThat(times).hasSize(2));
      assertThat(bench.provider.violations()).isEmpty();
      for (int campaign : campaigns) {
        assertThat(bench.fates(campaign, PEOPLE).keySet())
            .isSubsetOf("sent", "ghost", "suppressed frequencyCap");
      }
    }
  }

  /** Providers that refuse, are busy or say nothing; several caps; spells of time between. */
  @RepeatedTest(6)
  void noWindowHoldsMoreThanItsCap(RepetitionInfo repetition) throws Exception {
    long seed = 4_100L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<FrequencyCap> caps =
        List.of(
            cap(1 + random.nextInt(2), Duration.ofHours(2 + random.nextInt(20))),
            cap(2 + random.nextInt(2), Duration.ofDays(2 + random.nextInt(5))));
    try (SendingFixture bench =
        new SendingFixture(random.nextBoolean() ? 1e6 : 400, call -> anything(seed, call))
            .people(PEOPLE)) {
      bench.settings = capped(caps.toArray(FrequencyCap[]::new));
      List<Integer> campaigns = new ArrayList<>();
      for (int spell = 0; spell < 4; spell++) {
        campaigns.addAll(launch(bench, 2 + random.nextInt(3), 10, Limits.NONE));
        bench.time.advance(Duration.ofMinutes(random.nextInt(2_000)));
      }
      Map<String, List<Instant>> got = received(bench, campaigns);
      assertThat(got).as("seed %s", seed).isNotEmpty();
      for (FrequencyCap cap : caps) {
        got.forEach(
            (who, times) ->
                assertThat(mostWithin(times, cap.within()))
                    .as("seed %s: %s got %s under %s", seed, who, times, cap)
                    .isLessThanOrEqualTo(cap.messages()));
      }
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @Test
  void whoOptsOutIsNotHeldBackButCountsForOthers() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(1e6, ScriptedProvider::accepted).people(PEOPLE)) {
      bench.settings = capped(cap(1, WEEK));
      List<Integer> free = launch(bench, 2, 0, new Limits(false, null, Limits.Target.NONE, null));
      for (int campaign : free) {
        assertThat(bench.fates(campaign, PEOPLE)).isEqualTo(Map.of("sent", PEOPLE));
      }
      assertThat(bench.facts.looksAtRecentSends()).isZero();
      int capped = launch(bench, 1, 0, Limits.NONE).getFirst();
      assertThat(bench.facts.looksAtRecentSends()).isPositive();
      assertThat(bench.fates(capped, PEOPLE)).isEqualTo(Map.of("suppressed frequencyCap", PEOPLE));
      bench.time.advance(WEEK);
      int later = launch(bench, 1, 0, Limits.NONE).getFirst();
      assertThat(bench.fates(later, PEOPLE)).isEqualTo(Map.of("sent", PEOPLE));
    }
  }

  @Test
  void whatTheProviderRefusedDoesNotCount() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
                1e6,
                call ->
                    campaignOf(call) == 1
                        ? failed("131026", ErrorClass.ADDRESS, Reaction.GIVE_UP, null)
                        : accepted(call))
            .people(PEOPLE)) {
      bench.settings = capped(cap(1, WEEK));
      int refused = launch(bench, 1, 0, Limits.NONE).getFirst();
      assertThat(refused).isEqualTo(1);
      assertThat(bench.fates(refused, PEOPLE)).isEqualTo(Map.of("refused", PEOPLE));
      int next = launch(bench, 1, 0, Limits.NONE).getFirst();
      assertThat(bench.fates(next, PEOPLE)).isEqualTo(Map.of("sent", PEOPLE));
    }
  }

  @Test
  void whatWasSentBeforeARestartCounts() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(1e6, ScriptedProvider::accepted).people(PEOPLE)) {
      bench.settings = capped(cap(1, WEEK));
      MortalJournal journal = new MortalJournal(bench.facts);
      SendingFixture.Node before = bench.node(bench.store, journal, bench.provider);
      int first = before.launch(10);
      SendingFixture.await(() -> bench.provider.calls().size() > PEOPLE / 4);
      journal.die();
      before.dispatcher.abandon();
      bench.time.advance(Duration.ofMinutes(5));
      SendingFixture.Node after = bench.node();
      after.timer.look();
      int second = after.launch(10);
      bench.awaitStatus(first, CampaignStatus.COMPLETED);
      bench.awaitStatus(second, CampaignStatus.COMPLETED);
      received(bench, List.of(first, second))
          .forEach((who, times) -> assertThat(times).as(who).hasSizeLessThanOrEqualTo(1));
    }
  }

  /** Two runs a day, of which the provider refuses some: each refusal frees a place. */
  @RepeatedTest(8)
  void runsDaysAndTheCampaignHaveExactlyTheirTargetCap(RepetitionInfo repetition) throws Exception {
    long seed = 5_200L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    Limits.Target target =
        new Limits.Target(
            random.nextBoolean() ? 150 + random.nextInt(250) : null,
            random.nextBoolean() ? 20 + random.nextInt(100) : null,
            random.nextBoolean() ? 40 + random.nextInt(150) : null);
    int refusedOfTen = random.nextInt(4);
    try (SendingFixture bench =
        new SendingFixture(
                1e6,
                call ->
                    new Random(seed * 31 + call.reference().hashCode()).nextInt(10) < refusedOfTen
                        ? failed("131026", ErrorClass.ADDRESS, Reaction.GIVE_UP, null)
                        : accepted(call))
            .people(PEOPLE)) {
      SendingFixture.Node node = bench.node();
      List<When.At> dates =
          Stream.of("20T12:00", "20T18:00", "21T12:00", "21T18:00", "22T12:00", "22T18:00")
              .map(time -> new When.At(LocalDateTime.parse("2026-11-" + time), null))
              .toList();
      Limits limits = new Limits(true, null, target, null);
      int id =
          node.campaigns
              .create(
                  DefinitionBuilder.like(bench.definition(20, new When.Dates(dates)))
                      .within(limits)
                      .definition(),
                  "t")
              .id();
      node.campaigns.launch(id);
      int overall = 0;
      int today = 0;
      for (int run = 1; run <= dates.size(); run++) {
        bench.time.set(dates.get(run - 1).instant(ZoneId.of("UTC")));
        int number = run;
        CampaignStatus then =
            run == dates.size() ? CampaignStatus.COMPLETED : CampaignStatus.AWAITING_NEXT_RUN;
        SendingFixture.await(
            () -> {
              // Again and again, as a process does: the run before may still be held.
              node.timer.look();
              return bench.store.runs(id).size() == number && bench.campaign(id).status() == then;
            });
        today = run % 2 == 1 ? 0 : today;
        PlannedRun planned = bench.facts.planned(id, run).orElseThrow();
        int through = 0;
        int taken = 0;
        for (int seq = planned.firstSeq(); seq < planned.firstSeq() + PEOPLE; seq++) {
          List<FactKind> kinds = bench.kinds(id, seq);
          through += kinds.contains(FactKind.ATTEMPTED) ? 1 : 0;
          taken += kinds.contains(FactKind.ACCEPTED) ? 1 : 0;
        }
        assertThat(through)
            .as("seed %s, run %s: %s after %s, today %s", seed, run, target, overall, today)
            .isEqualTo(
                IntStream.of(
                        PEOPLE - planned.control().getCardinality(),
                        left(target.perRun(), 0),
                        left(target.overall(), overall),
                        left(target.perDay(), today))
                    .min()
                    .orElseThrow());
        overall += taken;
        today += taken;
      }
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  private static int left(@Nullable Integer cap, int used) {
    return cap == null ? Integer.MAX_VALUE : cap - used;
  }

  /** Launches so many campaigns to everybody at once, and waits until all are through. */
  private static List<Integer> launch(
      SendingFixture bench, int count, int controlPercent, Limits limits) throws Exception {
    SendingFixture.Node node = bench.node();
    List<Integer> campaigns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Campaign draft =
          node.campaigns.create(
              DefinitionBuilder.like(bench.definition(controlPercent)).within(limits).definition(),
              "tester");
      campaigns.add(draft.id());
    }
    campaigns.forEach(node.campaigns::launch);
    for (int campaign : campaigns) {
      bench.awaitStatus(campaign, CampaignStatus.COMPLETED);
    }
    return campaigns;
  }

  /** Some are refused, some tried again, some never answered; the same for the same message. */
  private static SendResult anything(long seed, ScriptedProvider.Call call) {
    return switch (new Random(seed * 31 + call.reference().hashCode() + call.number()).nextInt(8)) {
      case 0 -> failed("131026", ErrorClass.ADDRESS, Reaction.GIVE_UP, null);
      case 1, 2 -> failed("131056", ErrorClass.RATE, Reaction.RETRY_SLOWLY, null);
      case 3 -> new SendResult.Unknown("time-out");
      default -> accepted(call);
    };
  }

  private static int campaignOf(ScriptedProvider.Call call) {
    return new References(List.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)))
        .read(call.reference())
        .orElseThrow()
        .campaign();
  }

  /** By address, when the provider took a message or may have, and when a ghost was sent. */
  private static Map<String, List<Instant>> received(
      SendingFixture bench, List<Integer> campaigns) {
    Map<MessageRef, Set<String>> notTaken = new HashMap<>();
    Map<String, List<Instant>> times = new TreeMap<>();
    for (int campaign : campaigns) {
      for (int seq = 0; seq < PEOPLE; seq++) {
        for (Fact fact : bench.facts.facts(campaign, seq)) {
          if (fact.kind() == FactKind.GHOST_SENT) {
            times
                .computeIfAbsent(Integer.toString(910000000 + seq), any -> new ArrayList<>())
                .add(fact.at());
          }
          if (fact.kind() == FactKind.RETURNED || fact.kind() == FactKind.REFUSED) {
            notTaken
                .computeIfAbsent(fact.message(), any -> new HashSet<>())
                .add(fact.kind() == FactKind.RETURNED ? fact.detail() : "last");
          }
        }
      }
    }
    Map<String, ScriptedProvider.Call> last = new HashMap<>();
    for (ScriptedProvider.Call call : bench.provider.calls()) {
      last.merge(
          call.reference(), call, (one, other) -> one.number() > other.number() ? one : other);
    }
    for (ScriptedProvider.Call call : last.values()) {
      MessageRef message = bench.references.read(call.reference()).orElseThrow();
      Set<String> not = notTaken.getOrDefault(message, Set.of());
      boolean refused = not.contains("last");
      boolean stillReturned = attempts(bench, message) == not.size();
      if (!refused && !stillReturned) {
        times.computeIfAbsent(call.address(), any -> new ArrayList<>()).add(call.at());
      }
    }
    return times;
  }

  private static long attempts(SendingFixture bench, MessageRef message) {
    return bench.facts.facts(message.campaign(), message.seq()).stream()
        .filter(fact -> fact.kind() == FactKind.ATTEMPTED)
        .count();
  }

  /** The most moments in any stretch of this length. */
  private static int mostWithin(List<Instant> times, Duration length) {
    int most = 0;
    for (Instant from : times) {
      Instant to = from.plus(length);
      most =
          Math.max(
              most,
              (int) times.stream().filter(at -> !at.isBefore(from) && at.isBefore(to)).count());
    }
    return most;
  }
}
