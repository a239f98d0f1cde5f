package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.access.AccessStore;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.ApiKey;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.access.AuditPage;
import dev.carillon.engine.port.access.AuditPlace;
import dev.carillon.engine.port.access.AuditQuery;
import dev.carillon.engine.port.access.Login;
import dev.carillon.engine.port.access.PlaceKind;
import dev.carillon.testkit.store.StoreKit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of logins, API keys and the audit log must do. */
public interface AccessStoreContract<S extends AccessStore> extends StoreKit<S> {

  Instant LATER = NOW.plusSeconds(60);

  @Test
  default void aLoginIsCreatedReplacedAndDeleted() {
    assertThat(store().login("meera")).isEmpty();
    store().putLogin("meera", "hash-1", "viewer", NOW);
    store().putLogin("meera", "hash-2", "admin", LATER);
    store().putLogin("anil", "hash-3", "marketer", LATER);

    Login meera = new Login("meera", "hash-2", "admin", NOW);
    assertThat(another().login("meera")).contains(meera);
    assertThat(store().logins())
        .containsExactly(new Login("anil", "hash-3", "marketer", LATER), meera);
    assertThat(store().login("MEERA")).isEmpty();

    assertThat(store().deleteLogin("meera")).isTrue();
    assertThat(store().deleteLogin("meera")).isFalse();
    assertThat(store().login("meera")).isEmpty();
  }

  @Test
  default void onlyAPasswordThatIsThereIsReplaced() {
    assertThat(store().setPassword("meera", "hash-2")).isFalse();
    assertThat(store().logins()).isEmpty();
    store().putLogin("meera", "hash-1", "viewer", NOW);

    assertThat(store().setPassword("meera", "hash-2")).isTrue();
    assertThat(another().login("meera")).contains(new Login("meera", "hash-2", "viewer", NOW));
  }

  @Test
  default void fromWhereALoginHasSignedInIsKnownUntilItExpires() {
    store().putKnownPlace("meera", PlaceKind.BROWSER, "b-1", LATER, 9);
    assertThat(store().isKnownPlace("meera", PlaceKind.BROWSER, "b-1", NOW)).isFalse();
    store().putLogin("meera", "hash", "viewer", NOW);
    store().putLogin("anil", "hash", "viewer", NOW);
    store().putKnownPlace("meera", PlaceKind.BROWSER, "b-1", NOW, 9);
    store().putKnownPlace("meera", PlaceKind.BROWSER, "b-1", LATER, 9);

    assertThat(another().isKnownPlace("meera", PlaceKind.BROWSER, "b-1", NOW)).isTrue();
    assertThat(store().isKnownPlace("meera", PlaceKind.BROWSER, "b-1", LATER)).isFalse();
    assertThat(store().isKnownPlace("meera", PlaceKind.ADDRESS, "b-1", NOW)).isFalse();
    assertThat(store().isKnownPlace("anil", PlaceKind.BROWSER, "b-1", NOW)).isFalse();

    store().deleteKnownPlace("meera", PlaceKind.BROWSER, "b-1");
    assertThat(store().isKnownPlace("meera", PlaceKind.BROWSER, "b-1", NOW)).isFalse();
  }

  @Test
  default void placesAreBoundedForEachLoginAndKind() {
    store().putLogin("meera", "hash", "viewer", NOW);
    store().putLogin("anil", "hash", "viewer", NOW);
    store().putKnownPlace("meera", PlaceKind.ADDRESS, "a", LATER, 2);
    store().putKnownPlace("anil", PlaceKind.BROWSER, "b", LATER, 2);
    for (int i = 1; i <= 3; i++) {
      store().putKnownPlace("meera", PlaceKind.BROWSER, "b-" + i, LATER.plusSeconds(i), 2);
    }
    store().putKnownPlace("meera", PlaceKind.BROWSER, "soon", LATER, 2);

    assertThat(store().isKnownPlace("meera", PlaceKind.BROWSER, "b-1", NOW)).isFalse();
    assertThat(store().isKnownPlace("meera", PlaceKind.BROWSER, "b-2", NOW)).isFalse();
    assertThat(store().isKnownPlace("meera", PlaceKind.BROWSER, "b-3", NOW)).isTrue();
    assertThat(store().isKnownPlace("meera", PlaceKind.BROWSER, "soon", NOW)).isTrue();
    assertThat(store().isKnownPlace("meera", PlaceKind.ADDRESS, "a", NOW)).isTrue();
    assertThat(store().isKnownPlace("anil", PlaceKind.BROWSER, "b", NOW)).isTrue();

    store().deleteLogin("meera");
    store().putLogin("meera", "hash", "viewer", NOW);
    assertThat(store().isKnownPlace("meera", PlaceKind.BROWSER, "b-3", NOW)).isFalse();
  }

  @Test
  default void anApiKeyIsFoundByItsHash() {
    store().putApiKey("uploads", "hash-1", "ck_abc", Set.of("data:write", "people:read"), NOW);
    store().putApiKey("none", "hash-2", "ck_def", Set.of(), NOW);

    ApiKey uploads = store().apiKey("hash-1").orElseThrow();
    assertThat(uploads)
        .isEqualTo(
            new ApiKey(
                uploads.id(),
                "uploads",
                "ck_abc",
                Set.of("data:write", "people:read"),
                NOW,
                null,
                false));
    assertThat(store().apiKey("hash-2").orElseThrow().scopes()).isEmpty();
    assertThat(store().apiKey("HASH-1")).isEmpty();
    assertThat(another().apiKeys()).extracting(ApiKey::name).containsExactly("uploads", "none");
  }

  @Test
  default void theSameHashReplacesNameAndScopes() {
    store().putApiKey("old", "hash", "ck_abc", Set.of("data:write"), NOW);
    int id = store().apiKey("hash").orElseThrow().id();
    store().putApiKey("new", "hash", "ck_abc", Set.of("admin"), LATER);

    assertThat(store().apiKeys())
        .containsExactly(new ApiKey(id, "new", "ck_abc", Set.of("admin"), NOW, null, false));
  }

  @Test
  default void aRevokedKeyIsListedButNotFound() {
    store().putApiKey("uploads", "hash", "ck_abc", Set.of("data:write"), NOW);
    int id = store().apiKey("hash").orElseThrow().id();

    assertThat(store().revokeApiKey(id, LATER)).isTrue();
    assertThat(store().revokeApiKey(id, LATER.plusSeconds(1))).isFalse();
    assertThat(store().revokeApiKey(id + 1, LATER)).isFalse();
    assertThat(another().apiKey("hash")).isEmpty();
    assertThat(store().apiKeys())
        .containsExactly(
            new ApiKey(id, "uploads", "ck_abc", Set.of("data:write"), NOW, LATER, false));

    store().putApiKey("again", "hash", "ck_abc", Set.of("admin"), LATER);
    assertThat(store().apiKey("hash").orElseThrow().revokedAt()).isNull();
  }

  @Test
  default void aScopeIsOneWord() {
    assertThatThrownBy(
            () -> store().putApiKey("odd", "hash", "ck_abc", Set.of("data:write admin"), NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store().apiKeys()).isEmpty();
  }

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

  @Test
  default void anApiKeyMayRequireIdentityTokens() {
    store().putApiKey("page", "hash", "ck_abc", Set.of("data:append"), NOW);
    int id = store().apiKey("hash").orElseThrow().id();
    assertThat(store().apiKey("hash").orElseThrow().tokensRequired()).isFalse();

    assertThat(store().setTokensRequired(id, true)).isTrue();
    assertThat(another().apiKey("hash").orElseThrow().tokensRequired()).isTrue();
    assertThat(store().setTokensRequired(id + 1, true)).isFalse();
    store().revokeApiKey(id, LATER);
    assertThat(store().setTokensRequired(id, false)).isFalse();
  }
}
