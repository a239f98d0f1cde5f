package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.port.work.RecentSends;
import dev.carillon.engine.port.work.RecentSends.Send;
import dev.carillon.testkit.store.FactEntries;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of messages must know of what users were sent lately. */
public interface RecentSendsContract<S extends EntryJournal & PlanningStore & MessageStore>
    extends FactStoreKit<S> {

  @Test
  default void recentSendsAreThoseThatWereSentOrMayHaveBeen() {
    appendAndSettle(store(), users(8));
    FactEntries.plan(store(), 1, 0, null);
    FactEntries.plan(store(), 2, 0, null);
    Instant later = NOW.plusSeconds(600);
    appendAndSettle(
        store(),
        fact(1, 0, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 0, FactKind.ACCEPTED, null, "a", later),
        fact(1, 1, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 1, FactKind.REFUSED, "131026", NOW),
        fact(1, 2, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 2, FactKind.RETURNED, "1", NOW),
        fact(1, 3, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 3, FactKind.RETURNED, "1", NOW),
        fact(1, 3, FactKind.ATTEMPTED, "2", later),
        fact(1, 4, FactKind.ATTEMPTED, "1", NOW),
        fact(1, 4, FactKind.REFUSED, "131026", NOW),
        fact(1, 4, FactKind.RECEIPT_SENT, null, NOW),
        fact(1, 5, FactKind.SUPPRESSED, "stopped", NOW));

    assertThat(sends(2, NOW.minusSeconds(1)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                user(1, 0), List.of(new Send(new MessageRef(1, 0), 1, later)),
                user(1, 3), List.of(new Send(new MessageRef(1, 3), 1, later)),
                user(1, 4), List.of(new Send(new MessageRef(1, 4), 1, NOW))));
    assertThat(sends(2, NOW).keySet()).containsExactlyInAnyOrder(user(1, 0), user(1, 3));
    assertThat(sends(2, later)).isEmpty();
    assertThat(store().recentSends(2, 0, 8, Channel.SMS, NOW.minusSeconds(1)).sends()).isEmpty();
  }

  @Test
  default void ghostSendsAreRecentSendsToo() {
    appendAndSettle(store(), users(4));
    FactEntries.plan(store(), 1, 99, null);
    FactEntries.plan(store(), 2, 0, null);
    Outgoing control =
        store().outgoing(1, 0, 4).stream().filter(Outgoing::control).findFirst().orElseThrow();
    appendAndSettle(store(), fact(1, control.seq(), FactKind.GHOST_SENT, null, NOW));
    assertThat(sends(2, NOW.minusSeconds(1)))
        .containsExactly(
            Map.entry(
                control.identity().key(),
                List.of(new Send(new MessageRef(1, control.seq()), 1, NOW))));
  }

  @Test
  default void onlyTheUsersOfTheChunkAreLookedAt() {
    appendAndSettle(store(), users(20));
    FactEntries.plan(store(), 1, 0, null);
    FactEntries.plan(store(), 2, 0, null);
    appendAndSettle(
        store(),
        IntStream.range(0, 20)
            .mapToObj(seq -> fact(1, seq, FactKind.ATTEMPTED, "1", NOW))
            .toList());
    RecentSends some = store().recentSends(2, 5, 9, Channel.WHATSAPP, NOW.minusSeconds(1));
    assertThat(store().users(2, 5, 9)).isEqualTo(some.users());
    assertThat(some.users().keySet()).containsExactlyInAnyOrder(5, 6, 7, 8);
    assertThat(some.sends().keySet()).isEqualTo(new HashSet<>(some.users().values()));
    assertThat(some.users().get(5)).isEqualTo(user(2, 5));
  }

  private Map<Long, List<Send>> sends(int campaign, Instant since) {
    return store().recentSends(campaign, 0, 100, Channel.WHATSAPP, since).sends();
  }

  private long user(int campaign, int seq) {
    return store().outgoing(campaign, seq, seq + 1).getFirst().identity().key();
  }
}
