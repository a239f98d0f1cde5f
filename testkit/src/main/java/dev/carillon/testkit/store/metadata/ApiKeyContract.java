package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.access.ApiKey;
import dev.carillon.engine.port.access.ApiKeyStore;
import dev.carillon.testkit.store.StoreKit;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of API keys must do. */
public interface ApiKeyContract<S extends ApiKeyStore> extends StoreKit<S> {

  Instant LATER = NOW.plusSeconds(60);

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
