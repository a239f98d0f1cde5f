package dev.carillon.testkit.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.QuietHours;
import dev.carillon.core.account.QuietHours.Then;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Delivery.Clock;
import dev.carillon.core.campaign.Delivery.Passed;
import dev.carillon.core.campaign.Delivery.Quiet;
import dev.carillon.core.campaign.Delivery.Throttle;
import dev.carillon.core.campaign.When;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.user.Identity;
import dev.carillon.testkit.sending.ScriptedProvider.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call comes at a moment at which it may: quiet hours, cut-off, throttle, users' clocks. */
@Timeout(120)
class SendingPaceTest {
  /** The clock of these tests leaps while others wait: a call may be noted this much later. */
  private static final Duration LEAP = Duration.ofSeconds(5);

  private static final Duration HOUR = Duration.ofMinutes(60);
  private static final LocalDateTime TEN = LocalDateTime.parse("2026-11-21T10:00");

  private static Delivery delivery(Quiet quiet, @Nullable LocalTime cutOff) {
    return new Delivery(Clock.ACCOUNT, Passed.DROP, quiet, cutOff, null, HOUR);
  }

  private static Quiet night(Then then) {
    return new Quiet.Own(new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0), then));
  }

  @Test
  void quietHoursHoldMessagesBackUntilTheyEnd() throws Exception {
    try (SendingFixture bench = new SendingFixture(2, ScriptedProvider::accepted).people(100)) {
      bench.time.set(Instant.parse("2026-11-20T21:59:40Z"));
      int id = bench.node().launch(0, new When.Now(), delivery(night(Then.DELAY), null));
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 100)).isEqualTo(Map.of("sent", 100));
      List<Instant> calls = moments(bench);
      assertThat(calls).hasSize(100).noneMatch(SendingPaceTest::atNight);
      assertThat(calls).anyMatch(call -> call.isBefore(Instant.parse("2026-11-20T22:00:05Z")));
      assertThat(calls).anyMatch(call -> call.isAfter(Instant.parse("2026-11-21T08:00:00Z")));
    }
  }

  @Test
  void whatWaitsIsSuppressedWhenTheCampaignIsStopped() throws Exception {
    try (SendingFixture bench = new SendingFixture(1e6, ScriptedProvider::accepted).people(50)) {
      Quiet day =
          new Quiet.Own(new QuietHours(LocalTime.of(10, 0), LocalTime.of(9, 59), Then.DELAY));
      SendingFixture.Node node = bench.node();
      int id = node.launch(0, new When.Now(), delivery(day, null));
      SendingFixture.await(
          () ->
              bench.store.nextChunks(id).values().stream()
                  .anyMatch(bench.time.instant()::isBefore));
      node.campaigns.stop(id);
      SendingFixture.await(() -> bench.store.openChunks(id) == 0);

      assertThat(bench.fates(id, 50)).isEqualTo(Map.of("suppressed stopped", 50));
      assertThat(bench.time.instant()).isBefore(Instant.parse("2026-11-21T09:59:00Z"));
    }
  }

  @Test
  void quietHoursMayDiscardInBothGroupsAlike() throws Exception {
    try (SendingFixture bench = new SendingFixture(2, ScriptedProvider::accepted).people(200)) {
      bench.time.set(Instant.parse("2026-11-20T21:59:40Z"));
      int id = bench.node().launch(50, new When.Now(), delivery(night(Then.DISCARD), null));
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      Map<String, Integer> fates = bench.fates(id, 200);
      assertThat(fates).containsOnlyKeys("sent", "ghost", "suppressed doNotDisturb");
      assertThat(moments(bench)).noneMatch(SendingPaceTest::atNight);
      assertThat(ghosts(bench, id, 200)).isNotEmpty().noneMatch(SendingPaceTest::atNight);
    }
  }

  @Test
  void theCutOffEndsTheRunForUntriedMessages() throws Exception {
    try (SendingFixture bench = new SendingFixture(2, ScriptedProvider::accepted).people(200)) {
      bench.time.set(Instant.parse("2026-11-20T19:59:40Z"));
      int id =
          bench.node().launch(50, new When.Now(), delivery(new Quiet.None(), LocalTime.of(20, 0)));
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 200)).containsOnlyKeys("sent", "ghost", "suppressed cutOff");
      Instant end = Instant.parse("2026-11-20T20:00:00Z").plus(LEAP);
      assertThat(moments(bench)).isNotEmpty().allMatch(end::isAfter);
      assertThat(ghosts(bench, id, 200)).isNotEmpty().allMatch(end::isAfter);
    }
  }

  /** Two nodes send, and each is replaced in the middle. */
  @Test
  void noFiveMinutesHoldMoreTriesThanTheThrottleAllows() throws Exception {
    FastTime clock = new FastTime(SendingFixture.START);
    try (SendingFixture bench =
        new SendingFixture(50, ScriptedProvider::accepted, ZoneId.of("UTC"), clock).people(250)) {
      int most = 60;
      Delivery throttled =
          new Delivery(
              Clock.ACCOUNT, Passed.DROP, new Quiet.None(), null, new Throttle(most), HOUR);
      SendingFixture.Node one = bench.node();
      SendingFixture.Node two = bench.node();
      int id = one.launch(10, new When.Now(), throttled);
      SendingFixture.await(() -> bench.store.openChunks(id) > 0);
      two.dispatcher.wake(id);
      SendingFixture.await(() -> bench.provider.calls().size() > most);
      one.dispatcher.abandon();
      bench.node().dispatcher.wake(id);
      SendingFixture.await(() -> bench.provider.calls().size() > 2 * most);
      two.dispatcher.abandon();
      bench.node().dispatcher.wake(id);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 250)).containsKeys("sent", "ghost").doesNotContainKey("pending");
      List<Instant> calls = moments(bench);
      assertThat(calls).hasSizeGreaterThan(120);
      for (int i = most; i < calls.size(); i++) {
        assertThat(Duration.between(calls.get(i - most), calls.get(i)))
            .as("calls %d to %d", i - most, i)
            .isGreaterThanOrEqualTo(Throttle.WINDOW.minus(LEAP));
      }
      Duration taken = Duration.between(calls.getFirst(), calls.getLast());
      assertThat(taken).isLessThan(Duration.ofMinutes(60));
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Passed.class)
  void eachUserIsSentToAtHisOwnTime(Passed passed) throws Exception {
    try (SendingFixture bench = new SendingFixture(1e6, ScriptedProvider::accepted)) {
      List<String> zones = List.of("Pacific/Auckland", "Asia/Kolkata", "+01:00", "Mars", "-08:00");
      for (int i = 0; i < 100; i++) {
        bench.facts.addPerson(
            Identity.user("user" + i),
            Integer.toString(910000000 + i),
            "{\"Tz\":\"" + zones.get(i % zones.size()) + "\"}");
      }
      // 10:00 has passed in Auckland, and comes within the grace nowhere else.
      bench.time.set(Instant.parse("2026-11-20T23:30:00Z"));
      Delivery byUsers = new Delivery(Clock.USER, passed, new Quiet.None(), null, null, HOUR);
      SendingFixture.Node node = bench.node();
      int id = node.launch(20, new When.At(TEN, null), byUsers);
      assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.SCHEDULED);
      node.timer.look();
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      Map<String, Integer> fates = bench.fates(id, 100);
      long dropped =
          bench.facts.planned(id, 1).orElseThrow().suppressed().values().stream()
              .mapToLong(set -> set.getCardinality())
              .sum();
      assertThat(dropped).isEqualTo(passed == Passed.DROP ? 20 : 0);
      assertThat(fates.getOrDefault("sent", 0) + fates.getOrDefault("ghost", 0) + dropped)
          .isEqualTo(100);
      for (Call call : bench.provider.calls()) {
        int person = Integer.parseInt(call.address()) - 910000000;
        ZoneId zone =
            switch (person % zones.size()) {
              case 3 -> ZoneOffset.UTC;
              default -> ZoneId.of(zones.get(person % zones.size()));
            };
        Instant own = TEN.plusDays(person % zones.size() == 0 ? 1 : 0).atZone(zone).toInstant();
        assertThat(call.at()).as(zone.getId()).isBetween(own, own.plus(LEAP));
      }
      assertThat(ghosts(bench, id, 100))
          .allMatch(
              ghost ->
                  zones.stream()
                      .map(zone -> zone.equals("Mars") ? "Z" : zone)
                      .flatMap(
                          zone ->
                              Stream.of(
                                  TEN.atZone(ZoneId.of(zone)).toInstant(),
                                  TEN.plusDays(1).atZone(ZoneId.of(zone)).toInstant()))
                      .anyMatch(own -> !ghost.isBefore(own) && ghost.isBefore(own.plus(LEAP))));
    }
  }

  private static boolean atNight(Instant call) {
    LocalTime time = LocalTime.ofInstant(call, ZoneOffset.UTC);
    return time.isAfter(LocalTime.of(22, 0).plus(LEAP)) || time.isBefore(LocalTime.of(8, 0));
  }

  private static List<Instant> moments(SendingFixture bench) {
    return bench.provider.calls().stream().map(Call::at).sorted().toList();
  }

  private static List<Instant> ghosts(SendingFixture bench, int id, int planned) {
    return Stream.iterate(0, seq -> seq < planned, seq -> seq + 1)
        .flatMap(seq -> bench.facts.facts(id, seq).stream())
        .filter(fact -> fact.kind() == FactKind.GHOST_SENT)
        .map(Fact::at)
        .toList();
  }
}
