package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.PURCHASE;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.charged;
import static dev.carillon.testkit.store.FactEntries.event;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.link;
import static dev.carillon.testkit.store.FactEntries.phone;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.profile;
import static dev.carillon.testkit.store.FactEntries.reply;
import static dev.carillon.testkit.store.FactEntries.seqOf;
import static dev.carillon.testkit.store.FactEntries.user;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.Unattributed;
import dev.carillon.engine.port.ledger.Recount;
import dev.carillon.engine.port.people.PeopleTotals;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.port.work.SendState;
import dev.carillon.testkit.store.FactStoreKit;
import dev.carillon.testkit.store.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What every store must do when a user is deleted. */
interface ErasureContract extends FactStoreKit<FactStore> {
  Identity ANN = Identity.user("ann");

  /** After everything that happened in these tests. */
  Instant DELETED = NOW.plus(Duration.ofDays(1));

  @Test
  default void nothingIsKnownOfADeletedUser() {
    Identity visitor = Identity.anonymous("visitor");
    appendAndSettle(
        store(),
        profile(ANN, "{\"Name\":\"Ann\",\"Phone\":\"+919876543210\"}", NOW),
        profile("bob", "{\"Name\":\"Bob\"}", NOW),
        charged("ann", 1, NOW, "5"),
        event(visitor, "Viewed", "{}", 2, NOW),
        link(visitor, ANN),
        new Entry.Consent(Channel.WHATSAPP, "919876543210", false, NOW),
        new Entry.Erasure(visitor, DELETED));

    assertThat(store().person(ANN)).isEmpty();
    assertThat(store().person(visitor)).isEmpty();
    assertThat(store().totals()).isEqualTo(new PeopleTotals(1, 0));
    assertThat(store().timeline(ANN.key(), TimelineQuery.before(DELETED, 9)).entries()).isEmpty();
  }

  @Test
  default void whatIsFromBeforeTheDeletionDoesNotBringTheUserBack() {
    Identity visitor = Identity.anonymous("visitor");
    List<Entry> before =
        List.of(
            profile(ANN, "{\"Name\":\"Ann\",\"Phone\":\"+919876543210\"}", NOW),
            charged("ann", 1, NOW, "5"),
            event(visitor, "Viewed", "{}", 2, NOW),
            link(visitor, ANN),
            new Entry.Consent(Channel.WHATSAPP, "919876543210", false, NOW),
            reply("919876543210", "in.1", NOW, null));
    appendAndSettle(store(), before);
    appendAndSettle(store(), new Entry.Erasure(ANN, DELETED));
    appendAndSettle(store(), before);
    appendAndSettle(reopened(), before);
    appendAndSettle(store(), charged("ann", 3, DELETED.minusSeconds(1), "5"));

    assertThat(store().totals()).isEqualTo(new PeopleTotals(0, 0));
    assertThat(store().dropped()).isEqualTo(13);
    assertThat(reopened().dropped()).isEqualTo(13);
  }

  @Test
  default void theProvidersIdsOfADeletedUserAreForgotten() {
    List<Entry> before =
        List.of(
            profile(ANN, "{\"Phone\":\"+919876543210\"}", NOW),
            new Entry.AddressAlias(Channel.WHATSAPP, "IN.ENT.1", "IN.1"),
            new Entry.AddressAlias(Channel.WHATSAPP, "IN.1", "919876543210"),
            new Entry.Consent(Channel.WHATSAPP, "IN.1", false, NOW, 7),
            reply("IN.ENT.1", "in.1", NOW, null));
    appendAndSettle(store(), before);
    appendAndSettle(store(), new Entry.Erasure(ANN, DELETED));
    appendAndSettle(reopened(), before);

    assertThat(store().unattributed(7)).isEqualTo(Unattributed.NONE);
    assertThat(store().dropped()).isEqualTo(before.size());
    appendAndSettle(store(), profile(ANN, "{\"Phone\":\"+919876543210\"}", DELETED.plusSeconds(9)));
    assertThat(store().person(ANN).orElseThrow().subscribed())
        .containsEntry(Channel.WHATSAPP, true);
  }

  @Test
  default void whoComesAgainAfterTheDeletionIsANewUser() {
    appendAndSettle(
        store(),
        profile(ANN, "{\"Name\":\"Ann\",\"Phone\":\"+919876543210\"}", NOW),
        new Entry.Consent(Channel.WHATSAPP, "919876543210", false, NOW),
        charged("ann", 1, NOW, "5"),
        new Entry.Erasure(ANN, DELETED),
        profile(ANN, "{\"Phone\":\"+919876543210\"}", DELETED.plusSeconds(9)));

    assertThat(store().person(ANN).orElseThrow().properties())
        .isEqualTo("{\"Phone\":\"+919876543210\"}");
    assertThat(store().person(ANN).orElseThrow().subscribed())
        .containsEntry(Channel.WHATSAPP, true);
    assertThat(store().totals()).isEqualTo(new PeopleTotals(1, 0));
  }

  @Test
  default void anIdentityWhoseKeyAnotherHasErasesNothingOfTheOther() {
    Identity bob = Identity.user("bob");
    appendAndSettle(
        store(),
        new Entry.OfProfile(
            new ProfileChange(
                bob, ANN.key(), "{\"Name\":\"Bob\",\"Phone\":\"+919876543210\"}", NOW, NOW)),
        new Entry.OfEvent(new UserEvent(bob, ANN.key(), "Viewed", "{}", 2, NOW, NOW)));
    plan(store(), 1, 0, null);
    appendAndSettle(
        store(),
        new Entry.Consent(Channel.WHATSAPP, "919876543210", false, NOW),
        new Entry.Erasure(ANN, DELETED));

    assertThat(store().totals()).isEqualTo(new PeopleTotals(1, 1));
    assertThat(store().users(1, 0, 1)).containsEntry(0, ANN.key());
    assertThat(store().consents(ANN.key())).isNotEmpty();
    appendAndSettle(store(), profile(ANN, "{}", NOW));
    assertThat(store().dropped()).as("what was said of the one who was deleted").isEqualTo(1);
  }

  @Test
  default void onlyWhatNamesADeletedUserIsTakenFromWhatCouldNotBeApplied() {
    appendAndSettle(
        store(),
        profile(ANN, "{\"Name\":\"Ann\"}", NOW),
        underAnnsKey("bob", 1),
        underAnnsKey("bobby", 2));
    assertThat(store().deadLetters()).isEqualTo(2);
    appendAndSettle(store(), new Entry.Erasure(Identity.user("bob"), DELETED));
    assertThat(store().deadLetters()).isEqualTo(1);
  }

  private static Entry underAnnsKey(String name, long eventId) {
    Identity identity = Identity.user(name);
    return new Entry.OfEvent(new UserEvent(identity, ANN.key(), "Viewed", "{}", eventId, NOW, NOW));
  }

  @Test
  default void theMessagesOfADeletedUserStayAnonymously() {
    appendAndSettle(store(), users(3));
    plan(store(), 1, 0, null);
    int sent = seqOf(store(), 1, user(0));
    int open = seqOf(store(), 1, user(1));
    appendAndSettle(
        store(),
        fact(1, sent, FactKind.ATTEMPTED, "1", NOW),
        fact(1, sent, FactKind.ACCEPTED, null, "wamid." + phone(0), NOW),
        reply(phone(0), "in.1", NOW.plusSeconds(5), null),
        new Entry.Erasure(Identity.user(user(0)), DELETED),
        new Entry.Erasure(Identity.user(user(1)), DELETED));

    Recount recount = store().recount(1, ZONE);
    assertThat(recount.counts())
        .containsEntry("sent", 1L)
        .containsEntry("replied", 1L)
        .containsEntry("suppressed", 1L)
        .containsEntry("pending", 1L);
    assertThat(store().outgoing(1, 0, 9))
        .extracting(Outgoing::state)
        .containsExactly(SendState.OPEN);
    assertThat(store().people(1, new int[] {sent, open}))
        .hasSize(2)
        .allMatch(one -> one.identity() == null && one.name() == null && one.address() == null);
    assertThat(store().life(new MessageRef(1, sent)).orElseThrow().facts())
        .noneMatch(one -> one.text() != null)
        .noneMatch(one -> ("" + one.event()).contains(phone(0)));
  }

  @Test
  default void aNumberThatSomebodyElseHasToKeepsItsConsent() {
    appendAndSettle(
        store(),
        profile(ANN, "{\"Phone\":\"+919876543210\"}", NOW),
        profile("bob", "{\"Phone\":\"+919876543210\"}", NOW),
        new Entry.Consent(Channel.WHATSAPP, "919876543210", false, NOW),
        new Entry.Erasure(ANN, DELETED));

    assertThat(store().person(Identity.user("bob")).orElseThrow().subscribed())
        .containsEntry(Channel.WHATSAPP, false);
  }

  @RepeatedTest(3)
  default void deletionChangesNoNumber(RepetitionInfo repetition) {
    long seed = 7_700L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<AnyOrderContract.Begun> messages = AnyOrderContract.prepared(store());
    List<Entry> entries = AnyOrderContract.history(random, messages);
    AnyOrderContract.appendAll(store(), entries, 30);
    for (int campaign = 1; campaign <= AnyOrderContract.CAMPAIGNS; campaign++) {
      store().snapshotLedger(campaign, ZONE);
    }
    List<Recount> before = AnyOrderContract.recounts(store());
    List<Numbers> ledgers = numbers(store());
    assertThat(before.getFirst().counts().get("converted")).isPositive();

    List<Entry> erasures = new ArrayList<>();
    for (int i = 0; i < AnyOrderContract.USERS; i += 1 + random.nextInt(3)) {
      erasures.add(new Entry.Erasure(Identity.user(user(i)), DELETED));
    }
    AnyOrderContract.appendAll(store(), erasures, 1 + random.nextInt(5));
    assertThat(AnyOrderContract.recounts(store())).as("seed %s, deleted", seed).isEqualTo(before);
    assertThat(numbers(store())).as("seed %s, deleted", seed).isEqualTo(ledgers);

    List<Entry> again = new ArrayList<>(users(AnyOrderContract.USERS));
    again.addAll(entries);
    again.addAll(erasures);
    Collections.shuffle(again, random);
    AnyOrderContract.appendAll(reopened(), again, 8 + random.nextInt(60));
    assertThat(AnyOrderContract.recounts(store())).as("seed %s, again", seed).isEqualTo(before);
    assertThat(numbers(store())).as("seed %s, again", seed).isEqualTo(ledgers);
    assertThat(store().totals().users()).isEqualTo(AnyOrderContract.USERS - erasures.size());
  }

  /** Sizes of sets in the ledger, which is read from a snapshot and from facts. */
  record Numbers(int converted, int replied, int delivered, int viewed, int clicked) {}

  private static List<Numbers> numbers(FactStore store) {
    List<Numbers> numbers = new ArrayList<>();
    for (int campaign = 1; campaign <= AnyOrderContract.CAMPAIGNS; campaign++) {
      var sets = store.loadLedger(campaign, ZONE).sets();
      numbers.add(
          new Numbers(
              sets.converted().all().getCardinality(),
              sets.replied().all().getCardinality(),
              sets.delivered().all().getCardinality(),
              sets.viewed().all().getCardinality(),
              sets.clicked().all().getCardinality()));
    }
    return numbers;
  }

  @RepeatedTest(4)
  default void aUserDeletedWhileARunIsPlannedIsInNoMessage(RepetitionInfo repetition) {
    long seed = 8_800L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int users = 3_000;
    appendAndSettle(store(), users(users));
    Set<Identity> deleted = new HashSet<>();
    while (deleted.size() < 20) {
      deleted.add(Identity.user(user(random.nextInt(users))));
    }
    Race.of(
        2,
        racer -> {
          if (racer == 0) {
            return plan(store(), 1, 0, null);
          }
          deleted.forEach(one -> store().append(List.of(new Entry.Erasure(one, DELETED))));
          return null;
        });
    store().settle();

    int planned = store().planned(1, 1).orElseThrow().count();
    int left = planned - (users - deleted.size());
    assertThat(store().outgoing(1, 0, planned))
        .as("seed %s", seed)
        .hasSize(users - deleted.size())
        .noneMatch(message -> deleted.contains(message.identity()));
    assertThat(store().people(1, IntStream.range(0, planned).toArray()))
        .as("seed %s", seed)
        .filteredOn(person -> person.identity() == null)
        .hasSize(left)
        .allMatch(person -> person.address() == null);
    assertThat(store().recount(1, ZONE).counts())
        .as("seed %s", seed)
        .containsEntry("planned", (long) planned)
        .containsEntry("suppressed", (long) left)
        .containsEntry("pending", (long) users - deleted.size());
  }

  @Test
  default void aConversionStaysWhenItsEventIsErased() {
    appendAndSettle(store(), users(1));
    plan(store(), 1, 0, PURCHASE);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 0, FactKind.ACCEPTED, null, "a", NOW),
        charged(user(0), 1, NOW.plusSeconds(60), "7.5"));
    Recount before = store().recount(1, ZONE);
    appendAndSettle(store(), new Entry.Erasure(Identity.user(user(0)), DELETED));

    assertThat(before.counts()).containsEntry("converted", 1L);
    assertThat(store().recount(1, ZONE)).isEqualTo(before);
    assertThat(store().totals()).isEqualTo(new PeopleTotals(0, 0));
  }
}
