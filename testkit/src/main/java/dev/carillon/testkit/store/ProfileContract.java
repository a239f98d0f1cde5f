package dev.carillon.testkit.store;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.Channel;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.Entry;
import dev.carillon.engine.port.PeopleStore.Person;
import org.junit.jupiter.api.Test;

/** What every store must do with what is said of users. */
interface ProfileContract extends FactStoreKit {

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

    assertThat(ann().phone()).isEqualTo("919876543210");
    assertThat(store().person(Identity.user("bob")).orElseThrow().phone()).isNull();
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
        profile("ann", "{\"Phone\":\"+5511987654321\"}", NOW),
        new Entry.Consent(Channel.WHATSAPP, "551187654321", false, NOW));
    assertThat(ann().subscribed()).containsEntry(Channel.WHATSAPP, true);

    appendAndSettle(
        store(), new Entry.AddressAlias(Channel.WHATSAPP, "551187654321", "5511987654321"));
    assertThat(ann().subscribed()).containsEntry(Channel.WHATSAPP, false);
  }

  @Test
  default void peopleAreFoundByWhatTheirNamesBeginWith() {
    appendAndSettle(
        store(),
        profile("ann", "{\"Name\":\"Ann Lee\",\"Phone\":\"+919876543210\"}", NOW),
        profile("bob", "{\"Name\":\"Bob\",\"Email\":\"Anton@example.org\"}", NOW));

    assertThat(store().searchPeople("an", 10)).hasSize(2);
    assertThat(store().searchPeople("ANN", 10)).containsExactly(ann());
    assertThat(store().searchPeople("+91 98765", 10)).containsExactly(ann());
    assertThat(store().searchPeople("an", 1)).hasSize(1);
    assertThat(store().searchPeople("%", 10)).isEmpty();
  }

  private Person ann() {
    return store().person(Identity.user("ann")).orElseThrow();
  }
}
