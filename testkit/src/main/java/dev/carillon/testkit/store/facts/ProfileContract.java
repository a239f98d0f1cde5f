package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.people.SearchReader;
import dev.carillon.engine.port.audience.AudienceStore;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.facts.FactStoreState;
import dev.carillon.engine.port.people.ChannelConsent;
import dev.carillon.engine.port.people.ConsentSource;
import dev.carillon.engine.port.people.PeoplePlace;
import dev.carillon.engine.port.people.PeopleSearch;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.testkit.store.FactEntries;
import dev.carillon.testkit.store.FactStoreKit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store must do with what is said of users. */
public interface ProfileContract<
        S extends
            EntryJournal & PeopleStore & AudienceStore & PlanningStore & MessageStore
                & FactStoreState>
    extends FactStoreKit<S> {

  @Test
  default void eachPropertyTakesTheLatestByTime() {
    appendAndSettle(store(), profile("ann", "{\"city\":\"Pune\",\"plan\":\"gold\"}", NOW));
    appendAndSettle(
        store(), profile("ann", "{\"city\":\"Delhi\",\"age\":30}", NOW.minusSeconds(60)));
    appendAndSettle(store(), profile("ann", "{\"plan\":null}", NOW.plusSeconds(60)));

    assertThat(ann().properties()).isEqualTo("{\"age\":30,\"city\":\"Pune\"}");
  }

  @Test
  default void aPhoneIsReadAndAnInvalidOneIsNone() {
    appendAndSettle(
        store(),
        profile("ann", "{\"Phone\":\"+91 98765-43210\"}", NOW),
        profile("bob", "{\"Phone\":\"12\"}", NOW));

    assertThat(ann().endpoints().address(EndpointKind.PHONE)).isEqualTo("919876543210");
    assertThat(
            store()
                .person(Identity.user("bob"))
                .orElseThrow()
                .endpoints()
                .address(EndpointKind.PHONE))
        .isNull();
  }

  @Test
  default void aFullProfileKeepsWhatItHasAndCountsWhatItRefuses() {
    String large = "\"" + "x".repeat(8_000) + "\"";
    List<Entry> changes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      changes.add(profile("ann", "{\"p" + i + "\":" + large + "}", NOW.plusSeconds(i)));
      changes.add(profile("other" + i, "{\"a\":1}", NOW));
    }
    appendAndSettle(store(), changes.toArray(Entry[]::new));

    assertThat(ann().properties()).hasSizeBetween(120_000, DataLimits.PROFILE_BYTES);
    assertThat(ann().propertiesRefused()).isEqualTo(4);
    assertThat(store().propertiesRefused()).isEqualTo(4);
    assertThat(store().totals().users()).isEqualTo(21);

    appendAndSettle(store(), profile("ann", "{\"p0\":null}", NOW.plusSeconds(60)));
    appendAndSettle(store(), profile("ann", "{\"p19\":" + large + "}", NOW.plusSeconds(19)));

    assertThat(ann().properties()).contains("\"p19\"").doesNotContain("\"p0\"");
    assertThat(store().propertiesRefused()).isEqualTo(4);
  }

  @Test
  default void changesOfManyUsersTogetherReachAllOfThem() {
    List<Entry> changes = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 300; i++) {
        changes.add(profile("many" + i, "{\"n\":{\"$incr\":" + i + "}}", NOW.plusSeconds(round)));
      }
      appendAndSettle(store(), changes.toArray(Entry[]::new));
    }

    for (int i = 0; i < 300; i += 50) {
      assertThat(store().person(Identity.user("many" + i)).orElseThrow().properties())
          .isEqualTo("{\"n\":" + 2 * i + "}");
    }
  }

  @Test
  default void unsubscribingWorksThroughProfilesAndConsents() {
    appendAndSettle(
        store(), profile("ann", "{\"Phone\":\"+919876543210\",\"MSG-sms\":false}", NOW));
    assertThat(ann().subscribed())
        .containsEntry(Channel.SMS, false)
        .containsEntry(Channel.WHATSAPP, true);

    appendAndSettle(
        store(),
        new Entry.Consent(Channel.WHATSAPP, "919876543210", false, NOW.plusSeconds(5)),
        new Entry.Consent(Channel.WHATSAPP, "919876543210", true, NOW),
        new Entry.Consent(Channel.WHATSAPP, "919876543210", true, NOW.plusSeconds(5)));
    assertThat(ann().subscribed()).containsEntry(Channel.WHATSAPP, false);

    appendAndSettle(
        store(), new Entry.Consent(Channel.WHATSAPP, "919876543210", true, NOW.plusSeconds(6)));
    assertThat(ann().subscribed()).containsEntry(Channel.WHATSAPP, true);
  }

  @Test
  default void aConsentHoldsForTheAddressesOtherNames() {
    appendAndSettle(
        store(),
        profile("ann", "{\"Phone\":\"+919876543210\"}", NOW),
        new Entry.Consent(Channel.WHATSAPP, "91876543210", false, NOW));
    assertThat(ann().subscribed()).containsEntry(Channel.WHATSAPP, true);

    appendAndSettle(
        store(), new Entry.AddressAlias(Channel.WHATSAPP, "91876543210", "919876543210"));
    assertThat(ann().subscribed()).containsEntry(Channel.WHATSAPP, false);
  }

  @Test
  default void aConsentHoldsForEverySpellingOfTheNumber() {
    Map<String, String> spellings =
        Map.of(
            "+5531987654321", "553187654321",
            "+553187654322", "5531987654322",
            "+525512345678", "5215512345678",
            "+5215512345679", "525512345679",
            "+5491112345678", "541112345678",
            "+541112345679", "5491112345679");
    spellings.forEach(
        (phone, from) ->
            store()
                .append(
                    List.of(
                        profile(phone, "{\"Phone\":\"" + phone + "\"}", NOW),
                        new Entry.Consent(Channel.WHATSAPP, from, false, NOW))));
    store().settle();

    for (String phone : spellings.keySet()) {
      assertThat(store().person(Identity.user(phone)).orElseThrow().subscribed())
          .as(phone)
          .containsEntry(Channel.WHATSAPP, false);
    }
  }

  @Test
  default void whoLeftStaysAwayWhenThePhoneChangesUntilTheyComeBack() {
    List<Entry> entries =
        List.of(
            profile("ann", "{\"Phone\":\"+919876543210\"}", NOW),
            new Entry.Consent(Channel.WHATSAPP, "919876543210", false, NOW.plusSeconds(5)),
            profile("ann", "{\"Phone\":\"+919876543211\"}", NOW.plusSeconds(10)),
            // by who has the number now
            new Entry.Consent(Channel.WHATSAPP, "919876543210", true, NOW.plusSeconds(15)),
            profile("ann", "{\"Phone\":\"+919876543211\"}", NOW.plusSeconds(20)));
    for (List<Entry> order : List.of(entries, entries.reversed())) {
      S store = another();
      order.forEach(entry -> appendAndSettle(store, entry));
      Person ann = store.person(Identity.user("ann")).orElseThrow();
      assertThat(ann.subscribed()).containsEntry(Channel.WHATSAPP, false);
      assertThat(store.consents(ann.userKey()))
          .contains(
              new ChannelConsent(
                  Channel.WHATSAPP, false, ConsentSource.PROVIDER, NOW.plusSeconds(5)));
      assertThat(store.estimate(new Rule.Everyone(), new Evaluation(NOW, ZONE)).reachable())
          .containsEntry(Channel.WHATSAPP, 0L);

      appendAndSettle(
          store, new Entry.Consent(Channel.WHATSAPP, "919876543211", true, NOW.plusSeconds(25)));
      assertThat(store.person(Identity.user("ann")).orElseThrow().subscribed())
          .containsEntry(Channel.WHATSAPP, true);
      assertThat(store.estimate(new Rule.Everyone(), new Evaluation(NOW, ZONE)).reachable())
          .containsEntry(Channel.WHATSAPP, 1L);
    }
  }

  @Test
  default void whatIsSaidFromANumberAfterItWasLeftIsAnotherPersons() {
    appendAndSettle(
        store(),
        profile("ann", "{\"Phone\":\"+919876543210\"}", NOW),
        profile("ann", "{\"Phone\":\"+919876543211\"}", NOW.plusSeconds(10)),
        new Entry.Consent(Channel.WHATSAPP, "919876543210", false, NOW.plusSeconds(15)));
    assertThat(ann().subscribed()).containsEntry(Channel.WHATSAPP, true);
  }

  @Test
  default void peopleAreFoundByWhatTheirNamesBeginWith() {
    appendAndSettle(
        store(),
        profile("ann", "{\"Name\":\"Ann Lee\",\"Phone\":\"+919876543210\"}", NOW),
        profile("bob", "{\"Name\":\"Bob\",\"Email\":\"Anton@example.org\"}", NOW));

    assertThat(found("an", 10)).hasSize(2);
    assertThat(found("ANN", 10)).containsExactly(ann());
    assertThat(found("+91 98765", 10)).containsExactly(ann());
    assertThat(found("0091 (98765) 43210", 10)).containsExactly(ann());
    assertThat(found("91-98765-43210", 10)).containsExactly(ann());
    assertThat(found("ANTON@example", 10)).hasSize(1);
    assertThat(found("an", 1)).hasSize(1);
    assertThat(found("%", 10)).isEmpty();
  }

  @Test
  default void peopleAreFoundByPropertiesAsRulesCompareThem() {
    appendAndSettle(
        store(),
        profile("ann", "{\"City\":\"Pune\",\"Age\":30,\"Since\":\"2026-01-05\"}", NOW),
        profile("bob", "{\"City\":\"Delhi\",\"Age\":\"30\",\"Vip\":true}", NOW),
        profile("a=b", "{}", NOW));

    assertThat(found("City = pUNE", 10)).containsExactly(ann());
    assertThat(found("Age=30", 10)).hasSize(2);
    assertThat(found("Age = \"30\"", 10)).doesNotContain(ann()).hasSize(1);
    assertThat(found("Age >= 30", 10)).containsExactly(ann());
    assertThat(found("Since < 2026-01-06", 10)).containsExactly(ann());
    assertThat(found("Vip = true", 10)).hasSize(1);
    assertThat(found("City != Pune", 10)).hasSize(2);
    assertThat(found("a=b", 10)).extracting(one -> one.identity().value()).containsExactly("a=b");
  }

  @Test
  default void foundPeopleComeInPagesAndNoOneTwice() {
    for (int i = 0; i < 7; i++) {
      String name = i % 3 == 0 ? "{}" : "{\"Name\":\"Ann " + i % 2 + "\"}";
      appendAndSettle(store(), profile("ann" + i, name, NOW));
    }
    List<Person> all = found("ann", 100);
    List<Person> paged = new ArrayList<>();
    PeoplePlace after = null;
    do {
      List<Person> page = store().searchPeople(search("ann", after, 2));
      paged.addAll(page);
      after =
          page.isEmpty() ? null : PeoplePlace.ofWord(page.getLast().place().word()).orElseThrow();
    } while (after != null);

    assertThat(paged).isEqualTo(all).hasSize(7);
  }

  @Test
  default void consentSaysSinceWhenAndBecauseOfWhat() {
    appendAndSettle(
        store(),
        profile("ann", "{\"Phone\":\"+919876543210\",\"MSG-sms\":false}", NOW),
        new Entry.IncomingMessage(
            7, Channel.WHATSAPP, "m", "919876543210", NOW, NOW, null, "text", "STOP", 0, true),
        new Entry.Consent(Channel.WHATSAPP, "919876543210", false, NOW),
        new Entry.Consent(Channel.WHATSAPP, "919876543210", false, NOW.plusSeconds(9)));

    assertThat(store().consents(Identity.user("ann").key()))
        .containsExactlyInAnyOrder(
            new ChannelConsent(Channel.PUSH, true, ConsentSource.NOTHING, null),
            new ChannelConsent(Channel.SMS, false, ConsentSource.PROFILE, NOW),
            new ChannelConsent(Channel.WHATSAPP, false, ConsentSource.MESSAGE, NOW));
  }

  private List<Person> found(String text, int limit) {
    return store().searchPeople(search(text, null, limit));
  }

  private static PeopleSearch search(String text, @Nullable PeoplePlace after, int limit) {
    return new SearchReader().read(text, new Evaluation(NOW, FactEntries.ZONE), after, limit);
  }

  private Person ann() {
    return store().person(Identity.user("ann")).orElseThrow();
  }
}
