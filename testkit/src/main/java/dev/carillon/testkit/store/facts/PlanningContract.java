package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.profile;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.port.work.SendState;
import dev.carillon.testkit.store.FactStoreKit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store that plans runs must do, and what it then says of the messages. */
public interface PlanningContract<S extends EntryJournal & PlanningStore & MessageStore>
    extends FactStoreKit<S> {

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
}
