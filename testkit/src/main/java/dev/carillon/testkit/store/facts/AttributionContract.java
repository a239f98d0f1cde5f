package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.CONNECTION;
import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.PURCHASE;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.charged;
import static dev.carillon.testkit.store.FactEntries.click;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.phone;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.profile;
import static dev.carillon.testkit.store.FactEntries.reply;
import static dev.carillon.testkit.store.FactEntries.seqOf;
import static dev.carillon.testkit.store.FactEntries.status;
import static dev.carillon.testkit.store.FactEntries.user;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.AttributionStore;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.facts.Unattributed;
import dev.carillon.engine.port.ledger.RecountStore;
import dev.carillon.engine.port.people.MessageLifeStore;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.people.Timeline;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store must do with statuses and replies that do not carry our reference. */
public interface AttributionContract<
        S extends
            EntryJournal & PeopleStore & AttributionStore & PlanningStore & MessageLifeStore
                & RecountStore & MessageStore>
    extends FactStoreKit<S> {

  @Test
  default void aStatusIsMatchedByTheProvidersId() {
    appendAndSettle(store(), users(2));
    plan(store(), 1, 0, null);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 0, FactKind.ACCEPTED, null, "wamid.0", NOW),
        fact(1, 1, FactKind.ATTEMPTED, "1", NOW));
    appendAndSettle(
        store(),
        status("wamid.0", FactKind.RECEIPT_DELIVERED, NOW.plusSeconds(1)),
        status("wamid.1", FactKind.VIEWED, NOW.plusSeconds(1)),
        status("wamid.9", FactKind.VIEWED, NOW.plusSeconds(1)));
    assertThat(kinds(1, 0)).contains(FactKind.RECEIPT_DELIVERED);
    assertThat(kinds(1, 1)).containsExactly(FactKind.ATTEMPTED);

    appendAndSettle(reopened(), fact(1, 1, FactKind.ACCEPTED, null, "wamid.1", NOW));
    assertThat(kinds(1, 1)).contains(FactKind.VIEWED);
    assertThat(store().recount(1, ZONE).counts())
        .containsEntry("delivered", 2L)
        .containsEntry("viewed", 1L);
  }

  @Test
  default void aClickKeepsItsLinkAndItsIdUntilItsMessageIsKnown() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, null);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        click("wamid.0", 2, "click.1", NOW.plusSeconds(1), 0),
        click("wamid.0", 2, "click.1", NOW.plusSeconds(1), 1));
    appendAndSettle(
        reopened(),
        fact(1, 0, FactKind.ACCEPTED, null, "wamid.0", NOW),
        click("wamid.0", 3, "click.2", NOW.plusSeconds(2), 2));
    appendAndSettle(store(), click("wamid.0", 2, "click.1", NOW.plusSeconds(1), 3));

    assertThat(store().life(new MessageRef(1, 0)).orElseThrow().facts())
        .filteredOn(fact -> fact.kind() == FactKind.CLICKED)
        .extracting(fact -> fact.detail() + " " + fact.event())
        .containsOnly("2 click.1", "3 click.2");
    assertThat(store().recount(1, ZONE).counts()).containsEntry("clicked", 1L);
    assertThat(store().recount(1, ZONE).totals()).containsEntry("clicked", 2L);
  }

  @Test
  default void aReplyIsToTheLastMessageBeforeIt() {
    appendAndSettle(store(), users(1));
    for (int campaign = 1; campaign <= 3; campaign++) {
      plan(store(), campaign, 0, null);
      appendAndSettle(
          store(),
          fact(
              campaign,
              0,
              FactKind.ATTEMPTED,
              "1",
              NOW.plusSeconds(60L * campaign).plusMillis(900)));
    }
    appendAndSettle(
        store(),
        reply(phone(0), "before", NOW.plusSeconds(59), null),
        reply(phone(0), "sameSecond", NOW.plusSeconds(120), null),
        reply("4915112345678", "stranger", NOW.plusSeconds(500), null));

    assertThat(replies(1)).isEmpty();
    assertThat(replies(2)).containsExactly("sameSecond");
    assertThat(replies(3)).isEmpty();
    assertThat(store().recount(2, ZONE).totals()).containsEntry("replied", 1L);
  }

  @Test
  default void aRefusedMessageGetsNoReply() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, null);
    plan(store(), 2, 0, null);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(2, 0, FactKind.ATTEMPTED, "1", NOW.plusSeconds(60)));
    appendAndSettle(store(), reply(phone(0), "early", NOW.plusSeconds(61), null));
    appendAndSettle(store(), fact(2, 0, FactKind.REFUSED, "131026", NOW.plusSeconds(62)));
    appendAndSettle(store(), reply(phone(0), "late", NOW.plusSeconds(63), null));

    assertThat(replies(1)).containsExactlyInAnyOrder("early", "late");
    assertThat(store().recount(1, ZONE).totals()).containsEntry("replied", 2L);
    assertThat(store().recount(2, ZONE).counts()).containsEntry("replied", 0L);
    assertThat(store().recount(2, ZONE).totals()).containsEntry("replied", 0L);
  }

  @Test
  default void theFirstReplyOfAllGoesPastAMessageThatWasRefusedBefore() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, PURCHASE);
    plan(store(), 2, 0, PURCHASE);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(2, 0, FactKind.ATTEMPTED, "1", NOW.plusSeconds(60)));
    appendAndSettle(store(), charged(user(0), 1, NOW.plusSeconds(61), "5"));
    appendAndSettle(store(), fact(2, 0, FactKind.REFUSED, "131026", NOW.plusSeconds(62)));
    appendAndSettle(store(), reply(phone(0), "first", NOW.plusSeconds(63), null));

    assertThat(replies(1)).containsExactly("first");
    assertThat(replies(2)).isEmpty();
  }

  @Test
  default void aReplyNamesTheMessageItIsTo() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, null);
    plan(store(), 2, 0, null);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(2, 0, FactKind.ATTEMPTED, "1", NOW.plusSeconds(60)),
        reply(phone(0), "r", NOW.plusSeconds(90), "wamid.1"));
    assertThat(kinds(1, 0)).doesNotContain(FactKind.REPLIED_IN_CONTEXT);

    appendAndSettle(store(), fact(1, 0, FactKind.ACCEPTED, null, "wamid.1", NOW));
    assertThat(kinds(1, 0)).contains(FactKind.REPLIED_IN_CONTEXT).doesNotContain(FactKind.REPLIED);
    assertThat(replies(2)).containsExactly("r");
  }

  @Test
  default void aReplyFromAnotherNameOfTheAddressIsFound() {
    appendAndSettle(store(), profile("ann", "{\"Phone\":\"+919876543210\"}", NOW));
    plan(store(), 1, 0, null);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        reply("91876543210", "first", NOW.plusSeconds(5), null));
    assertThat(replies(1)).isEmpty();

    appendAndSettle(
        store(), new Entry.AddressAlias(Channel.WHATSAPP, "91876543210", "919876543210"));
    appendAndSettle(reopened(), reply("91876543210", "second", NOW.plusSeconds(9), null));
    assertThat(replies(1)).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  default void aReplyFromAnotherSpellingOfTheNumberIsFound() {
    appendAndSettle(store(), profile("ann", "{\"Phone\":\"+553187654321\"}", NOW));
    plan(store(), 1, 0, null);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        reply("553187654321", "short", NOW.plusSeconds(5), null),
        reply("5531987654321", "long", NOW.plusSeconds(6), null));
    assertThat(replies(1)).containsExactlyInAnyOrder("short", "long");
  }

  @Test
  default void whatOnlyHappenedIsNoReplyAndIsInTheTimeline() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, null);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 0, FactKind.ACCEPTED, null, "wamid.0", NOW),
        happened(phone(0), "in.1", NOW.plusSeconds(5), "wamid.0"),
        happened(phone(0), "in.1", NOW.plusSeconds(5), "wamid.0"));

    assertThat(kinds(1, 0)).containsExactly(FactKind.ATTEMPTED, FactKind.ACCEPTED);
    assertThat(
            store()
                .timeline(Identity.user(user(0)).key(), TimelineQuery.before(NOW.plusSeconds(9), 9))
                .entries()
                .getFirst())
        .isEqualTo(new Timeline.Incoming(NOW.plusSeconds(5), "reaction", "thumbs up"));
  }

  /** How a person without a phone number gets to be known. */
  enum Lesson {
    NUMBER,
    REFERENCE,
    PROVIDER_ID,
    CONTEXT,
    PARENT,
    CHANGED_ID
  }

  @ParameterizedTest
  @EnumSource
  default void aPersonWithoutANumberIsIdentifiedByCallbacks(Lesson lesson) {
    List<Entry> entries = new ArrayList<>(lesson(lesson));
    entries.add(reply("IN.1", "in.1", NOW.plusSeconds(5), null));
    entries.add(new Entry.Consent(Channel.WHATSAPP, "IN.1", false, NOW.plusSeconds(6), CONNECTION));
    for (int round = 0; round < 4; round++) {
      S store = another();
      appendAndSettle(store, users(2));
      plan(store, 1, 0, null);
      int seq = seqOf(store, 1, user(0));
      appendAndSettle(store, fact(1, seq, FactKind.ATTEMPTED, "1", NOW));
      List<Entry> order = new ArrayList<>(about(entries, seq));
      order.addAll(about(entries, seq).subList(0, round));
      Collections.shuffle(order, new Random(round));
      for (Entry entry : order) {
        appendAndSettle(store, entry);
      }

      assertThat(replies(store, seq)).as("%s", order).contains("in.1");
      assertThat(store.person(Identity.user(user(0))).orElseThrow().subscribed())
          .as("%s", order)
          .containsEntry(Channel.WHATSAPP, false);
      assertThat(store.person(Identity.user(user(1))).orElseThrow().subscribed())
          .containsEntry(Channel.WHATSAPP, true);
      assertThat(store.unattributed(CONNECTION)).isEqualTo(Unattributed.NONE);
      assertThat(store.recount(1, ZONE).totals()).containsEntry("replied", replies(lesson));
    }
  }

  private static long replies(Lesson lesson) {
    return lesson == Lesson.CONTEXT ? 2 : 1;
  }

  private static List<Entry> lesson(Lesson lesson) {
    Entry accepted = fact(1, 0, FactKind.ACCEPTED, null, "wamid.1", NOW);
    return switch (lesson) {
      case NUMBER -> List.of(new Entry.AddressAlias(Channel.WHATSAPP, "IN.1", phone(0)));
      case REFERENCE ->
          List.of(new Entry.MessageRecipient(Channel.WHATSAPP, "IN.1", new MessageRef(1, 0), null));
      case PROVIDER_ID ->
          List.of(accepted, new Entry.MessageRecipient(Channel.WHATSAPP, "IN.1", null, "wamid.1"));
      case CONTEXT -> List.of(accepted, reply("IN.1", "in.0", NOW.plusSeconds(4), "wamid.1"));
      case PARENT ->
          List.of(
              new Entry.AddressAlias(Channel.WHATSAPP, "IN.ENT.1", "IN.1"),
              new Entry.AddressAlias(Channel.WHATSAPP, "IN.ENT.1", phone(0)));
      case CHANGED_ID ->
          List.of(
              new Entry.AddressAlias(Channel.WHATSAPP, "IN.0", phone(0)),
              new Entry.AddressAlias(Channel.WHATSAPP, "IN.1", "IN.0"),
              new Entry.AddressChange(Channel.WHATSAPP, "IN.0", "IN.1", NOW.plusSeconds(3)));
    };
  }

  /** The entries with the number that the message has in this store. */
  private static List<Entry> about(List<Entry> entries, int seq) {
    return entries.stream()
        .map(
            entry ->
                switch (entry) {
                  case Entry.OfFact(Fact fact) ->
                      fact(1, seq, fact.kind(), fact.detail(), fact.event(), fact.at());
                  case Entry.MessageRecipient(
                          Channel channel,
                          String name,
                          MessageRef ref,
                          String id)
                      when ref != null ->
                      new Entry.MessageRecipient(channel, name, new MessageRef(1, seq), id);
                  default -> entry;
                })
        .toList();
  }

  @Test
  default void whoIsNotKnownIsCounted() {
    appendAndSettle(
        store(),
        reply("IN.9", "in.1", NOW, null),
        reply("IN.9", "in.1", NOW, null),
        new Entry.Consent(Channel.WHATSAPP, "IN.9", false, NOW, CONNECTION),
        new Entry.Consent(Channel.WHATSAPP, "IN.8", true, NOW, CONNECTION));

    assertThat(store().unattributed(CONNECTION)).isEqualTo(new Unattributed(1, 1));
    assertThat(store().unattributed(CONNECTION + 1)).isEqualTo(Unattributed.NONE);
    assertThat(reopened().unattributed(CONNECTION)).isEqualTo(new Unattributed(1, 1));
  }

  @Test
  default void consentIsCarriedOnToTheNewNumberInAnyOrder() {
    List<Entry> entries =
        List.of(
            new Entry.Consent(Channel.WHATSAPP, phone(0), false, NOW),
            new Entry.AddressChange(Channel.WHATSAPP, phone(0), phone(1), NOW.plusSeconds(5)),
            new Entry.AddressChange(Channel.WHATSAPP, phone(1), phone(2), NOW.plusSeconds(9)),
            // by the next owners of the numbers
            new Entry.Consent(Channel.WHATSAPP, phone(0), true, NOW.plusSeconds(20)),
            new Entry.Consent(Channel.WHATSAPP, phone(3), false, NOW.plusSeconds(20)),
            new Entry.AddressChange(Channel.WHATSAPP, phone(3), phone(0), NOW.plusSeconds(19)));
    for (int round = 0; round < 5; round++) {
      S store = another();
      appendAndSettle(store, users(4));
      List<Entry> order = new ArrayList<>(entries);
      order.addAll(entries);
      Collections.shuffle(order, new Random(round));
      order.forEach(entry -> appendAndSettle(store, entry));

      List<Boolean> subscribed = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        subscribed.add(
            store.person(Identity.user(user(i))).orElseThrow().subscribed().get(Channel.WHATSAPP));
      }
      assertThat(subscribed).as("round %s", round).containsExactly(true, false, false, false);
    }
  }

  private static Entry happened(String from, String id, Instant at, @Nullable String context) {
    return new Entry.IncomingMessage(
        CONNECTION, Channel.WHATSAPP, id, from, at, at, context, "reaction", "thumbs up", 0, false);
  }

  private List<String> replies(S store, int seq) {
    return store.life(new MessageRef(1, seq)).orElseThrow().facts().stream()
        .filter(fact -> fact.kind() == FactKind.REPLIED)
        .map(fact -> String.valueOf(fact.event()))
        .toList();
  }

  private List<FactKind> kinds(int campaign, int seq) {
    return store().life(new MessageRef(campaign, seq)).orElseThrow().facts().stream()
        .map(Fact::kind)
        .toList();
  }

  private List<String> replies(int campaign) {
    return store().life(new MessageRef(campaign, 0)).orElseThrow().facts().stream()
        .filter(fact -> fact.kind() == FactKind.REPLIED)
        .map(fact -> String.valueOf(fact.event()))
        .toList();
  }
}
