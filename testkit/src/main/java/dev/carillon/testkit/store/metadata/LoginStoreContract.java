package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.Login;
import dev.carillon.engine.port.access.LoginStore;
import dev.carillon.testkit.store.StoreKit;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store of logins must do. */
public interface LoginStoreContract<S extends LoginStore> extends StoreKit<S> {

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
}
