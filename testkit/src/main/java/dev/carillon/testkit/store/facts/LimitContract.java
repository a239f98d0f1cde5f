package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.Channel;
import dev.carillon.core.campaign.Draw;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.TooManyQualifyException;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.port.work.RecentSends;
import dev.carillon.engine.port.work.RecentSends.Send;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import dev.carillon.testkit.store.FactEntries;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** What every store must do with control groups and limits. */
interface LimitContract extends FactStoreKit {

  private static PlanOrder limited(
      int campaign,
      int run,
      Instant at,
      int controlPercent,
      int systemPercent,
      Limits.Target target,
      @Nullable Integer safety) {
    return PlanOrderBuilder.of(campaign, run, new Evaluation(at, ZONE))
        .holdingOut(controlPercent, systemPercent)
        .within(new Limits(true, null, target, safety))
        .order();
  }

  private static PlanOrder system(int campaign, int controlPercent, int systemPercent) {
    return limited(campaign, 1, NOW, controlPercent, systemPercent, Limits.Target.NONE, null);
  }

  /** The keys of the users that are held out. */
  private Set<Long> heldOut(PlanOrder order) {
    store().plan(order);
    return store().outgoing(order.campaign(), 0, Integer.MAX_VALUE).stream()
        .filter(Outgoing::control)
        .map(one -> one.identity().key())
        .collect(Collectors.toSet());
  }

  @Test
  default void theSystemControlGroupIsTheSameInAllCampaignsAndGrowsAndShrinksInPlace() {
    appendAndSettle(store(), users(2_000));
    Set<Long> two = heldOut(system(1, 0, 2));
    Set<Long> five = heldOut(system(2, 0, 5));
    assertThat(two).hasSizeBetween(20, 65).allMatch(key -> drawn(key, 2));
    assertThat(five).hasSizeBetween(65, 140).containsAll(two).allMatch(key -> drawn(key, 5));
    reopened();
    assertThat(heldOut(system(3, 0, 2))).isEqualTo(two);
    assertThat(heldOut(system(4, 0, 5))).isEqualTo(five);
    Set<Long> both = heldOut(system(5, 50, 5));
    assertThat(both).containsAll(five).hasSizeBetween(950, 1_150);
    assertThat(heldOut(system(6, 0, 0))).isEmpty();
  }

  private static boolean drawn(long key, int percent) {
    return Draw.OF_SYSTEM_CONTROL_GROUP.bucket(key) < percent * Draw.BUCKETS / 100;
  }

  /** Numbers of target messages that may be sent. */
  private static RoaringBitmap letThrough(PlannedRun run) {
    RoaringBitmap left = new RoaringBitmap();
    left.add((long) run.firstSeq(), (long) run.firstSeq() + run.count());
    left.andNot(run.control());
    run.suppressed().values().forEach(left::andNot);
    return left;
  }

  private static long beyond(PlannedRun run) {
    RoaringBitmap capped = run.suppressed().get(SuppressionReason.TARGET_CAP);
    return capped == null ? 0 : capped.getLongCardinality();
  }

  @Test
  default void aTargetCapLetsExactlySoManyThrough() {
    appendAndSettle(store(), users(300));
    for (int cap : new int[] {1, 100, 239}) {
      Limits.Target target = new Limits.Target(null, cap, null);
      PlannedRun run = store().plan(limited(10 + cap, 1, NOW, 20, 0, target, null));
      assertThat(letThrough(run).getCardinality()).isEqualTo(Math.min(cap, 300 - controls(run)));
      assertThat(store().plan(limited(10 + cap, 1, NOW, 20, 0, target, null))).isEqualTo(run);
    }
    PlannedRun room =
        store().plan(limited(9, 1, NOW, 20, 0, new Limits.Target(300, 300, 300), null));
    assertThat(beyond(room)).isZero();
  }

  private static int controls(PlannedRun run) {
    return run.control().getCardinality();
  }

  /** The cut goes through both groups, so that their shares stay. */
  @Test
  default void aTargetCapHoldsBackControlInItsShareToo() {
    appendAndSettle(store(), users(2_000));
    PlannedRun run =
        store().plan(limited(1, 1, NOW, 50, 0, new Limits.Target(null, 300, null), null));
    RoaringBitmap control = run.control().clone();
    run.suppressed().values().forEach(control::andNot);
    assertThat(letThrough(run).getCardinality()).isEqualTo(300);
    assertThat(control.getCardinality()).isBetween(210, 400);
    assertThat(store().recount(1, ZONE).suppressed())
        .containsEntry(SuppressionReason.TARGET_CAP.key(), beyond(run) - held(run));
  }

  private static long held(PlannedRun run) {
    RoaringBitmap capped = run.suppressed().get(SuppressionReason.TARGET_CAP);
    return capped == null ? 0 : RoaringBitmap.andCardinality(capped, run.control());
  }

  @Test
  default void overallAndDailyCapsCountWhatEarlierRunsLetThrough() {
    appendAndSettle(store(), users(100));
    Limits.Target target = new Limits.Target(130, null, 70);
    PlannedRun first = store().plan(limited(1, 1, NOW, 0, 0, target, null));
    assertThat(letThrough(first).getCardinality()).isEqualTo(70);
    assertThat(letThrough(store().plan(limited(1, 2, NOW, 0, 0, target, null)))).isEmpty();
    int refused = letThrough(first).first();
    int held = letThrough(first).last();
    appendAndSettle(
        store(),
        fact(1, refused, FactKind.ATTEMPTED, "1", NOW),
        fact(1, refused, FactKind.REFUSED, "131026", NOW),
        fact(1, held, FactKind.SUPPRESSED, SuppressionReason.FREQUENCY_CAP.key(), NOW));
    assertThat(letThrough(store().plan(limited(1, 3, NOW, 0, 0, target, null))).getCardinality())
        .isEqualTo(2);
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    assertThat(
            letThrough(store().plan(limited(1, 4, tomorrow, 0, 0, target, null))).getCardinality())
        .isEqualTo(60);
  }

  @Test
  default void aRunThatTooManyQualifyForIsNotPlanned() {
    appendAndSettle(store(), users(11));
    assertThatThrownBy(() -> store().plan(limited(1, 1, NOW, 0, 0, Limits.Target.NONE, 10)))
        .isInstanceOfSatisfying(
            TooManyQualifyException.class,
            tooMany -> assertThat(tooMany.qualified()).isEqualTo(11));
    assertThat(store().outgoing(1, 0, 100)).isEmpty();
    assertThat(store().loadLedger(1, ZONE).planned()).isZero();
    assertThat(store().plan(limited(1, 1, NOW, 0, 0, Limits.Target.NONE, 11)).count())
        .isEqualTo(11);
  }

  @Test
  default void recentSendsAreThoseThatWentOutOrMayHave() {
    appendAndSettle(store(), users(8));
    FactEntries.plan(store(), 1, 0, null);
    FactEntries.plan(store(), 2, 0, null);
    Instant later = NOW.plusSeconds(600);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 0, FactKind.ACCEPTED, null, "a", later),
        fact(1, 1, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 1, FactKind.REFUSED, "131026", NOW),
        fact(1, 2, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 2, FactKind.RETURNED, "1", NOW),
        fact(1, 3, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 3, FactKind.RETURNED, "1", NOW),
        fact(1, 3, FactKind.ATTEMPTED, "2", later),
        fact(1, 4, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 4, FactKind.REFUSED, "131026", NOW),
        fact(1, 4, FactKind.RECEIPT_SENT, null, NOW),
        fact(1, 5, FactKind.SUPPRESSED, "stopped", NOW));

    assertThat(sends(2, NOW.minusSeconds(1)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                user(1, 0), List.of(new Send(new MessageRef(1, 0), later)),
                user(1, 3), List.of(new Send(new MessageRef(1, 3), later)),
                user(1, 4), List.of(new Send(new MessageRef(1, 4), NOW))));
    assertThat(sends(2, NOW).keySet()).containsExactlyInAnyOrder(user(1, 0), user(1, 3));
    assertThat(sends(2, later)).isEmpty();
    assertThat(store().recentSends(2, 0, 8, Channel.SMS, NOW.minusSeconds(1)).sends()).isEmpty();
  }

  @Test
  default void ghostSendsAreRecentSendsToo() {
    appendAndSettle(store(), users(4));
    store().plan(limited(1, 1, NOW, 99, 0, Limits.Target.NONE, null));
    FactEntries.plan(store(), 2, 0, null);
    Outgoing control =
        store().outgoing(1, 0, 4).stream().filter(Outgoing::control).findFirst().orElseThrow();
    appendAndSettle(store(), fact(1, control.seq(), FactKind.GHOST_SENT, null, NOW));
    assertThat(sends(2, NOW.minusSeconds(1)))
        .containsExactly(
            Map.entry(
                control.identity().key(),
                List.of(new Send(new MessageRef(1, control.seq()), NOW))));
  }

  @Test
  default void onlyTheUsersOfTheChunkAreLookedAt() {
    appendAndSettle(store(), users(20));
    FactEntries.plan(store(), 1, 0, null);
    FactEntries.plan(store(), 2, 0, null);
    appendAndSettle(
        store(),
        IntStream.range(0, 20)
            .mapToObj(seq -> fact(1, seq, FactKind.ATTEMPTED, "1", NOW))
            .toList());
    RecentSends some = store().recentSends(2, 5, 9, Channel.WHATSAPP, NOW.minusSeconds(1));
    assertThat(store().users(2, 5, 9)).isEqualTo(some.users());
    assertThat(some.users().keySet()).containsExactlyInAnyOrder(5, 6, 7, 8);
    assertThat(some.sends().keySet()).isEqualTo(new HashSet<>(some.users().values()));
    assertThat(some.users().get(5)).isEqualTo(user(2, 5));
  }

  private Map<Long, List<Send>> sends(int campaign, Instant since) {
    return store().recentSends(campaign, 0, 100, Channel.WHATSAPP, since).sends();
  }

  private long user(int campaign, int seq) {
    return store().outgoing(campaign, seq, seq + 1).getFirst().identity().key();
  }
}
