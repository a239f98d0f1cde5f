package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static dev.carillon.testkit.store.Definitions.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.VariantDecisionStore;
import dev.carillon.testkit.store.StoreKit;
import org.junit.jupiter.api.Test;

/** What every store of decisions between variants must do. */
public interface VariantDecisionContract<S extends CampaignStore & VariantDecisionStore>
    extends StoreKit<S> {

  @Test
  default void theFirstDecisionOfARunStays() {
    int id = newCampaign();
    VariantDecision first = new VariantDecision(id, 1, 1, true, NOW, "B won.");
    VariantDecision other = new VariantDecision(id, 1, 0, false, NOW.plusSeconds(1), "No winner.");
    VariantDecision next = new VariantDecision(id, 2, 0, false, NOW.plusSeconds(2), "No winner.");

    assertThat(store().decideVariant(first)).isEqualTo(first);
    assertThat(another().decideVariant(other)).isEqualTo(first);
    assertThat(store().decideVariant(next)).isEqualTo(next);
    assertThat(another().variantDecisions(id)).containsExactly(first, next);
    assertThat(store().variantDecisions(newCampaign())).isEmpty();
  }

  private int newCampaign() {
    return store().createCampaign(draft("Runs"), "meera", NOW).id();
  }
}
