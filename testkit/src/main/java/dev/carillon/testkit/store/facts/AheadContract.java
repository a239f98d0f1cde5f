package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.PURCHASE;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.charged;
import static dev.carillon.testkit.store.FactEntries.chargedAhead;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.link;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.user;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.ledger.Recount;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A goal event that is dated ahead counts when its time has come, as if it had come then. */
public interface AheadContract extends FactStoreKit<FactStore> {
  /** When the purchases of these tests are. */
  Instant THEN = NOW.plus(Duration.ofHours(6));

  @Test
  default void anEventThatIsDatedAheadCountsAtItsTime() {
    begin(store(), 1, NOW);
    appendAndSettle(
        store(),
        chargedAhead(user(0), 1, THEN, "3.5"),
        fact(1, 0, FactKind.VIEWED, null, NOW.plusSeconds(60)));
    clock().set(THEN.minusMillis(1));
    assertNothingConverted(1);

    clock().set(THEN);
    store().settle();
    assertThat(goalEvents(1)).containsExactly(new GoalEvent(1, 0, 1, THEN, 3_500_000));
    assertThat(kinds()).contains(FactKind.CONVERTED, FactKind.VIEW_CONVERTED);

    appendAndSettle(store(), fact(1, 0, FactKind.CLICKED, "1", "c", NOW.plusSeconds(90)));
    assertThat(kinds()).contains(FactKind.CLICK_CONVERTED);
    assertThatAllIsAsIfItHadComeThen();
  }

  @Test
  default void itsTimeComesWithoutAnythingElse() throws InterruptedException {
    BlockingQueue<GoalEvent> notified = new LinkedBlockingQueue<>();
    store().onApplied(applied -> notified.addAll(applied.goalEvents()));
    begin(store(), 1, NOW);
    appendAndSettle(
        store(),
        chargedAhead(user(0), 1, THEN, "1"),
        chargedAhead(user(0), 2, THEN.plusSeconds(60), "2"));
    clock().set(THEN);
    GoalEvent first = notified.poll(1, TimeUnit.MINUTES);
    assertThat(first).isEqualTo(new GoalEvent(1, 0, 1, THEN, 1_000_000));
    assertThat(notified).isEmpty();
    clock().set(THEN.plusSeconds(60));
    GoalEvent second = notified.poll(1, TimeUnit.MINUTES);
    assertThat(second).isEqualTo(new GoalEvent(1, 0, 2, THEN.plusSeconds(60), 2_000_000));
  }

  @Test
  default void itMayComeBeforeTheMessageWhoseWindowHoldsIt() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, PURCHASE);
    appendAndSettle(store(), chargedAhead(user(0), 1, THEN, "3.5"));
    clock().set(NOW.plusSeconds(60));
    appendAndSettle(store(), sent(1, NOW.plusSeconds(60)));
    assertNothingConverted(1);

    clock().set(THEN);
    store().settle();
    assertThat(goalEvents(1)).containsExactly(new GoalEvent(1, 0, 1, THEN, 3_500_000));

    Instant early = NOW.plusSeconds(120);
    appendAndSettle(store(), chargedAhead(user(0), 2, early, "1"));
    plan(store(), 2, 0, PURCHASE);
    appendAndSettle(store(), sent(2, early));
    assertThat(goalEvents(2)).extracting(GoalEvent::eventId).containsExactly(2L, 1L);
  }

  @Test
  default void itIsSharedFromThenOn() {
    begin(store(), 1, NOW);
    plan(store(), 2, 0, PURCHASE);
    appendAndSettle(store(), sent(2, NOW));
    appendAndSettle(store(), chargedAhead(user(0), 1, THEN, "3.5"));
    assertNothingConverted(1);
    assertNothingConverted(2);

    clock().set(THEN);
    store().settle();
    for (int campaign = 1; campaign <= 2; campaign++) {
      assertThat(goalEvents(campaign)).hasSize(1);
      assertThat(store().recount(campaign, ZONE).totals()).containsEntry("sharedConverted", 1L);
      assertThat(ledger(campaign).sets().sharedConverted().getCardinality()).isOne();
    }
  }

  @Test
  default void itIsCountedOnceHoweverOftenItComes() {
    begin(store(), 1, NOW);
    Entry purchase = chargedAhead(user(0), 1, THEN, "3.5");
    appendAndSettle(store(), purchase, purchase);
    appendAndSettle(store(), purchase);
    assertNothingConverted(1);

    clock().set(THEN);
    appendAndSettle(store(), purchase);
    appendAndSettle(reopened(), purchase, charged(user(0), 1, THEN, "3.5"));
    assertThat(goalEvents(1)).hasSize(1);
    assertThatAllIsAsIfItHadComeThen();
  }

  @Test
  default void aStoreThatWasClosedCountsWhatCameDueMeanwhile() {
    begin(store(), 1, NOW);
    appendAndSettle(
        store(),
        chargedAhead(user(0), 1, THEN, "3.5"),
        chargedAhead(user(0), 2, THEN.plusSeconds(60), "1"));
    reopened().settle();
    assertNothingConverted(1);

    clock().set(THEN);
    reopened().settle();
    assertThat(goalEvents(1)).extracting(GoalEvent::eventId).containsExactly(1L);
    clock().set(THEN.plusSeconds(60));
    reopened().settle();
    assertThat(goalEvents(1)).extracting(GoalEvent::eventId).containsExactly(1L, 2L);
  }

  @Test
  default void aClockThatIsSetBackTakesNothingAway() {
    begin(store(), 1, NOW);
    appendAndSettle(store(), chargedAhead(user(0), 1, THEN, "1"));
    clock().set(THEN);
    store().settle();
    clock().set(NOW);
    plan(store(), 2, 0, PURCHASE);
    appendAndSettle(store(), sent(2, NOW));
    appendAndSettle(store(), chargedAhead(user(0), 2, THEN, "1"));
    assertThat(goalEvents(1)).extracting(GoalEvent::eventId).containsExactly(1L);
    assertThat(goalEvents(2)).extracting(GoalEvent::eventId).containsExactly(1L);

    clock().set(THEN);
    store().settle();
    for (int campaign = 1; campaign <= 2; campaign++) {
      assertThat(goalEvents(campaign)).extracting(GoalEvent::eventId).containsExactly(1L, 2L);
    }
  }

  @Test
  default void aLinkBeforeItsTimeCarriesItOver() {
    begin(store(), 1, NOW);
    Identity visitor = Identity.anonymous("visitor");
    appendAndSettle(store(), chargedAhead(visitor, 1, THEN, "3.5"));
    appendAndSettle(store(), link(visitor, Identity.user(user(0))));
    assertNothingConverted(1);

    clock().set(THEN);
    store().settle();
    assertThat(goalEvents(1)).containsExactly(new GoalEvent(1, 0, 1, THEN, 3_500_000));
    assertThatAllIsAsIfItHadComeThen();
  }

  @Test
  default void aLinkAfterItsTimeFindsIt() {
    begin(store(), 1, NOW);
    Identity visitor = Identity.anonymous("visitor");
    appendAndSettle(store(), chargedAhead(visitor, 1, THEN, "3.5"));
    clock().set(THEN);
    store().settle();
    assertNothingConverted(1);

    appendAndSettle(store(), link(visitor, Identity.user(user(0))));
    assertThat(goalEvents(1)).containsExactly(new GoalEvent(1, 0, 1, THEN, 3_500_000));
    assertThatAllIsAsIfItHadComeThen();
  }

  @Test
  default void nothingComesOfADeletedUsersEvent() {
    begin(store(), 1, NOW);
    Entry purchase = chargedAhead(user(0), 1, THEN, "3.5");
    appendAndSettle(store(), purchase);
    appendAndSettle(
        store(), new Entry.Erasure(Identity.user(user(0)), NOW.plusSeconds(60)), purchase);
    clock().set(THEN.plusSeconds(60));
    reopened().settle();
    assertNothingConverted(1);
    assertThat(store().totals().events()).isZero();
  }

  /** The store is behind: its time has come before the deletion of before is applied. */
  @Test
  default void aDeletionBeforeItsTimeCountsHoweverLateItIsApplied() {
    begin(store(), 1, NOW);
    store()
        .append(
            List.of(
                chargedAhead(user(0), 1, THEN, "3.5"),
                new Entry.Erasure(Identity.user(user(0)), NOW.plusSeconds(60))));
    clock().set(THEN);
    store().settle();
    assertNothingConverted(1);
  }

  @RepeatedTest(3)
  default void theOrderOfArrivalAndTheMomentsOfLookingNeverMatter(RepetitionInfo repetition) {
    long seed = 8_600L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<Entry> entries = AheadHistory.of(random, AnyOrderContract.prepared(store()));
    clock().set(AheadHistory.END);
    AnyOrderContract.appendAll(store(), entries, entries.size());
    List<Recount> expected = AnyOrderContract.recounts(store());
    assertThat(expected.getFirst().counts().get("converted")).isPositive();
    for (int i = 0; i < 3; i++) {
      clock().set(NOW);
      FactStore other = another();
      List<String> early = Collections.synchronizedList(new ArrayList<>());
      other.onApplied(applied -> early.addAll(AheadHistory.early(applied, clock().instant())));
      AnyOrderContract.prepared(other);
      List<Entry> shuffled = new ArrayList<>(entries);
      for (int twice = 0; twice < entries.size() / 4; twice++) {
        shuffled.add(entries.get(random.nextInt(entries.size())));
      }
      Collections.shuffle(shuffled, random);
      int atOnce = 4 + random.nextInt(30);
      for (int from = 0; from < shuffled.size(); from += atOnce) {
        other.append(shuffled.subList(from, Math.min(shuffled.size(), from + atOnce)));
        if (random.nextBoolean()) {
          other.settle();
        }
        if (random.nextBoolean()) {
          clock().advance(Duration.ofSeconds(random.nextInt(900)));
        }
      }
      clock().set(AheadHistory.END);
      other.settle();
      assertThat(AnyOrderContract.recounts(other))
          .as("seed %s, permutation %s", seed, i)
          .isEqualTo(expected);
      assertThat(early).as("seed %s, permutation %s", seed, i).isEmpty();
    }
  }

  /** A campaign to one user, sent. */
  private static void begin(FactStore store, int campaign, Instant at) {
    appendAndSettle(store, users(1));
    plan(store, campaign, 0, PURCHASE);
    appendAndSettle(store, sent(campaign, at));
  }

  private static List<Entry> sent(int campaign, Instant at) {
    return List.of(
        fact(campaign, 0, FactKind.ATTEMPTED, "1", at),
        fact(campaign, 0, FactKind.ACCEPTED, null, "wamid." + campaign, at));
  }

  private void assertNothingConverted(int campaign) {
    store().settle();
    assertThat(goalEvents(campaign)).isEmpty();
    assertThat(ledger(campaign).sets().converted().all().isEmpty()).isTrue();
    Recount recount = store().recount(campaign, ZONE);
    assertThat(recount.counts()).containsEntry("converted", 0L).containsEntry("viewConverted", 0L);
    assertThat(recount.revenueMicros()).containsEntry("target", 0L);
  }

  /** Another store is notified of the purchase of 3.5 at its time. */
  private void assertThatAllIsAsIfItHadComeThen() {
    FactStore other = another();
    begin(other, 1, NOW);
    for (Fact fact : store().life(new MessageRef(1, 0)).orElseThrow().facts()) {
      if (fact.kind() == FactKind.VIEWED || fact.kind() == FactKind.CLICKED) {
        appendAndSettle(other, new Entry.OfFact(fact));
      }
    }
    appendAndSettle(other, charged(user(0), 1, THEN, "3.5"));
    assertThat(store().recount(1, ZONE)).isEqualTo(other.recount(1, ZONE));
    assertThat(ledger(1).sets().converted().byDay())
        .isEqualTo(other.loadLedger(1, ZONE).sets().converted().byDay());
  }

  private Ledger ledger(int campaign) {
    return store().loadLedger(campaign, ZONE);
  }

  private List<GoalEvent> goalEvents(int campaign) {
    return store().life(new MessageRef(campaign, 0)).orElseThrow().goalEvents();
  }

  private List<FactKind> kinds() {
    return store().life(new MessageRef(1, 0)).orElseThrow().facts().stream()
        .map(Fact::kind)
        .toList();
  }
}
