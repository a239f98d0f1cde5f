package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.event;
import static dev.carillon.testkit.store.FactEntries.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.audience.Suggestion;
import dev.carillon.engine.port.audience.SuggestionStore;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.testkit.store.FactStoreKit;
import org.junit.jupiter.api.Test;

/** What every store must suggest to people who write rules; exact while there is little. */
public interface SuggestionContract<S extends EntryJournal & PeopleStore & SuggestionStore>
    extends FactStoreKit<S> {

  @Test
  default void namesAndValuesAreSuggestedMostFrequentFirst() {
    appendAndSettle(
        store(),
        profile("a", "{\"city\":\"Pune\",\"tags\":[\"x\",\"y\"],\"a.b/c~d\":1}", NOW),
        profile("b", "{\"city\":\"Pune\",\"CITIZEN\":true,\"tags\":[\"x\"]}", NOW),
        profile("c", "{\"city\":\"Delhi\",\"since\":\"$D_1700000000\",\"none\":null}", NOW),
        event(Identity.user("a"), "Charged", "{\"Amount\":5.5,\"Item\":\"it's\"}", 1, NOW),
        event(Identity.user("b"), "Charged", "{\"Amount\":7}", 2, NOW),
        event(Identity.user("c"), "it's \"odd\"", "{}", 3, NOW));

    assertThat(store().suggestProperties("ci", 9))
        .containsExactly(
            new Suggestion("city", "text", 3), new Suggestion("CITIZEN", "boolean", 1));
    assertThat(store().suggestProperties("", 9))
        .contains(
            new Suggestion("tags", "list", 2),
            new Suggestion("since", "date", 1),
            new Suggestion("a.b/c~d", "number", 1))
        .noneMatch(suggestion -> suggestion.text().equals("none"));
    assertThat(store().suggestProperties("", 1)).hasSize(1);
    assertThat(store().suggestEvents("", 9))
        .containsExactly(
            new Suggestion("Charged", null, 2), new Suggestion("it's \"odd\"", null, 1));
    assertThat(store().suggestEvents("CHA", 9)).hasSize(1);
    assertThat(store().suggestEventProperties("Charged", "", 9))
        .containsExactly(new Suggestion("Amount", "number", 2), new Suggestion("Item", "text", 1));
    assertThat(store().suggestEventProperties("never", "", 9)).isEmpty();
    assertThat(store().suggestValues(null, "city", "", 9))
        .containsExactly(new Suggestion("Pune", "text", 2), new Suggestion("Delhi", "text", 1));
    assertThat(store().suggestValues(null, "city", "de", 9)).hasSize(1);
    assertThat(store().suggestValues(null, "tags", "", 9))
        .containsExactly(new Suggestion("x", "text", 2), new Suggestion("y", "text", 1));
    assertThat(store().suggestValues(null, "a.b/c~d", "", 9))
        .containsExactly(new Suggestion("1", "number", 1));
    assertThat(store().suggestValues("Charged", "Item", "", 9))
        .containsExactly(new Suggestion("it's", "text", 1));
    assertThat(store().suggestValues("it's \"odd\"", "Item", "", 9)).isEmpty();
  }
}
