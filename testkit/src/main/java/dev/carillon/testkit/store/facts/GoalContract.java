package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.PURCHASE;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.charged;
import static dev.carillon.testkit.store.FactEntries.event;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.seqOf;
import static dev.carillon.testkit.store.FactEntries.user;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Value;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.facts.AppliedFeed;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.engine.port.ledger.RecountStore;
import dev.carillon.engine.port.people.MessageLifeStore;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every store must derive from goal events and messages. */
public interface GoalContract<
        S extends
            EntryJournal & AppliedFeed & PlanningStore & MessageStore & MessageLifeStore
                & LedgerStore & RecountStore & PeopleStore>
    extends FactStoreKit<S> {

  @Test
  default void theWindowBeginsAtTheSendAndEndsBeforeItsEnd() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, PURCHASE);
    Instant end = NOW.plus(PURCHASE.within());
    appendAndSettle(
        store(),
        charged(user(0), 1, NOW.minusMillis(1), "1"),
        charged(user(0), 2, NOW, "2"),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW.plusMillis(700)),
        charged(user(0), 3, end.minusMillis(1), "3.25"),
        charged(user(0), 4, end, "4"),
        event(Identity.user(user(0)), "Viewed", "{\"Amount\":5}", 5, NOW.plusSeconds(1)));

    assertThat(goalEvents(0))
        .containsExactly(
            new GoalEvent(1, 0, 2, NOW, 2_000_000),
            new GoalEvent(1, 0, 3, end.minusMillis(1), 3_250_000));
  }

  @Test
  default void revenueIsANumberAlsoAsTextAndWhatIsNoneIsCounted() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, PURCHASE);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        charged(user(0), 1, NOW.plusSeconds(1), "\"7\""),
        charged(user(0), 2, NOW.plusSeconds(2), "-0.1"),
        charged(user(0), 3, NOW.plusSeconds(3), "0.1000004"),
        charged(user(0), 4, NOW.plusSeconds(4), "1e400"),
        charged(user(0), 5, NOW.plusSeconds(5), "[1]"),
        charged(user(0), 6, NOW.plusSeconds(6), "1e3"),
        event(Identity.user(user(0)), "Charged", "{}", 7, NOW.plusSeconds(7)),
        charged(user(0), 8, NOW.plusSeconds(8), "\" 19.90 \""),
        charged(user(0), 9, NOW.plusSeconds(9), "\"EUR 5\""),
        charged(user(0), 10, NOW.plusSeconds(10), "\"7,25\""),
        charged(user(0), 11, NOW.plusSeconds(11), "null"),
        charged(user(0), 12, NOW.plusSeconds(12), "{\"value\":3}"),
        charged(user(0), 13, NOW.plusSeconds(13), "true"),
        charged(user(0), 14, NOW.plusSeconds(14), "\"\""),
        charged(user(0), 15, NOW.plusSeconds(15), "2e15"));

    long none = GoalEvent.NOT_A_NUMBER;
    assertThat(goalEvents(0))
        .extracting(GoalEvent::revenueMicros)
        .containsExactly(
            7_000_000L,
            -100_000L,
            100_000L,
            none,
            none,
            1_000_000_000L,
            0L,
            19_900_000L,
            none,
            none,
            0L,
            none,
            none,
            none,
            none);
    appendAndSettle(store(), fact(1, 0, FactKind.ACCEPTED, null, "wamid", NOW));
    assertThat(store().recount(1, ZONE).totals()).containsEntry("revenueNotANumber", 8L);
    assertThat(store().recount(1, ZONE).revenueMicros()).containsEntry("target", 1_026_900_000L);
  }

  @Test
  default void onlyEventsThatFitTheConditionsCount() {
    appendAndSettle(store(), users(1));
    Goal shoes =
        new Goal(
            "Charged",
            List.of(new PropertyCondition("a.\"b\"/c", Operator.EQUALS, new Value.Text("Shoes"))),
            Duration.ofHours(1),
            null);
    plan(store(), 1, 0, shoes);
    Identity user = Identity.user(user(0));
    appendAndSettle(
        store(),
        event(user, "Charged", "{\"a.\\\"b\\\"/c\":\"shoes\",\"Amount\":5}", 1, NOW),
        event(user, "Charged", "{\"a.\\\"b\\\"/c\":\"hats\"}", 2, NOW),
        event(user, "Charged", "{}", 3, NOW),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW));

    assertThat(goalEvents(0)).containsExactly(new GoalEvent(1, 0, 1, NOW, 0));
  }

  @Test
  default void controlUsersConvertFromTheirGhostSend() {
    appendAndSettle(store(), users(60));
    PlannedRun run = plan(store(), 1, 50, PURCHASE);
    int control = run.control().first();
    int target = seqOf(store(), 1, other(run));
    appendAndSettle(
        store(),
        fact(1, control, FactKind.GHOST_SENT, null, NOW),
        fact(1, target, FactKind.GHOST_SENT, null, NOW));
    for (var person : store().people(1, new int[] {control, target})) {
      appendAndSettle(
          store(),
          charged(
              Objects.requireNonNull(person.identity()).value(),
              person.seq(),
              NOW.plusSeconds(60),
              "1"));
    }

    assertThat(goalEvents(control)).hasSize(1);
    assertThat(goalEvents(target)).isEmpty();
    assertThat(store().recount(1, ZONE).revenueMicros()).containsEntry("control", 1_000_000L);
  }

  private String other(PlannedRun run) {
    return store().outgoing(1, 0, run.count()).stream()
        .filter(outgoing -> !outgoing.control())
        .findFirst()
        .orElseThrow()
        .identity()
        .value();
  }

  @Test
  default void aViewBeforeTheGoalEventMakesAViewThroughConversion() {
    appendAndSettle(store(), users(3));
    plan(store(), 1, 0, PURCHASE);
    for (int seq = 0; seq < 3; seq++) {
      appendAndSettle(
          store(),
          fact(1, seq, FactKind.ATTEMPTED, "1", NOW),
          charged(name(seq), 100 + seq, NOW.plusSeconds(60), "1"));
    }
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.VIEWED, null, NOW.plusSeconds(61)),
        fact(1, 1, FactKind.VIEWED, null, NOW.plusSeconds(60)),
        fact(1, 2, FactKind.CLICKED, "1", "c", NOW.plusSeconds(30)));

    assertThat(store().recount(1, ZONE).counts())
        .containsEntry("converted", 3L)
        .containsEntry("viewConverted", 1L)
        .containsEntry("clickConverted", 1L);
    assertThat(kinds(0)).doesNotContain(FactKind.VIEW_CONVERTED);
    assertThat(kinds(1)).contains(FactKind.VIEW_CONVERTED);
    assertThat(kinds(2)).contains(FactKind.CLICK_CONVERTED);

    appendAndSettle(store(), fact(1, 0, FactKind.VIEWED, null, NOW.plusSeconds(5)));
    assertThat(kinds(0)).contains(FactKind.VIEW_CONVERTED);
  }

  @Test
  default void derivedFactsAreReportedLikeGivenOnes() {
    List<Applied> notified = new CopyOnWriteArrayList<>();
    store().onApplied(notified::add);
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, PURCHASE);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 0, FactKind.VIEWED, null, NOW.plusSeconds(1)));
    appendAndSettle(store(), charged(user(0), 1, NOW.plusSeconds(2), "1"));

    assertThat(notified.stream().flatMap(applied -> applied.facts().stream()))
        .extracting(Fact::kind)
        .containsExactly(
            FactKind.ATTEMPTED, FactKind.VIEWED, FactKind.CONVERTED, FactKind.VIEW_CONVERTED);
    assertThat(notified.stream().flatMap(applied -> applied.goalEvents().stream()))
        .containsExactly(new GoalEvent(1, 0, 1, NOW.plusSeconds(2), 1_000_000));
  }

  @Test
  default void everyCampaignWhoseWindowHoldsTheEventCountsIt() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, PURCHASE);
    plan(store(), 2, 0, PURCHASE);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 0, FactKind.ACCEPTED, null, NOW),
        fact(2, 0, FactKind.ATTEMPTED, "1", NOW.plusSeconds(60)),
        fact(2, 0, FactKind.ACCEPTED, null, NOW.plusSeconds(60)),
        charged(user(0), 1, NOW.plusSeconds(90), "1"));

    assertThat(goalEvents(0)).hasSize(1);
    assertThat(store().life(new MessageRef(2, 0)).orElseThrow().goalEvents()).hasSize(1);
    for (int campaign : new int[] {1, 2}) {
      assertThat(shared(campaign)).isOne();
      assertThat(store().recount(campaign, ZONE).totals()).containsEntry("sharedConverted", 1L);
    }
  }

  @Test
  default void aConversionIsSharedOnceAnotherCampaignCountsItToo() {
    appendAndSettle(store(), users(2));
    plan(store(), 1, 0, PURCHASE);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 0, FactKind.ACCEPTED, null, NOW),
        charged(name(0), 1, NOW.plusSeconds(90), "1"));
    assertThat(shared(1)).isZero();

    plan(store(), 2, 0, PURCHASE);
    for (int seq = 0; seq < 2; seq++) {
      appendAndSettle(
          store(),
          fact(2, seq, FactKind.ATTEMPTED, "1", NOW.plusSeconds(60)),
          fact(2, seq, FactKind.ACCEPTED, null, NOW.plusSeconds(60)));
    }

    assertThat(shared(1)).isOne();
    assertThat(shared(2)).isOne();
    assertThat(store().recount(1, ZONE).totals()).containsEntry("sharedConverted", 1L);
    assertThat(store().recount(2, ZONE).totals()).containsEntry("sharedConverted", 1L);
  }

  private int shared(int campaign) {
    return store().loadLedger(campaign, ZONE).sets().sharedConverted().getCardinality();
  }

  private String name(int seq) {
    return Objects.requireNonNull(store().people(1, new int[] {seq}).getFirst().identity()).value();
  }

  private List<GoalEvent> goalEvents(int seq) {
    return store().life(new MessageRef(1, seq)).orElseThrow().goalEvents();
  }

  private List<FactKind> kinds(int seq) {
    return store().life(new MessageRef(1, seq)).orElseThrow().facts().stream()
        .map(Fact::kind)
        .toList();
  }
}
