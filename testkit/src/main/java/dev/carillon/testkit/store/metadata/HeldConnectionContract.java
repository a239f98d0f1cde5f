package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static dev.carillon.testkit.store.Definitions.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.work.HeldConnection;
import dev.carillon.engine.port.work.HeldConnectionStore;
import dev.carillon.testkit.store.StoreKit;
import org.junit.jupiter.api.Test;

/** What every store must do with connections that campaigns send nothing through. */
public interface HeldConnectionContract<S extends CampaignStore & HeldConnectionStore>
    extends StoreKit<S> {

  @Test
  default void aConnectionIsHeldForOneCampaignUntilItIsFreed() {
    int one = store().createCampaign(draft("One"), "meera", NOW).id();
    int two = store().createCampaign(draft("Two"), "meera", NOW).id();
    HeldConnection ninth = new HeldConnection(one, 9, "Its token has expired.", NOW);
    HeldConnection third = new HeldConnection(one, 3, "No answer – 30 s.", NOW.plusSeconds(1));
    HeldConnection other = new HeldConnection(two, 9, "It is gone.", NOW);
    store().holdConnection(ninth);
    store().holdConnection(third);
    store().holdConnection(other);

    assertThat(another().heldConnections(one)).containsExactly(third, ninth);
    store().freeConnection(one, 9);
    assertThat(another().heldConnections(one)).containsExactly(third);
    assertThat(store().heldConnections(two)).containsExactly(other);
  }

  @Test
  default void theFirstReasonStays() {
    int id = store().createCampaign(draft("Held"), "meera", NOW).id();
    HeldConnection first = new HeldConnection(id, 3, "Its token has expired.", NOW);
    store().holdConnection(first);
    another().holdConnection(new HeldConnection(id, 3, "No answer.", NOW.plusSeconds(1)));

    assertThat(store().heldConnections(id)).containsExactly(first);
  }

  @Test
  default void freeingWhatIsNotHeldChangesNothing() {
    int id = store().createCampaign(draft("Free"), "meera", NOW).id();
    store().freeConnection(id, 3);

    assertThat(store().heldConnections(id)).isEmpty();
  }
}
