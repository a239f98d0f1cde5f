package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.FactKind;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.testkit.store.FactStoreKit;
import org.junit.jupiter.api.Test;

/** What every store of ledgers must do. */
public interface LedgerContract<S extends EntryJournal & PlanningStore & LedgerStore>
    extends FactStoreKit<S> {

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
