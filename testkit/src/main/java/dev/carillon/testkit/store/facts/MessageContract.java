package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.profile;
import static dev.carillon.testkit.store.FactEntries.user;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.people.MessageLife;
import dev.carillon.engine.port.people.MessagePerson;
import dev.carillon.engine.port.people.Timeline;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.port.work.SendState;
import dev.carillon.testkit.store.FactStoreKit;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must do with planned messages and their facts. */
interface MessageContract extends FactStoreKit {

  @Test
  default void planningNumbersMessagesAndHoldsOutAndKeepsBack() {
    appendAndSettle(store(), users(200));
    appendAndSettle(
        store(), profile("nophone", "{}", NOW), profile("badphone", "{\"Phone\":\"+1\"}", NOW));
    PlannedRun run = plan(store(), 1, 20, null);

    assertThat(run.run()).isEqualTo(1);
    assertThat(run.firstSeq()).isZero();
    assertThat(run.count()).isEqualTo(202);
    assertThat(run.control().getCardinality()).isBetween(20, 65);
    assertThat(run.suppressed())
        .containsOnlyKeys(SuppressionReason.NO_ADDRESS, SuppressionReason.INVALID_ADDRESS)
        .allSatisfy((reason, seqs) -> assertThat(seqs.getCardinality()).isEqualTo(1));
    List<Outgoing> outgoing = store().outgoing(1, 0, 1000);
    assertThat(outgoing).hasSize(200).extracting(Outgoing::seq).isSorted().doesNotHaveDuplicates();
    assertThat(outgoing).allMatch(one -> one.control() == run.control().contains(one.seq()));
    assertThat(store().outgoing(1, 0, 10)).allMatch(one -> one.seq() < 10);
  }

  @Test
  default void planningAgainChangesNothing() {
    appendAndSettle(store(), users(5));
    PlannedRun run = plan(store(), 1, 50, null);
    appendAndSettle(store(), profile("late", "{\"Phone\":\"+919876500000\"}", NOW));

    assertThat(plan(store(), 1, 50, null)).isEqualTo(run);
    assertThat(plan(reopened(), 1, 50, null)).isEqualTo(run);
    assertThat(store().recount(1, ZONE).counts()).containsEntry("planned", 5L);
  }

  @Test
  default void aMessagesStateSaysWhetherItMayBeSent() {
    appendAndSettle(store(), users(8));
    plan(store(), 1, 0, null);
    appendAndSettle(
        store(),
        fact(1, 1, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 2, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 2, FactKind.RETURNED, "1", NOW),
        fact(1, 3, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 3, FactKind.RETURNED, "1", NOW),
        fact(1, 3, FactKind.ATTEMPTED, "2", NOW),
        fact(1, 4, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 4, FactKind.ACCEPTED, null, "a", NOW),
        fact(1, 5, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 5, FactKind.REFUSED, "131026", NOW),
        fact(1, 6, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 6, FactKind.RECEIPT_DELIVERED, null, NOW),
        fact(1, 7, FactKind.SUPPRESSED, "stopped", NOW));

    List<Outgoing> outgoing = store().outgoing(1, 0, 8);
    assertThat(outgoing)
        .extracting(Outgoing::state)
        .containsExactly(
            SendState.OPEN,
            SendState.UNCERTAIN,
            SendState.OPEN,
            SendState.UNCERTAIN,
            SendState.DONE,
            SendState.DONE,
            SendState.DONE,
            SendState.DONE);
    assertThat(outgoing).extracting(Outgoing::tries).containsExactly(0, 1, 1, 2, 1, 1, 1, 0);
  }

  @Test
  default void theNumbersCountAgainWhatTheFactsSay() {
    appendAndSettle(store(), users(8));
    plan(store(), 1, 0, null);
    List<Entry> facts = new ArrayList<>();
    for (int seq = 0; seq < 7; seq++) {
      facts.add(fact(1, seq, FactKind.ATTEMPTED, "1", NOW));
    }
    facts.add(fact(1, 1, FactKind.REFUSED, "131026", NOW));
    facts.add(fact(1, 2, FactKind.ACCEPTED, null, "a", NOW));
    facts.add(fact(1, 3, FactKind.RECEIPT_FAILED, "131049", NOW));
    facts.add(fact(1, 4, FactKind.RECEIPT_FAILED, "131049", NOW));
    facts.add(fact(1, 4, FactKind.VIEWED, null, NOW.plusSeconds(60 * 60 * 9)));
    facts.add(fact(1, 5, FactKind.RETURNED, "1", NOW));
    facts.add(fact(1, 6, FactKind.CLICKED, "1", "click1", NOW));
    facts.add(fact(1, 6, FactKind.CLICKED, "1", "click2", NOW));
    facts.add(fact(1, 6, FactKind.CLICKED, "1", "click2", NOW));
    facts.addAll(List.copyOf(facts));
    appendAndSettle(store(), facts);

    var recount = store().recount(1, ZONE);
    assertThat(recount.counts())
        .containsEntry("planned", 8L)
        .containsEntry("uncertain", 1L)
        .containsEntry("dispatchErrors", 1L)
        .containsEntry("pending", 2L)
        .containsEntry("sent", 4L)
        .containsEntry("delivered", 1L)
        .containsEntry("deliveryErrors", 1L)
        .containsEntry("unknown", 2L)
        .containsEntry("viewed", 1L)
        .containsEntry("clicked", 1L);
    assertThat(recount.dispatchErrors()).containsExactly(java.util.Map.entry("131026", 1L));
    assertThat(recount.deliveryErrors()).containsExactly(java.util.Map.entry("131049", 1L));
    assertThat(recount.totals()).containsEntry("clicked", 2L);
    assertThat(recount.daily().get("2026-11-20")).containsEntry("sent", 4L);
    assertThat(recount.daily().get("2026-11-21"))
        .containsEntry("delivered", 1L)
        .containsEntry("viewed", 1L);
  }

  @Test
  default void theLifeOfAMessageShowsItsFactsAndCallbacks() {
    appendAndSettle(store(), users(2));
    plan(store(), 1, 0, null);
    byte[] body = "{\"status\":\"read\"}".getBytes(StandardCharsets.UTF_8);
    Fact viewed =
        new Fact(
            1, 1, FactKind.VIEWED, null, null, NOW.plusSeconds(9), NOW.plusSeconds(11), null, 42);
    appendAndSettle(
        store(),
        new Entry.RawCallback(42, 7, NOW.plusSeconds(11), body),
        new Entry.RawCallback(43, 7, NOW.plusSeconds(12), body),
        new Entry.OfFact(viewed),
        fact(1, 1, FactKind.ATTEMPTED, "1", NOW.plusMillis(1500)),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW));

    MessageLife life = store().life(new MessageRef(1, 1)).orElseThrow();
    assertThat(life.sentAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(life.plannedAt()).isEqualTo(NOW);
    assertThat(life.facts()).hasSize(2).last().isEqualTo(viewed);
    assertThat(life.callbacks()).hasSize(1);
    assertThat(life.callbacks().getFirst().id()).isEqualTo(42);
    assertThat(life.callbacks().getFirst().body()).isEqualTo(body);
    assertThat(store().loadLedger(1, ZoneOffset.UTC).lastCallbackAt())
        .isEqualTo(NOW.plusSeconds(11));
    assertThat(store().loadLedger(2, ZoneOffset.UTC).lastCallbackAt()).isNull();
    assertThat(store().life(new MessageRef(1, 2))).isEmpty();
    assertThat(store().life(new MessageRef(9, 0))).isEmpty();
  }

  @Test
  default void thePeopleBehindNumbersComeInTheirOrder() {
    appendAndSettle(store(), users(3));
    plan(store(), 1, 0, null);
    List<MessagePerson> people = store().people(1, new int[] {2, 0, 99});

    assertThat(people).extracting(MessagePerson::seq).containsExactly(2, 0);
    assertThat(people)
        .allMatch(one -> one.name() != null && one.name().startsWith("Name "))
        .allMatch(one -> one.address() != null && one.address().startsWith("9198765"));
  }

  @Test
  default void aUsersTimelineShowsTheMessages() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, null);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW.plusSeconds(5)),
        fact(1, 0, FactKind.ACCEPTED, null, "a", NOW.plusSeconds(6)));

    assertThat(
            store()
                .timeline(
                    Identity.user(user(0)).key(), TimelineQuery.before(NOW.plusSeconds(60), 5))
                .entries())
        .containsExactly(
            new Timeline.OfMessage(
                NOW.plusSeconds(6), new MessageRef(1, 0), Timeline.Kind.SENT, false, null, null),
            new Timeline.OfMessage(
                NOW, new MessageRef(1, 0), Timeline.Kind.PLANNED, false, null, null));
  }

  @Test
  default void aLedgerFromASnapshotIsTheLedgerFromAllFacts() {
    appendAndSettle(store(), users(20));
    plan(store(), 1, 30, null);
    appendAndSettle(store(), fact(1, 0, FactKind.ATTEMPTED, "1", NOW));
    store().snapshotLedger(1, ZONE);
    appendAndSettle(store(), fact(1, 1, FactKind.ATTEMPTED, "1", NOW));

    assertThat(store().loadLedger(1, ZONE).planned()).isEqualTo(20);
    assertThat(reopened().loadLedger(1, ZONE).planned()).isEqualTo(20);
    assertThat(store().loadLedger(2, ZONE).planned()).isZero();
  }
}
