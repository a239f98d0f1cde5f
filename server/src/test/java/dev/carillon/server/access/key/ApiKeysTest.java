package dev.carillon.server.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.ApiKey;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.login.SettableClock;
import dev.carillon.storage.sql.SqliteMetadataStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are shown once, kept as hashes, limited by scope, and end when they are revoked. */
class ApiKeysTest {
  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private MetadataStore store;
  private ApiKeys keys;

  @BeforeEach
  void open() {
    store = SqliteMetadataStore.open(folder.resolve("metadata.db"));
    keys = new ApiKeys(store, store, clock, new AuditLog(store, clock));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aKeysNameShowsAllThatItHas() {
    for (String name : List.of("a\u200bdmin", "\u202enimda", "admin\n", "ad\u0000min")) {
      assertThatThrownBy(
              () -> keys.create(name, EnumSet.of(Scope.CAMPAIGNS_READ), false, Actor.SYSTEM))
          .as("%s", name.codePoints().boxed().toList())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aKeyMayDoWhatItsScopesSay() {
    String key =
        keys.create("uploads", EnumSet.of(Scope.DATA_WRITE), false, Actor.login("meera")).key();

    assertThat(key).startsWith("ck_").hasSizeGreaterThan(43);
    assertThat(keys.caller(key))
        .contains(
            new Caller(
                Actor.apiKey(keys.list().getFirst().id(), "uploads"), Set.of(Scope.DATA_WRITE)));
    assertThat(allows(key, Scope.DATA_WRITE)).isTrue();
    assertThat(allows(key, Scope.REPORTS_READ)).isFalse();
    assertThat(
            keys.create("uploads", EnumSet.of(Scope.DATA_WRITE), false, Actor.login("meera")).key())
        .isNotEqualTo(key);
  }

  @Test
  void aKeyWithALoginsNameIsStillAKey() {
    String key =
        keys.create("meera", EnumSet.of(Scope.DATA_WRITE), false, Actor.login("meera")).key();

    Actor actor = keys.caller(key).orElseThrow().actor();
    assertThat(actor).isNotEqualTo(Actor.login("meera"));
    assertThat(actor.kind()).isEqualTo(Actor.Kind.API_KEY);
    assertThat(actor.keyId()).isEqualTo(keys.list().getFirst().id());
  }

  @Test
  void aKeyIsNotNamedLikeALogin() {
    store.putLogin("meera", "hash", "viewer", clock.instant());
    assertThatThrownBy(
            () -> keys.create("Meera ", EnumSet.of(Scope.DATA_WRITE), false, Actor.login("meera")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A login has this name");
    assertThat(keys.list()).isEmpty();
  }

  @Test
  void adminBringsAllScopes() {
    String key = keys.create("root", EnumSet.of(Scope.ADMIN), false, Actor.login("meera")).key();
    assertThat(EnumSet.allOf(Scope.class)).allMatch(scope -> allows(key, scope));
  }

  @Test
  void anInvalidKeyHasNoCaller() {
    keys.create("uploads", EnumSet.of(Scope.DATA_WRITE), false, Actor.login("meera"));
    assertThat(keys.caller("")).isEmpty();
    assertThat(keys.caller("ck_")).isEmpty();
    assertThat(keys.caller("x".repeat(100_000))).isEmpty();
    assertThat(keys.caller("' or 1=1 --\u0000")).isEmpty();
  }

  @Test
  void theKeyItselfIsNotKept() throws Exception {
    String key =
        keys.create("uploads", EnumSet.of(Scope.DATA_WRITE), false, Actor.login("meera")).key();
    store.close();
    try (var files = Files.list(folder)) {
      assertThat(files.toList())
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                      .doesNotContain(key.substring(10)));
    }
  }

  @Test
  void aRevokedKeyEndsAtOnceHereAndSoonElsewhere() {
    ApiKeys elsewhere = new ApiKeys(store, store, clock, new AuditLog(store, clock));
    String key =
        keys.create("uploads", EnumSet.of(Scope.DATA_WRITE), false, Actor.login("meera")).key();
    assertThat(keys.caller(key)).isPresent();
    assertThat(elsewhere.caller(key)).isPresent();

    assertThat(keys.revoke(keys.list().getFirst().id(), Actor.login("meera"))).isTrue();
    assertThat(keys.caller(key)).isEmpty();
    clock.pass(Duration.ofSeconds(10));
    assertThat(elsewhere.caller(key)).isEmpty();
    assertThat(store.auditLog(10))
        .extracting(AuditEntry::action)
        .containsExactly("key.revoke", "key.create");
  }

  @Test
  void theKeyGivenAtStartReplacesTheOneBefore() {
    String other =
        keys.create("uploads", EnumSet.of(Scope.DATA_WRITE), false, Actor.login("meera")).key();
    keys.registerAtStart("first-key-of-automation");
    keys.registerAtStart("first-key-of-automation");
    assertThat(allows("first-key-of-automation", Scope.ADMIN)).isTrue();

    assertThat(keys.caller("first-key-of-automation").orElseThrow().name())
        .isEqualTo("API key from the start command");
    assertThat(store.auditLog(1))
        .extracting(AuditEntry::subject)
        .containsExactly("API key from the start command");

    keys.registerAtStart("second-key-of-automation");
    assertThat(keys.caller("first-key-of-automation")).isEmpty();
    assertThat(allows("second-key-of-automation", Scope.DATA_WRITE)).isTrue();
    assertThat(keys.caller(other)).isPresent();

    keys.registerAtStart("first-key-of-automation");
    assertThat(keys.caller("first-key-of-automation")).isPresent();
    assertThat(keys.list())
        .extracting(ApiKey::shownPrefix)
        .noneMatch(prefix -> prefix.length() > 8);
  }

  @Test
  void aKeyNeedsANameAndAScope() {
    assertThatThrownBy(() -> keys.create(" ", EnumSet.of(Scope.ADMIN), false, Actor.login("meera")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> keys.create("none", EnumSet.noneOf(Scope.class), false, Actor.login("meera")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.registerAtStart(" "))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private boolean allows(String key, Scope scope) {
    return keys.caller(key).filter(caller -> caller.may(scope)).isPresent();
  }
}
