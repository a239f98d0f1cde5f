package dev.carillon.testkit.store;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.phone;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.profile;
import static dev.carillon.testkit.store.FactEntries.reply;
import static dev.carillon.testkit.store.FactEntries.status;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must do with statuses and replies that do not carry our reference. */
public interface AttributionContract extends FactStoreKit {

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
    appendAndSettle(store(), profile("ann", "{\"Phone\":\"+5511987654321\"}", NOW));
    plan(store(), 1, 0, null);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        reply("551187654321", "first", NOW.plusSeconds(5), null));
    assertThat(replies(1)).isEmpty();

    appendAndSettle(
        store(), new Entry.AddressAlias(Channel.WHATSAPP, "551187654321", "5511987654321"));
    appendAndSettle(reopened(), reply("551187654321", "second", NOW.plusSeconds(9), null));
    assertThat(replies(1)).containsExactlyInAnyOrder("first", "second");
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
