package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.Draw;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.campaign.TooManyQualifyException;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** What every store that plans runs must do with control groups and limits. */
public interface LimitContract<S extends EntryJournal & PlanningStore & MessageStore & LedgerStore>
    extends FactStoreKit<S> {

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
      PlannedRun run = store().plan(limited(10 + cap, 1, NOW, 20, 0, target, null)).run();
      assertThat(letThrough(run).getCardinality()).isEqualTo(Math.min(cap, 300 - controls(run)));
      assertThat(store().plan(limited(10 + cap, 1, NOW, 20, 0, target, null)).run()).isEqualTo(run);
    }
    PlannedRun room =
        store().plan(limited(9, 1, NOW, 20, 0, new Limits.Target(300, 300, 300), null)).run();
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
        store().plan(limited(1, 1, NOW, 50, 0, new Limits.Target(null, 300, null), null)).run();
    RoaringBitmap control = run.control().clone();
    run.suppressed().values().forEach(control::andNot);
    assertThat(letThrough(run).getCardinality()).isEqualTo(300);
    assertThat(control.getCardinality()).isBetween(210, 400);
  }

  @Test
  default void overallAndDailyCapsCountWhatEarlierRunsAllowed() {
    appendAndSettle(store(), users(100));
    Limits.Target target = new Limits.Target(130, null, 70);
    PlannedRun first = store().plan(limited(1, 1, NOW, 0, 0, target, null)).run();
    assertThat(letThrough(first).getCardinality()).isEqualTo(70);
    assertThat(letThrough(store().plan(limited(1, 2, NOW, 0, 0, target, null)).run())).isEmpty();
    int refused = letThrough(first).first();
    int held = letThrough(first).last();
    appendAndSettle(
        store(),
        fact(1, refused, FactKind.ATTEMPTED, "1", NOW),
        fact(1, refused, FactKind.REFUSED, "131026", NOW),
        fact(1, held, FactKind.SUPPRESSED, SuppressionReason.FREQUENCY_CAP.key(), NOW));
    assertThat(
            letThrough(store().plan(limited(1, 3, NOW, 0, 0, target, null)).run()).getCardinality())
        .isEqualTo(2);
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    assertThat(
            letThrough(store().plan(limited(1, 4, tomorrow, 0, 0, target, null)).run())
                .getCardinality())
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
    assertThat(store().plan(limited(1, 1, NOW, 0, 0, Limits.Target.NONE, 11)).run().count())
        .isEqualTo(11);
  }
}
