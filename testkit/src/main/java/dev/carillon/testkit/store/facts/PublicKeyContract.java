package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.PURCHASE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.profile;
import static dev.carillon.testkit.store.FactEntries.user;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Goal;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.user.BodyPlace;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.audience.SuggestionStore;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.facts.AppliedFeed;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.facts.FactStoreState;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.people.Person;
import dev.carillon.testkit.store.FactEntries;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every store must do with what comes by keys of apps and pages, which everybody can copy. */
public interface PublicKeyContract<
        S extends
            EntryJournal & PeopleStore & SuggestionStore & FactStoreState & AppliedFeed
                & PlanningStore>
    extends FactStoreKit<S> {
  Goal ANY =
      new Goal(
          PURCHASE.event(),
          PURCHASE.where(),
          PURCHASE.within(),
          PURCHASE.revenueProperty(),
          Goal.Trust.ANY);
  Identity PERSON = Identity.user("ravi");
  Identity BROWSER = Identity.anonymous("browser");

  private static Entry event(long id, Instant at, boolean trusted) {
    Identity identity = Identity.user(user(0));
    return new Entry.OfEvent(
        new UserEvent(
            identity,
            identity.key(),
            PURCHASE.event(),
            "{\"Amount\":5}",
            id,
            at,
            NOW.plusSeconds(60),
            trusted));
  }

  private static Entry change(Identity identity, String properties, Instant receivedAt) {
    return new Entry.OfProfile(
        new ProfileChange(
            identity,
            identity.key(),
            properties,
            receivedAt,
            receivedAt,
            BodyPlace.UNKNOWN,
            false));
  }

  private static Entry link(Identity from, Identity to, Instant receivedAt) {
    return new Entry.OfLink(new IdentityLink(from, to, receivedAt, false));
  }

  private static List<Long> ids(List<Applied> applied, int campaign) {
    return applied.stream()
        .flatMap(part -> part.goalEvents().stream())
        .filter(event -> event.campaign() == campaign)
        .map(GoalEvent::eventId)
        .sorted()
        .toList();
  }

  /** The same event by both kinds of keys is one event, in whatever order and batches it comes. */
  @Test
  default void goalsCountTrustedEventsUnlessTheySayOtherwise() {
    long seed = Long.getLong("carillon.seed", System.nanoTime());
    Random random = new Random(seed);
    List<Applied> applied = new CopyOnWriteArrayList<>();
    S store = store();
    store.onApplied(applied::add);
    appendAndSettle(store, users(1));
    plan(store, 1, 0, PURCHASE);
    plan(store, 2, 0, ANY);
    List<Entry> entries = new ArrayList<>();
    entries.add(event(1, NOW.plusSeconds(1), false));
    entries.add(event(2, NOW.plusSeconds(2), true));
    for (boolean trusted : new boolean[] {true, false, true, false}) {
      entries.add(event(3, NOW.plusSeconds(3), trusted));
    }
    entries.add(fact(1, 0, FactKind.ATTEMPTED, "1", NOW));
    entries.add(fact(2, 0, FactKind.ATTEMPTED, "1", NOW));
    Collections.shuffle(entries, random);
    List<Entry> part = new ArrayList<>();
    for (Entry entry : entries) {
      part.add(entry);
      if (random.nextBoolean()) {
        appendAndSettle(store, part.toArray(Entry[]::new));
        part.clear();
      }
    }
    appendAndSettle(store, part.toArray(Entry[]::new));

    assertThat(ids(applied, 1)).as("seed %s", seed).containsExactly(2L, 3L);
    assertThat(ids(applied, 2)).as("seed %s", seed).containsExactly(1L, 2L, 3L);
    assertThat(store.totals().events()).as("seed %s", seed).isEqualTo(3);
    assertThat(store.isPublicEvent(PURCHASE.event())).isTrue();
    assertThat(store.isPublicEvent("Viewed")).isFalse();
  }

  @Test
  default void whoIsKnownKeepsTheirAddresses() {
    appendAndSettle(
        store(), profile(PERSON, "{\"Phone\":\"+919876500001\",\"City\":\"Pune\"}", NOW));
    appendAndSettle(
        store(),
        change(
            PERSON,
            "{\"Phone\":\"+919876500002\",\"Email\":\"x@example.org\",\"City\":\"Agra\"}",
            NOW.plusSeconds(10)),
        change(PERSON, "{\"Phone\":null}", NOW.plusSeconds(11)),
        change(PERSON, "{\"MSG-whatsapp\":false}", NOW.plusSeconds(12)));

    Person person = store().person(PERSON).orElseThrow();
    assertThat(person.properties()).isEqualTo("{\"City\":\"Agra\",\"Phone\":\"+919876500001\"}");
    assertThat(person.endpoints().address(EndpointKind.PHONE)).isEqualTo("919876500001");
    assertThat(store().contactsRefused()).isEqualTo(3);
    assertThat(reopened().contactsRefused()).isEqualTo(3);
  }

  @Test
  default void anAddressIsNotGivenToAKnownPersonWhoHasNone() {
    appendAndSettle(store(), FactEntries.event(PERSON, "Viewed", "{}", 1, NOW));
    appendAndSettle(store(), change(PERSON, "{\"Phone\":\"+919876500002\"}", NOW.plusSeconds(10)));

    assertThat(store().person(PERSON).orElseThrow().endpoints().address(EndpointKind.PHONE))
        .isNull();
  }

  /** As a page does when somebody signs up: one body, with the visitor's past before it. */
  @Test
  default void whoIsNewBringsAddressesAlong() {
    for (boolean together : new boolean[] {true, false}) {
      Identity person = Identity.user("new" + together);
      Identity visitor = Identity.anonymous("visitor" + together);
      appendAndSettle(
          store(),
          FactEntries.event(visitor, "Viewed", "{}", together ? 1 : 2, NOW),
          change(visitor, "{\"Email\":\"a@example.org\"}", NOW.plusSeconds(1)));
      Instant signedUp = NOW.plusSeconds(10);
      List<Entry> body =
          List.of(
              change(person, "{\"Phone\":\"+919876500003\"}", signedUp),
              link(visitor, person, signedUp));
      if (together) {
        appendAndSettle(store(), body.toArray(Entry[]::new));
      } else {
        body.forEach(entry -> appendAndSettle(store(), entry));
      }
      appendAndSettle(
          store(), change(person, "{\"Phone\":\"+919876500004\"}", signedUp.plusSeconds(1)));

      Person found = store().person(person).orElseThrow();
      assertThat(found.endpoints().address(EndpointKind.PHONE))
          .as("together %s", together)
          .isEqualTo("919876500003");
      assertThat(found.properties()).contains("a@example.org");
      assertThat(store().person(visitor)).contains(found);
    }
  }

  @Test
  default void aVisitorWhoIsLinkedBringsNoAddressToAKnownPerson() {
    appendAndSettle(store(), profile(PERSON, "{\"City\":\"Pune\"}", NOW));
    appendAndSettle(
        store(),
        change(
            BROWSER,
            "{\"Phone\":\"+919876500005\",\"Email\":\"x@example.org\",\"Campaign\":\"ad\"}",
            NOW.plusSeconds(5)));
    appendAndSettle(store(), link(BROWSER, PERSON, NOW.plusSeconds(10)));
    appendAndSettle(store(), change(BROWSER, "{\"Phone\":\"+919876500006\"}", NOW.plusSeconds(20)));

    Person person = store().person(PERSON).orElseThrow();
    assertThat(person.properties()).isEqualTo("{\"Campaign\":\"ad\",\"City\":\"Pune\"}");
    assertThat(person.endpoints().address(EndpointKind.PHONE)).isNull();
    assertThat(store().contactsRefused()).isEqualTo(2);
  }
}
