package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.account.ConnectionStore;
import dev.carillon.engine.port.account.StoredConnection;
import dev.carillon.testkit.store.StoreKit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store must do with connections. */
public interface ConnectionStoreContract<S extends ConnectionStore> extends StoreKit<S> {

  Map<String, Object> SETTINGS =
      Map.of(
          "baseUrl",
          "https://graph.facebook.com",
          "messagesPerSecond",
          80,
          "waba",
          105954558954427L,
          "share",
          0.25,
          "test",
          true,
          "text",
          "quote \" backslash \\ ✓");

  @Test
  default void aConnectionIsKeptAsGiven() {
    StoredConnection created =
        store()
            .createConnection(
                "whatsapp-cloud",
                "Main number",
                SETTINGS,
                id -> new byte[] {0, (byte) id, -128},
                NOW);

    assertThat(created.id()).isPositive();
    StoredConnection kept = another().connection(created.id()).orElseThrow();
    assertThat(kept.type()).isEqualTo("whatsapp-cloud");
    assertThat(kept.name()).isEqualTo("Main number");
    assertThat(kept.settings()).isEqualTo(SETTINGS);
    assertThat(kept.sealedSecrets()).isEqualTo(new byte[] {0, (byte) created.id(), -128});
    assertThat(kept.createdAt()).isEqualTo(NOW);
    assertThat(store().connection(created.id() + 1)).isEmpty();
  }

  @Test
  default void aConnectionWhoseSecretsCannotBeSealedIsNotKept() {
    assertThatThrownBy(
            () ->
                store()
                    .createConnection(
                        "b",
                        "One",
                        Map.of(),
                        id -> {
                          throw new IllegalStateException("no key");
                        },
                        NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThat(store().connections()).isEmpty();
  }

  @Test
  default void connectionsAreListedAsCreated() {
    int one = store().createConnection("b", "One", Map.of(), id -> new byte[0], NOW).id();
    int two = store().createConnection("a", "Two", Map.of(), id -> new byte[0], NOW).id();

    assertThat(store().connections()).extracting(StoredConnection::id).containsExactly(one, two);
  }

  @Test
  default void aConnectionCanBeChanged() {
    int id =
        store().createConnection("sms-generic", "Old", SETTINGS, any -> new byte[] {1}, NOW).id();
    store().changeConnection(id, "New", Map.of("rate", 5), new byte[] {2, 3});

    StoredConnection kept = another().connection(id).orElseThrow();
    assertThat(kept.type()).isEqualTo("sms-generic");
    assertThat(kept.name()).isEqualTo("New");
    assertThat(kept.settings()).isEqualTo(Map.of("rate", 5));
    assertThat(kept.sealedSecrets()).isEqualTo(new byte[] {2, 3});
    assertThat(kept.createdAt()).isEqualTo(NOW);
  }

  @Test
  default void aChangeOfAnUnknownConnectionIsRefused() {
    assertThatThrownBy(() -> store().changeConnection(9, "None", Map.of(), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
