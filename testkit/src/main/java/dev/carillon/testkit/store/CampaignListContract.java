package dev.carillon.testkit.store;

import static dev.carillon.testkit.store.Definitions.NOW;
import static dev.carillon.testkit.store.Definitions.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.Channel;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.port.CampaignStore.CampaignPage;
import dev.carillon.engine.port.CampaignStore.CampaignQuery;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store must do when campaigns and labels are listed. */
interface CampaignListContract extends MetadataStoreKit {

  @Test
  default void theLatestCreatedComesFirst() {
    Campaign old = store().createCampaign(draft("Old"), "meera", NOW.minusSeconds(60));
    Campaign latest = store().createCampaign(draft("Latest"), "meera", NOW);
    Campaign middle = store().createCampaign(draft("Middle"), "meera", NOW.minusSeconds(30));

    assertThat(store().campaigns(all(10, 0)))
        .isEqualTo(new CampaignPage(List.of(latest, middle, old), 3));
  }

  @Test
  default void aPageKnowsTheTotal() {
    for (int i = 0; i < 5; i++) {
      store().createCampaign(draft("Campaign " + i), "meera", NOW);
    }
    CampaignPage first = store().campaigns(all(2, 0));
    CampaignPage last = store().campaigns(all(2, 4));

    assertThat(names(first)).containsExactly("Campaign 4", "Campaign 3");
    assertThat(names(last)).containsExactly("Campaign 0");
    assertThat(first.total()).isEqualTo(5);
    assertThat(last.total()).isEqualTo(5);
    assertThat(store().campaigns(all(2, 50))).isEqualTo(new CampaignPage(List.of(), 5));
  }

  @Test
  default void aPageWithoutBoundsIsRefused() {
    assertThatThrownBy(() -> store().campaigns(all(0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().campaigns(all(501, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().campaigns(all(1, -1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void searchFindsAPartOfTheNameInAnyCase() {
    store().createCampaign(draft("Été à Paris"), "meera", NOW);
    store().createCampaign(draft("Winter 50% off"), "meera", NOW);
    store().createCampaign(draft("Winter 500 off"), "meera", NOW);
    store().createCampaign(draft("a_b!c"), "meera", NOW);

    assertThat(names(store().campaigns(search("éTÉ À")))).containsExactly("Été à Paris");
    assertThat(names(store().campaigns(search("50%")))).containsExactly("Winter 50% off");
    assertThat(names(store().campaigns(search("A_B!")))).containsExactly("a_b!c");
    assertThat(names(store().campaigns(search("a%b")))).isEmpty();
    assertThat(names(store().campaigns(search("' or 1=1 --")))).isEmpty();
    assertThat(names(store().campaigns(search("   ")))).hasSize(4);
  }

  @Test
  default void searchFollowsAChangedName() {
    Campaign campaign = store().createCampaign(draft("Before"), "meera", NOW);
    store().changeCampaign(campaign.id(), campaign.version(), draft("After"), Definitions.CHANGE);

    assertThat(names(store().campaigns(search("before")))).isEmpty();
    assertThat(names(store().campaigns(search("after")))).containsExactly("After");
  }

  @Test
  default void filtersNarrowTogether() {
    Campaign one = store().createCampaign(draft("One", Channel.SMS, "x", "y"), "meera", NOW);
    store().createCampaign(draft("Two", Channel.SMS, "x"), "ravi", NOW);
    store().createCampaign(draft("Three", Channel.PUSH, "y"), "meera", NOW);
    store()
        .moveCampaign(
            one.id(), Set.of(CampaignStatus.DRAFT), CampaignStatus.RUNNING, null, NOW, NOW);

    assertThat(names(filter("sms", Set.of(), null, null))).containsExactly("Two", "One");
    assertThat(names(filter(null, Set.of(CampaignStatus.RUNNING), null, null)))
        .containsExactly("One");
    assertThat(
            names(
                filter(null, Set.of(CampaignStatus.RUNNING, CampaignStatus.DRAFT), null, "meera")))
        .containsExactly("Three", "One");
    assertThat(names(filter(null, Set.of(), "x", null))).containsExactly("Two", "One");
    assertThat(names(filter("sms", Set.of(), "x", "ravi"))).containsExactly("Two");
    assertThat(filter("push", Set.of(), "x", null)).isEqualTo(new CampaignPage(List.of(), 0));
  }

  @Test
  default void labelsAreThoseInUseByName() {
    Campaign one = store().createCampaign(draft("One", Channel.SMS, "zeta", "alpha"), "me", NOW);
    store().createCampaign(draft("Two", Channel.SMS, "alpha", "Beta"), "me", NOW);
    assertThat(store().labels()).containsExactly("alpha", "Beta", "zeta");

    store()
        .changeCampaign(
            one.id(), one.version(), draft("One", Channel.SMS, "gamma"), Definitions.CHANGE);
    assertThat(another().labels()).containsExactly("alpha", "Beta", "gamma");
  }

  private CampaignPage filter(
      @Nullable String channel,
      Set<CampaignStatus> statuses,
      @Nullable String label,
      @Nullable String createdBy) {
    return store().campaigns(new CampaignQuery(null, channel, statuses, label, createdBy, 50, 0));
  }

  private static CampaignQuery search(String text) {
    return new CampaignQuery(text, null, Set.of(), null, null, 50, 0);
  }

  private static CampaignQuery all(int limit, int offset) {
    return new CampaignQuery(null, null, Set.of(), null, null, limit, offset);
  }

  private static List<String> names(CampaignPage page) {
    return page.campaigns().stream().map(campaign -> campaign.definition().name()).toList();
  }
}
