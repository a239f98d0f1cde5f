package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.event;
import static dev.carillon.testkit.store.FactEntries.link;
import static dev.carillon.testkit.store.FactEntries.phone;
import static dev.carillon.testkit.store.FactEntries.profile;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.audience.CustomList;
import dev.carillon.core.audience.CustomList.Line;
import dev.carillon.core.audience.CustomList.MatchBy;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.NameTakenException;
import dev.carillon.engine.port.audience.AudienceMember;
import dev.carillon.engine.port.audience.AudienceStore;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.ListOrder;
import dev.carillon.engine.port.audience.ListRows;
import dev.carillon.engine.port.audience.ListStore;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.people.MessageLifeStore;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.testkit.store.FactStoreKit;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must do with custom lists. */
public interface ListContract<
        S extends
            EntryJournal & AudienceStore & ListStore & PlanningStore & MessageStore
                & MessageLifeStore>
    extends FactStoreKit<S> {

  @Test
  default void eachRowIsMatchedADuplicateUnknownOrMalformed() throws IOException {
    store().append(users(5));
    CustomList list =
        store()
            .createList(
                order("vip", MatchBy.IDENTITY),
                reader -> {
                  reader.row(2, "user1", null);
                  reader.row(3, "nobody", null);
                  reader.row(4, "user3", null);
                  reader.row(5, "user1", null);
                  reader.row(6, "", "the field is empty");
                  reader.row(7, "nobody", null);
                  reader.row(8, "Nobody", null);
                });

    assertThat(list.people()).isEqualTo(2);
    CustomList.Report report = list.report();
    assertThat(report.rows()).isEqualTo(7);
    assertThat(report.matched()).isEqualTo(2);
    assertThat(report.duplicates()).isEqualTo(2);
    assertThat(report.unknown()).isEqualTo(2);
    assertThat(report.unknownFirst()).containsExactly(new Line(3, "nobody"), new Line(8, "Nobody"));
    assertThat(report.malformed()).isEqualTo(1);
    assertThat(report.malformedFirst()).containsExactly(new Line(6, "the field is empty"));
    assertThat(members(store(), list.id())).containsExactlyInAnyOrder("user1", "user3");
  }

  @Test
  default void aListSurvivesAndKeepsItsName() throws IOException {
    store().append(users(3));
    int id = store().createList(order("Büro", MatchBy.IDENTITY), values("user0")).id();
    assertThatThrownBy(() -> store().createList(order("BÜRO", MatchBy.IDENTITY), values("user1")))
        .isInstanceOf(NameTakenException.class);

    S reopened = reopened();
    assertThat(reopened.lists()).extracting(CustomList::name).containsExactly("Büro");
    assertThat(reopened.list(id)).isEqualTo(reopened.lists().stream().findFirst());
    assertThat(members(reopened, id)).containsExactly("user0");
    assertThat(reopened.list(id + 1)).isEmpty();

    CustomList replaced =
        reopened
            .replaceList(id, order("ignored", MatchBy.IDENTITY), values("user1", "user2"))
            .orElseThrow();
    assertThat(replaced.name()).isEqualTo("Büro");
    assertThat(replaced.version()).isEqualTo(2);
    assertThat(members(reopened, id)).containsExactlyInAnyOrder("user1", "user2");
    assertThat(reopened.replaceList(id + 1, order("x", MatchBy.IDENTITY), values("user1")))
        .isEmpty();

    assertThat(reopened.deleteList(id)).isTrue();
    assertThat(reopened.deleteList(id)).isFalse();
    assertThat(members(reopened, id)).isEmpty();
    assertThat(reopened.createList(order("Büro", MatchBy.IDENTITY), values()).id())
        .isGreaterThan(id);
  }

  @Test
  default void aFileThatBreaksOffLeavesNothing() {
    store().append(users(2));
    assertThatThrownBy(
            () ->
                store()
                    .createList(
                        order("broken", MatchBy.IDENTITY),
                        reader -> {
                          reader.row(1, "user0", null);
                          throw new IOException("the connection broke");
                        }))
        .isInstanceOf(IOException.class);
    assertThat(store().lists()).isEmpty();
  }

  @Test
  default void peopleAreFoundByPhoneAndMail() throws IOException {
    store().append(users(3));
    appendAndSettle(store(), profile("mail", "{\"Email\":\"Asha@Example.org\"}", NOW));

    CustomList phones =
        store()
            .createList(
                order("phones", MatchBy.PHONE),
                values("+" + phone(1), "00" + phone(2), "+" + phone(9), "call me"));
    assertThat(members(store(), phones.id())).containsExactlyInAnyOrder("user1", "user2");
    assertThat(phones.report().unknown()).isEqualTo(1);
    assertThat(phones.report().malformed()).isEqualTo(1);

    CustomList mails =
        store()
            .createList(
                order("mails", MatchBy.EMAIL), values("ASHA@example.ORG", "b@example.org", "none"));
    assertThat(members(store(), mails.id())).containsExactly("mail");
    assertThat(mails.report().unknown()).isEqualTo(1);
    assertThat(mails.report().malformed()).isEqualTo(1);
  }

  @Test
  default void placesOnListsFollowUsersWhoAreJoined() throws IOException {
    Identity visitor = Identity.anonymous("visitor");
    Identity ann = Identity.user("ann");
    appendAndSettle(store(), event(visitor, "Viewed", "{}", 1, NOW), profile("ann", "{}", NOW));
    int both = store().createList(order("both", MatchBy.IDENTITY), values("visitor", "ann")).id();
    int one = store().createList(order("one", MatchBy.IDENTITY), values("visitor")).id();
    assertThat(store().list(both).orElseThrow().people()).isEqualTo(2);

    appendAndSettle(store(), link(visitor, ann));
    assertThat(members(store(), both)).containsExactly("ann");
    assertThat(members(store(), one)).containsExactly("ann");
    assertThat(store().list(both).orElseThrow().people()).isEqualTo(1);

    CustomList later =
        store().createList(order("later", MatchBy.IDENTITY), values("ann", "visitor"));
    assertThat(later.report().matched()).isEqualTo(1);
    assertThat(later.report().duplicates()).isEqualTo(1);
  }

  @Test
  default void peopleWhoFitComePageByPage() throws IOException {
    store().append(users(7));
    int id =
        store()
            .createList(order("some", MatchBy.IDENTITY), values("user0", "user2", "user4", "user6"))
            .id();
    Evaluation now = new Evaluation(NOW, ZONE);
    List<AudienceMember> first = store().members(new Rule.OnList(id), now, -1, 3);
    assertThat(first).hasSize(3).extracting(AudienceMember::userKey).isSorted();
    List<AudienceMember> rest =
        store().members(new Rule.OnList(id), now, first.getLast().userKey(), 3);
    assertThat(rest).hasSize(1);
    assertThat(rest).doesNotContainAnyElementsOf(first);
    assertThat(first.getFirst().name()).startsWith("Name ");
    assertThat(first.getFirst().endpoints().address(EndpointKind.PHONE)).startsWith("9198765");
    assertThat(store().estimate(new Rule.Not(new Rule.OnList(id)), now).total()).isEqualTo(3);
    assertThat(store().estimate(new Rule.OnList(99), now).total()).isZero();
  }

  private static ListOrder order(String name, MatchBy matchBy) {
    return new ListOrder(name, matchBy, "meera", NOW);
  }

  private static ListRows values(String... values) {
    return reader -> {
      for (int i = 0; i < values.length; i++) {
        reader.row(i + 1, values[i], null);
      }
    };
  }

  private List<String> members(S store, int list) {
    return store.members(new Rule.OnList(list), new Evaluation(NOW, ZONE), -1, 100).stream()
        .map(fitting -> fitting.identity().value())
        .toList();
  }
}
