package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.PURCHASE;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.charged;
import static dev.carillon.testkit.store.FactEntries.event;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.link;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.profile;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.ledger.RecountStore;
import dev.carillon.engine.port.people.MessageLifeStore;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.testkit.store.FactEntries;
import dev.carillon.testkit.store.FactStoreKit;
import org.junit.jupiter.api.Test;

/** What every store must do when two identities turn out to be one user. */
public interface IdentityLinkContract<
        S extends
            EntryJournal & PlanningStore & MessageStore & MessageLifeStore & PeopleStore
                & RecountStore>
    extends FactStoreKit<S> {
  Identity VISITOR = Identity.anonymous("visitor");
  Identity ANN = Identity.user("ann");

  @Test
  default void whatTheVisitorDidIsTheUsers() {
    appendAndSettle(
        store(),
        event(VISITOR, "Viewed", "{}", 1, NOW),
        profile(VISITOR, "{\"source\":\"ad\",\"city\":\"Pune\"}", NOW),
        profile(ANN, "{\"city\":\"Delhi\"}", NOW.plusSeconds(1)));
    appendAndSettle(store(), link(VISITOR, ANN));
    appendAndSettle(store(), event(VISITOR, "Viewed", "{}", 2, NOW.plusSeconds(2)));

    Person ann = store().person(ANN).orElseThrow();
    assertThat(ann.properties()).isEqualTo("{\"city\":\"Delhi\",\"source\":\"ad\"}");
    assertThat(ann.firstSeenAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(store().person(VISITOR)).contains(ann);
    assertThat(store().totals().users()).isEqualTo(1);
    assertThat(
            store().timeline(ann.userKey(), TimelineQuery.before(NOW.plusSeconds(9), 9)).entries())
        .hasSize(2);
  }

  @Test
  default void theOrderOfLinkAndRecordsDoesNotMatter() {
    appendAndSettle(
        store(),
        link(VISITOR, ANN),
        event(VISITOR, "Viewed", "{}", 1, NOW),
        profile(VISITOR, "{\"source\":\"ad\"}", NOW));

    assertThat(store().person(ANN).orElseThrow().properties()).isEqualTo("{\"source\":\"ad\"}");
    assertThat(store().timeline(ANN.key(), TimelineQuery.before(NOW.plusSeconds(9), 9)).entries())
        .hasSize(1);
    assertThat(store().totals().users()).isEqualTo(1);
  }

  @Test
  default void linksFormChainsAndTheFirstOneStays() {
    Identity device = new Identity(Identity.Kind.OBJECT, "device");
    appendAndSettle(store(), event(device, "Opened", "{}", 1, NOW), link(device, VISITOR));
    appendAndSettle(store(), link(VISITOR, ANN));
    appendAndSettle(store(), link(device, Identity.user("bob")), link(ANN, device), link(ANN, ANN));
    appendAndSettle(reopened(), event(device, "Opened", "{}", 2, NOW));

    assertThat(store().person(device)).isEqualTo(store().person(ANN));
    assertThat(store().timeline(ANN.key(), TimelineQuery.before(NOW.plusSeconds(9), 9)).entries())
        .hasSize(2);
    assertThat(store().person(Identity.user("bob"))).isEmpty();
    assertThat(store().totals().users()).isEqualTo(1);
  }

  @Test
  default void aVisitorsPurchaseConvertsTheUserHeIs() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, PURCHASE);
    Identity user = Identity.user(FactEntries.user(0));
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 0, FactKind.ACCEPTED, null, "wamid", NOW),
        event(VISITOR, "Charged", "{\"Amount\":3}", 5, NOW.plusSeconds(60)));
    assertThat(store().recount(1, ZONE).counts()).containsEntry("converted", 0L);

    appendAndSettle(store(), link(VISITOR, user));
    assertThat(store().recount(1, ZONE).counts()).containsEntry("converted", 1L);
    assertThat(store().recount(1, ZONE).revenueMicros()).containsEntry("target", 3_000_000L);
  }

  @Test
  default void messagesToAGivenUpIdentityAreTheKeptOnes() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, PURCHASE);
    Identity user = Identity.user(FactEntries.user(0));
    appendAndSettle(store(), fact(1, 0, FactKind.ATTEMPTED, "1", NOW), link(user, ANN));
    appendAndSettle(store(), charged("ann", 5, NOW.plusSeconds(60), "3"));

    assertThat(store().life(new MessageRef(1, 0)).orElseThrow().userKey()).isEqualTo(ANN.key());
    assertThat(store().life(new MessageRef(1, 0)).orElseThrow().goalEvents()).hasSize(1);
  }
}
