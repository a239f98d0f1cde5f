package dev.carillon.testkit.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Recurrence;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import dev.carillon.core.campaign.When;
import dev.carillon.core.message.FactKind;
import dev.carillon.engine.port.audience.Evaluation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Campaigns that are sent several times: each run once, at its time, or left out with a reason. */
@Timeout(60)
class RunsTest {
  private static final LocalDateTime TEN = LocalDateTime.parse("2026-11-21T10:00");
  private static final Instant FIRST = Instant.parse("2026-11-21T10:00:00Z");
  private static final When DAILY =
      new When.Recurring(new Recurrence.Daily(), LocalTime.of(10, 0), null, null, 3);

  private final SendingFixture bench =
      new SendingFixture(1e6, ScriptedProvider::accepted).people(40);
  private final SendingFixture.Node node = bench.node();

  @BeforeEach
  void anHourBefore() {
    bench.time.set(FIRST.minus(Duration.ofHours(1)));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void eachRunHasItsOwnAudienceAndTheSameControlGroup() throws Exception {
    int id = node.launch(50, DAILY, Delivery.DEFAULT);
    assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.SCHEDULED);

    runAt(id, FIRST, CampaignStatus.AWAITING_NEXT_RUN);
    assertThat(bench.campaign(id).startsAt()).isEqualTo(FIRST.plus(Duration.ofDays(1)));
    bench.people(60);
    runAt(id, FIRST.plus(Duration.ofDays(1)), CampaignStatus.AWAITING_NEXT_RUN);
    runAt(id, FIRST.plus(Duration.ofDays(2)), CampaignStatus.COMPLETED);

    List<Run> runs = bench.store.runs(id);
    assertThat(runs).extracting(Run::number).containsExactly(1, 2, 3);
    assertThat(runs).extracting(Run::messages).containsExactly(40, 100, 100);
    assertThat(runs)
        .extracting(run -> Objects.requireNonNull(run.planned()).firstSeq())
        .containsExactly(0, 40, 140);
    assertThat(runs).allMatch(run -> run.finishedAt() != null && run.skipped() == null);
    assertThat(held(id, 0, 40)).isEqualTo(held(id, 40, 80)).isEqualTo(held(id, 140, 180));
    assertThat(bench.provider.violations()).isEmpty();
  }

  /** The users held out, by their place in the audience. */
  private Set<Integer> held(int id, int from, int to) {
    Set<Integer> held = new TreeSet<>();
    for (int seq = from; seq < to; seq++) {
      if (bench.kinds(id, seq).contains(FactKind.GHOST_SENT)) {
        held.add(seq - from);
      }
    }
    return held;
  }

  @Test
  void aRunThatIsLateByNoMoreThanTheGraceIsSentLate() throws Exception {
    int id = node.launch(0, DAILY, Delivery.DEFAULT);
    runAt(id, FIRST.plus(Duration.ofMinutes(60)), CampaignStatus.AWAITING_NEXT_RUN);
    runAt(id, FIRST.plus(Duration.ofMinutes(24 * 60 + 61)), CampaignStatus.AWAITING_NEXT_RUN);

    assertThat(bench.store.runs(id))
        .extracting(Run::skipped)
        .containsExactly(null, new Skipped(SkipReason.MISSED));
    assertThat(bench.provider.calls()).hasSize(40);
  }

  @Test
  void ofSeveralMissedOnlyTheLastMayBeSentAndTheScheduleEnds() throws Exception {
    int id = node.launch(0, DAILY, Delivery.DEFAULT);
    bench.time.set(FIRST.plus(Duration.ofDays(2)).plus(Duration.ofMinutes(30)));
    SendingFixture.Node later = bench.node();
    later.timer.look();
    bench.awaitStatus(id, CampaignStatus.COMPLETED);

    assertThat(bench.store.runs(id))
        .extracting(Run::skipped)
        .containsExactly(new Skipped(SkipReason.MISSED), new Skipped(SkipReason.MISSED), null);
    assertThat(bench.provider.calls()).hasSize(40);
  }

  @Test
  void aClockSetBackBringsNoRunTwice() throws Exception {
    int id = node.launch(0, DAILY, Delivery.DEFAULT);
    runAt(id, FIRST, CampaignStatus.AWAITING_NEXT_RUN);
    bench.time.set(FIRST.minus(Duration.ofDays(1)));
    node.timer.look();
    bench.time.set(FIRST);
    node.timer.look();
    assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.AWAITING_NEXT_RUN);
    runAt(id, FIRST.plus(Duration.ofDays(1)), CampaignStatus.AWAITING_NEXT_RUN);

    assertThat(bench.store.runs(id)).hasSize(2);
    assertThat(bench.provider.calls()).hasSize(80);
    assertThat(bench.provider.violations()).isEmpty();
  }

  @Test
  void twoNodesStartARunOnce() throws Exception {
    SendingFixture.Node other = bench.node();
    int id = node.launch(0, DAILY, Delivery.DEFAULT);
    for (int day = 0; day < 3; day++) {
      bench.time.set(FIRST.plus(Duration.ofDays(day)));
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> nodes =
          Stream.of(node, other)
              .map(
                  one ->
                      Thread.startVirtualThread(
                          () -> {
                            SendingFixture.waitFor(start);
                            one.timer.look();
                          }))
              .toList();
      start.countDown();
      for (Thread one : nodes) {
        one.join();
      }
      int runs = day + 1;
      SendingFixture.await(
          () ->
              bench.store.runs(id).size() == runs
                  && bench.campaign(id).status() != CampaignStatus.RUNNING);
    }
    assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.COMPLETED);
    assertThat(bench.provider.calls()).hasSize(120);
    assertThat(bench.provider.violations()).isEmpty();
  }

  @Test
  void runsThatAreDueDuringAPauseAreLeftOut() throws Exception {
    int id = node.launch(0, DAILY, Delivery.DEFAULT);
    runAt(id, FIRST, CampaignStatus.AWAITING_NEXT_RUN);
    assertThat(node.campaigns.pause(id, null).status()).isEqualTo(CampaignStatus.PAUSED);
    bench.time.set(FIRST.plus(Duration.ofDays(1)));
    node.timer.look();
    assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.PAUSED);
    bench.time.set(FIRST.plus(Duration.ofDays(1)).plusSeconds(60));
    node.campaigns.resume(id);
    bench.awaitStatus(id, CampaignStatus.AWAITING_NEXT_RUN);
    runAt(id, FIRST.plus(Duration.ofDays(2)), CampaignStatus.COMPLETED);

    assertThat(bench.store.runs(id))
        .extracting(Run::skipped)
        .containsExactly(null, new Skipped(SkipReason.PAUSED), null);
    assertThat(bench.provider.calls()).hasSize(80);
  }

  @Test
  void aCampaignStoppedBetweenItsRunsHasNoMore() throws Exception {
    int id = node.launch(0, DAILY, Delivery.DEFAULT);
    runAt(id, FIRST, CampaignStatus.AWAITING_NEXT_RUN);
    node.campaigns.stop(id);
    bench.time.set(FIRST.plus(Duration.ofDays(1)));
    node.timer.look();

    assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.STOPPED);
    assertThat(bench.store.runs(id)).hasSize(1);
  }

  /** A run is planned when it is due, though the one before is still being sent. */
  @Test
  void runsOverlap() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (SendingFixture slow =
        new SendingFixture(
            1e6,
            call -> {
              SendingFixture.waitFor(answer);
              return ScriptedProvider.accepted(call);
            })) {
      slow.people(10);
      SendingFixture.Node own = slow.node();
      When dates = new When.Dates(List.of(at(TEN), at(TEN.plusMinutes(1))));
      // The clock runs away while the calls are held up, so no start is too late.
      Delivery patient =
          new Delivery(
              Delivery.Clock.ACCOUNT,
              Delivery.Passed.DROP,
              new Delivery.Quiet.None(),
              null,
              null,
              Duration.ofDays(3_650));
      int id = own.launch(0, dates, patient);
      // Less than a lease before the second: the first run's calls go on.
      slow.time.set(FIRST.plusSeconds(30));
      own.timer.look();
      SendingFixture.await(() -> !slow.provider.calls().isEmpty());
      slow.time.set(FIRST.plusSeconds(60));
      own.timer.look();
      SendingFixture.await(
          () -> slow.store.runs(id).size() == 2 && slow.store.runs(id).getLast().planned() != null);
      assertThat(slow.store.runs(id).getFirst().finishedAt()).isNull();
      answer.countDown();
      slow.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(slow.fates(id, 20)).isEqualTo(Map.of("sent", 20));
      assertThat(slow.provider.violations()).isEmpty();
    }
  }

  /** What is due while the campaign is still being seen to is not left to a later look. */
  @Test
  void aRunThatIsDueWhileTheOneBeforeIsBeingPlannedIsPlannedAfterIt() throws Exception {
    CountDownLatch planned = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    SendingStore held =
        (SendingStore)
            Proxy.newProxyInstance(
                SendingStore.class.getClassLoader(),
                new Class<?>[] {SendingStore.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("runPlanned")) {
                    planned.countDown();
                    SendingFixture.waitFor(goOn);
                  }
                  return method.invoke(bench.store, arguments);
                });
    SendingFixture.Node own = bench.node(held, bench.facts, bench.provider);
    When dates = new When.Dates(List.of(at(TEN), at(TEN.plusMinutes(1))));
    int id = own.launch(0, dates, Delivery.DEFAULT);
    bench.time.set(FIRST);
    own.timer.look();
    SendingFixture.waitFor(planned);
    bench.time.set(FIRST.plusSeconds(60));
    own.timer.look();
    goOn.countDown();

    bench.awaitStatus(id, CampaignStatus.COMPLETED);
    assertThat(bench.fates(id, 80)).isEqualTo(Map.of("sent", 80));
  }

  @Test
  void whatWasPlannedBeforeACrashIsSentHoweverLate() throws Exception {
    int id = node.launch(0, new When.At(TEN, null), Delivery.DEFAULT);
    bench.time.set(FIRST);
    bench.store.moveCampaign(
        id, Set.of(CampaignStatus.SCHEDULED), CampaignStatus.RUNNING, null, null, FIRST);
    bench.store.createRun(id, 1, FIRST);
    bench.facts.plan(PlanOrderBuilder.of(id, 1, new Evaluation(FIRST, ZoneOffset.UTC)).order());
    runAt(id, FIRST.plus(Duration.ofDays(3)), CampaignStatus.COMPLETED);

    assertThat(bench.store.runs(id).getFirst().skipped()).isNull();
    assertThat(bench.fates(id, 40)).isEqualTo(Map.of("sent", 40));
  }

  private static When.At at(LocalDateTime time) {
    return new When.At(time, null);
  }

  private void runAt(int id, Instant moment, CampaignStatus then) throws InterruptedException {
    int before = bench.store.runs(id).size();
    bench.time.set(moment);
    node.timer.look();
    SendingFixture.await(
        () ->
            (bench.store.runs(id).size() > before || before > 0)
                && bench.campaign(id).status() == then);
  }
}
