package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Limits;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.ledger.RecountStore;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import dev.carillon.testkit.store.FactStoreKit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** What every store must do that counts numbers again. */
public interface RecountContract<S extends EntryJournal & PlanningStore & RecountStore>
    extends FactStoreKit<S> {

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
  default void whatPlanningSuppressesIsRecountedOfTheTargetGroup() {
    appendAndSettle(store(), users(300));
    PlannedRun run =
        store()
            .plan(
                PlanOrderBuilder.of(1, 1, new Evaluation(NOW, ZONE))
                    .holdingOut(50)
                    .within(new Limits(true, null, new Limits.Target(null, 40, null), null))
                    .order())
            .run();
    RoaringBitmap target =
        Objects.requireNonNull(run.suppressed().get(SuppressionReason.TARGET_CAP)).clone();
    target.andNot(run.control());

    assertThat(target.getLongCardinality()).isPositive();
    assertThat(store().recount(1, ZONE).suppressed())
        .containsEntry(SuppressionReason.TARGET_CAP.key(), target.getLongCardinality());
    assertThat(store().recount(1, ZONE).counts()).containsEntry("planned", 300L);
  }
}
