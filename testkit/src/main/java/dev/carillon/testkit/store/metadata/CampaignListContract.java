package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static dev.carillon.testkit.store.Definitions.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.campaign.CampaignOrder;
import dev.carillon.engine.port.campaign.CampaignPage;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.testkit.store.Definitions;
import dev.carillon.testkit.store.StoreKit;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of campaigns must do when campaigns and labels are listed. */
public interface CampaignListContract<S extends CampaignStore> extends StoreKit<S> {

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
  default void theArchiveIsApartUntilSomethingMoves() {
    Campaign old = store().createCampaign(draft("Old"), "meera", NOW);
    store().createCampaign(draft("New"), "ravi", NOW);
    Set<CampaignStatus> drafts = Set.of(CampaignStatus.DRAFT);

    Campaign archived = store().archiveCampaign(old.id(), drafts, NOW).orElseThrow();
    assertThat(archived.archivedAt()).isEqualTo(NOW);
    assertThat(archived.version()).isEqualTo(old.version());
    assertThat(names(archive(false))).containsExactly("New");
    assertThat(names(archive(true))).containsExactly("Old");
    assertThat(names(archive(null))).containsExactly("New", "Old");
    assertThat(store().archiveCampaign(old.id(), Set.of(CampaignStatus.STOPPED), null)).isEmpty();
    assertThat(store().archiveCampaign(99, drafts, NOW)).isEmpty();

    store().moveCampaign(old.id(), drafts, CampaignStatus.SCHEDULED, null, NOW, NOW);
    assertThat(names(archive(true))).isEmpty();
    assertThat(store().creators()).containsExactly("meera", "ravi");
  }

  @Test
  default void thePeriodIsOfTheStartElseOfTheCreation() {
    Campaign started = store().createCampaign(draft("Started"), "me", NOW.minusSeconds(900));
    store().createCampaign(draft("Created"), "me", NOW.minusSeconds(500));
    store()
        .moveCampaign(
            started.id(), Set.of(CampaignStatus.DRAFT), CampaignStatus.RUNNING, null, NOW, NOW);

    assertThat(names(period(NOW.minusSeconds(1), null))).containsExactly("Started");
    assertThat(names(period(null, NOW))).containsExactly("Created");
    assertThat(names(period(NOW.minusSeconds(500), NOW.plusSeconds(1))))
        .containsExactly("Created", "Started");
  }

  @Test
  default void theOrderIsChosen() {
    Campaign b = store().createCampaign(draft("b"), "me", NOW.minusSeconds(30));
    Campaign a = store().createCampaign(draft("A"), "me", NOW.minusSeconds(60));
    store().createCampaign(draft("c"), "me", NOW.minusSeconds(90));
    Set<CampaignStatus> drafts = Set.of(CampaignStatus.DRAFT);
    store().moveCampaign(a.id(), drafts, CampaignStatus.RUNNING, null, NOW, NOW);
    store().moveCampaign(b.id(), drafts, CampaignStatus.RUNNING, null, NOW.minusSeconds(9), NOW);

    assertThat(names(ordered(CampaignOrder.CREATED))).containsExactly("b", "A", "c");
    assertThat(names(ordered(CampaignOrder.STARTED))).containsExactly("c", "A", "b");
    assertThat(names(ordered(CampaignOrder.NAME))).containsExactly("A", "b", "c");
  }

  private CampaignPage archive(@Nullable Boolean archived) {
    return list(archived, null, null, CampaignOrder.CREATED);
  }

  private CampaignPage period(@Nullable Instant from, @Nullable Instant until) {
    return list(null, from, until, CampaignOrder.CREATED);
  }

  private CampaignPage ordered(CampaignOrder order) {
    return list(null, null, null, order);
  }

  private CampaignPage list(
      @Nullable Boolean archived,
      @Nullable Instant from,
      @Nullable Instant until,
      CampaignOrder order) {
    return store()
        .campaigns(
            new CampaignQuery(
                null, null, Set.of(), null, null, archived, from, until, order, 50, 0));
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
