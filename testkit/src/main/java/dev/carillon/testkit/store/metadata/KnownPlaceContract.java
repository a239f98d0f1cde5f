package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.KnownPlaceStore;
import dev.carillon.engine.port.access.LoginStore;
import dev.carillon.engine.port.access.PlaceKind;
import dev.carillon.testkit.store.StoreKit;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store must do that knows from where logins have signed in. */
public interface KnownPlaceContract<S extends LoginStore & KnownPlaceStore> extends StoreKit<S> {

  Instant LATER = NOW.plusSeconds(60);

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
}
