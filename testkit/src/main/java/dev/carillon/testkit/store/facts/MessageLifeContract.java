package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.user;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.engine.port.people.MessageLife;
import dev.carillon.engine.port.people.MessageLifeStore;
import dev.carillon.engine.port.people.MessagePerson;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.people.Timeline;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.testkit.store.FactStoreKit;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must know of what became of a message. */
public interface MessageLifeContract<
        S extends EntryJournal & PlanningStore & MessageLifeStore & LedgerStore & PeopleStore>
    extends FactStoreKit<S> {

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
}
