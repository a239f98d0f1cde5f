package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.IdentityKey;
import dev.carillon.engine.port.access.IdentityKeyStore;
import dev.carillon.testkit.store.StoreKit;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store of keys that sign identity tokens must do. */
public interface IdentityKeyContract<S extends IdentityKeyStore> extends StoreKit<S> {

  Instant LATER = NOW.plusSeconds(60);

  @Test
  default void identityKeysAreKeptUntilTheyAreRevoked() {
    byte[] material = {1, 2, 3};
    int first = store().putIdentityKey("shop", "ik_1", "HS256", material, NOW).id();
    store().putIdentityKey("app", "ik_2", "ES256", new byte[] {4}, LATER);

    assertThat(another().identityKeys())
        .extracting(IdentityKey::name)
        .containsExactly("shop", "app");
    assertThat(another().identityKeys().getFirst().material()).isEqualTo(material);
    assertThat(store().revokeIdentityKey(first, LATER)).isTrue();
    assertThat(store().revokeIdentityKey(first, LATER)).isFalse();
    assertThat(store().identityKeys().getFirst().revokedAt()).isEqualTo(LATER);
    assertThat(store().identityKeys().getLast().revokedAt()).isNull();
  }
}
