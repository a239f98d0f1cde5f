package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.charged;
import static dev.carillon.testkit.store.FactEntries.event;
import static dev.carillon.testkit.store.FactEntries.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.facts.FactStoreState;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.people.PeopleTotals;
import dev.carillon.engine.port.people.Timeline;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every store must do with events and with appending itself. */
public interface EntryContract<S extends EntryJournal & PeopleStore & FactStoreState>
    extends FactStoreKit<S> {

  @Test
  default void anEventCanBeReadWithTheUserWhoDidIt() {
    appendAndSettle(store(), charged("ann", 1, NOW, "12.5"));

    long key = Identity.user("ann").key();
    assertThat(store().timeline(key, TimelineQuery.before(NOW.plusSeconds(1), 10)).entries())
        .containsExactly(new Timeline.Did(NOW, "Charged", "{\"Amount\":12.5}"));
    assertThat(store().person(Identity.user("ann"))).isPresent();
    assertThat(store().totals()).isEqualTo(new PeopleTotals(1, 1));
    assertThat(store().backlog()).isZero();
  }

  @Test
  default void anEventTwiceIsOneEvent() {
    Entry one = charged("ann", 1, NOW, "1");
    appendAndSettle(store(), one, one);
    appendAndSettle(store(), one);
    appendAndSettle(store(), charged("ann", 1, NOW.plusSeconds(86_400), "1"), one);
    appendAndSettle(reopened(), one, charged("ann", 2, NOW, "1"));

    assertThat(store().totals().events()).isEqualTo(2);
  }

  @Test
  default void aKeyOfAnotherIdentityIsRefused() {
    appendAndSettle(store(), profile("ann", "{\"Name\":\"Ann\"}", NOW));
    long key = Identity.user("ann").key();
    appendAndSettle(
        store(),
        new Entry.OfEvent(new UserEvent(Identity.user("eve"), key, "Charged", "{}", 9, NOW, NOW)),
        new Entry.OfProfile(
            new dev.carillon.core.user.ProfileChange(
                Identity.user("eve"), key, "{\"Name\":\"Eve\"}", NOW.plusSeconds(1), NOW)));

    assertThat(store().totals()).isEqualTo(new PeopleTotals(1, 0));
    assertThat(store().person(Identity.user("ann")).orElseThrow().properties())
        .isEqualTo("{\"Name\":\"Ann\"}");
    assertThat(store().person(Identity.user("eve"))).isEmpty();
  }

  @Test
  default void propertiesOfAnyKindComeBackAsTheyWere() {
    String properties =
        "{\"a.b\":\"it's \\\"so\\\"\",\"\\u0000\":[1,2.50,true],\"emoji\":\"\uD83D\uDD14\",\"d\":\"$D_1\"}";
    appendAndSettle(store(), event(Identity.user("ann"), "x;--", properties, 1, NOW));

    assertThat(
            store()
                .timeline(Identity.user("ann").key(), TimelineQuery.before(NOW.plusSeconds(1), 1))
                .entries())
        .containsExactly(new Timeline.Did(NOW, "x;--", properties));
  }

  @Test
  default void halvesOfSurrogatePairsDoNoHarm() {
    appendAndSettle(
        store(),
        event(
            Identity.user("ann"),
            "x",
            "{\"a\":\"\\ud83d \\udd14\",\"b\":\"\\ud83d\\udd14\"}",
            1,
            NOW),
        profile("\uD83D", "{\"\\ud83d\":\"\\udd14\"}", NOW));

    assertThat(store().totals()).isEqualTo(new PeopleTotals(2, 1));
    Timeline.Entry entry =
        store()
            .timeline(Identity.user("ann").key(), TimelineQuery.before(NOW.plusSeconds(1), 1))
            .entries()
            .getFirst();
    assertThat(entry)
        .isEqualTo(
            new Timeline.Did(NOW, "x", "{\"a\":\"\\ufffd \\ufffd\",\"b\":\"\\ud83d\\udd14\"}"));
  }

  @Test
  default void theTimelineIsCutByTimeAndLength() {
    List<Entry> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(charged("ann", i, NOW.plusSeconds(i), String.valueOf(i)));
    }
    appendAndSettle(store(), events);

    assertThat(
            store()
                .timeline(Identity.user("ann").key(), TimelineQuery.before(NOW.plusSeconds(10), 3))
                .entries())
        .extracting(Timeline.Entry::at)
        .containsExactly(NOW.plusSeconds(9), NOW.plusSeconds(8), NOW.plusSeconds(7));
  }

  @Test
  default void manyMayAppendAtOnce() throws Exception {
    int threads = 8;
    int each = 50;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<java.util.concurrent.Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * each;
        all.add(
            executor.submit(
                () -> {
                  for (int i = first; i < first + each; i++) {
                    store().append(List.of(charged("user" + i % 7, i, NOW, "1")));
                  }
                }));
      }
      for (java.util.concurrent.Future<?> one : all) {
        one.get();
      }
    }
    store().settle();
    assertThat(store().totals()).isEqualTo(new PeopleTotals(7, (long) threads * each));
  }

  @Test
  default void nothingIsLostByClosing() {
    List<Entry> events = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      events.add(charged("user" + i % 10, i, Instant.ofEpochSecond(i), "1"));
    }
    store().append(events);
    reopened().settle();

    assertThat(store().totals()).isEqualTo(new PeopleTotals(10, 1000));
  }
}
