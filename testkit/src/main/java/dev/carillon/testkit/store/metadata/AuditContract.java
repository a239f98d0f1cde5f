package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.access.AuditPage;
import dev.carillon.engine.port.access.AuditPlace;
import dev.carillon.engine.port.access.AuditQuery;
import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.testkit.store.StoreKit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of the audit log must do. */
public interface AuditContract<S extends AuditStore> extends StoreKit<S> {

  Instant LATER = NOW.plusSeconds(60);

  @Test
  default void theAuditLogShowsTheLatestFirst() {
    Actor meera = Actor.login("meera");
    Actor anil = Actor.login("anil");
    store().audit(NOW, meera, "login", "meera", null);
    store().audit(NOW, meera, "campaign.launch", "campaign 7", "now");
    store().audit(NOW, anil, "login", "anil", null);

    assertThat(another().auditLog(2))
        .containsExactly(
            new AuditEntry(NOW, anil, "login", "anil", null),
            new AuditEntry(NOW, meera, "campaign.launch", "campaign 7", "now"));
    assertThat(store().auditLog(100)).hasSize(3);
  }

  @Test
  default void whoeverActsUnderOneNameIsToldApart() {
    List<Actor> actors =
        List.of(
            Actor.login("meera"),
            Actor.apiKey(3, "meera"),
            Actor.apiKey(4, "meera"),
            Actor.COMMAND_LINE,
            Actor.SYSTEM,
            Actor.ANONYMOUS);
    actors.forEach(actor -> store().audit(NOW, actor, "campaign.stop", "7", null));

    assertThat(another().auditLog(10).reversed())
        .extracting(AuditEntry::who)
        .containsExactlyElementsOf(actors);
  }

  @Test
  default void theAuditLogIsReadByWhoWhatAndWhen() {
    Actor meera = Actor.login("meera");
    store().audit(NOW, meera, "campaign.launch", "1", null);
    store().audit(NOW, Actor.login("anil"), "campaign", "2", null);
    store().audit(LATER, meera, "campaigns.other", "3", null);
    store().audit(LATER.plusSeconds(1), meera, "people.read", "4", null);
    store().audit(NOW.minusSeconds(1), meera, "people.read", "noted later", null);

    assertThat(subjects(new AuditQuery(null, null, "meera", null, null, 9)))
        .containsExactly("4", "3", "1", "noted later");
    assertThat(subjects(new AuditQuery(null, null, "Meera", null, null, 9))).isEmpty();
    assertThat(subjects(new AuditQuery(null, null, null, "campaign", null, 9)))
        .containsExactly("2", "1");
    assertThat(subjects(new AuditQuery(null, null, null, "people.read", null, 9)))
        .containsExactly("4", "noted later");
    assertThat(subjects(new AuditQuery(NOW, LATER, null, null, null, 9))).containsExactly("2", "1");
    assertThat(subjects(new AuditQuery(LATER, null, "meera", "people", null, 9)))
        .containsExactly("4");
  }

  @Test
  default void theAuditLogIsReadPageByPage() {
    for (int i = 0; i < 25; i++) {
      store().audit(NOW.plusSeconds(i / 5), Actor.SYSTEM, "a", Integer.toString(i), null);
    }
    List<String> paged = new ArrayList<>();
    AuditQuery query = AuditQuery.latest(4);
    AuditPage page;
    do {
      page = another().auditPage(query);
      page.entries().forEach(entry -> paged.add(entry.subject()));
      AuditPlace next = page.next();
      query = query.from(next == null ? null : AuditPlace.ofWord(next.word()).orElseThrow());
    } while (page.next() != null);

    assertThat(paged).isEqualTo(subjects(AuditQuery.latest(25))).hasSize(25);
    assertThat(store().auditPage(AuditQuery.latest(25)).next()).isNull();
  }

  private List<String> subjects(AuditQuery query) {
    return another().auditPage(query).entries().stream().map(AuditEntry::subject).toList();
  }
}
