package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static dev.carillon.testkit.store.Definitions.draft;
import static dev.carillon.testkit.store.Definitions.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.DefinitionChange;
import dev.carillon.engine.port.campaign.Revision;
import dev.carillon.testkit.store.Definitions;
import dev.carillon.testkit.store.Race;
import dev.carillon.testkit.store.StoreKit;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of campaigns must do with their definitions and statuses. */
public interface CampaignStoreContract<S extends CampaignStore> extends StoreKit<S> {

  @Test
  default void aNewCampaignIsADraftAtVersionOne() {
    Campaign campaign = store().createCampaign(full("Diwali sale"), "meera", NOW);

    assertThat(campaign)
        .isEqualTo(
            new Campaign(
                campaign.id(),
                1,
                full("Diwali sale"),
                CampaignStatus.DRAFT,
                null,
                NOW,
                "meera",
                null,
                null));
    assertThat(campaign.id()).isPositive();
    assertThat(another().campaign(campaign.id())).contains(campaign);
  }

  @Test
  default void anUnknownCampaignIsEmpty() {
    assertThat(store().campaign(1)).isEmpty();
  }

  @Test
  default void aChangeReplacesTheDefinitionAndCountsUp() {
    Campaign first = store().createCampaign(draft("Draft"), "meera", NOW);
    Campaign second = store().changeCampaign(first.id(), 1, full("Full"), Definitions.CHANGE);

    assertThat(second.version()).isEqualTo(2);
    assertThat(second.definition()).isEqualTo(full("Full"));
    assertThat(second.createdAt()).isEqualTo(NOW);
    assertThat(another().campaign(first.id())).contains(second);
  }

  @Test
  default void aChangeFromAnOldVersionIsRefusedAndChangesNothing() {
    int id = store().createCampaign(draft("One"), "meera", NOW).id();
    Campaign now = store().changeCampaign(id, 1, draft("Two"), Definitions.CHANGE);

    assertThatThrownBy(
            () ->
                another()
                    .changeCampaign(id, 1, draft("Three", Channel.SMS, "x"), Definitions.CHANGE))
        .isInstanceOf(StaleVersionException.class);
    assertThat(store().campaign(id)).contains(now);
    assertThat(store().labels()).isEmpty();
  }

  @Test
  default void whatItSaidBeforeIsKeptWithWhoChangedIt() {
    int id = store().createCampaign(draft("One"), "meera", NOW).id();
    store().changeCampaign(id, 1, draft("Two"), Definitions.CHANGE);
    store()
        .moveCampaign(id, Set.of(CampaignStatus.DRAFT), CampaignStatus.SCHEDULED, null, NOW, NOW);
    Instant later = NOW.plusSeconds(5);
    Campaign third =
        store().changeCampaign(id, 3, draft("Three"), new DefinitionChange("anil", later, later));

    assertThat(third.startsAt()).isEqualTo(later);
    assertThat(another().revisions(id, 3))
        .containsExactly(
            new Revision(2, draft("Two"), "ravi", NOW),
            new Revision(4, draft("Three"), "anil", later));
    assertThat(store().revisions(id, 1)).hasSize(3);
    assertThat(store().revisions(99, 1)).isEmpty();
  }

  @Test
  default void aChangeOfAnUnknownCampaignIsRefused() {
    assertThatThrownBy(() -> store().changeCampaign(99, 1, draft("None"), Definitions.CHANGE))
        .isInstanceOf(StaleVersionException.class);
  }

  @Test
  default void aMoveIsAChangeSoThatEditsMadeBeforeItAreStale() {
    Campaign edited = store().createCampaign(draft("Edited"), "meera", NOW);
    move(edited, CampaignStatus.DRAFT, CampaignStatus.SCHEDULED);

    assertThatThrownBy(
            () ->
                store()
                    .changeCampaign(
                        edited.id(), edited.version(), draft("Too late"), Definitions.CHANGE))
        .isInstanceOf(StaleVersionException.class);
  }

  @Test
  default void aMoveHappensOnlyFromTheNamedStatuses() {
    Campaign campaign = store().createCampaign(draft("Moved"), "meera", NOW);

    assertThat(
            store()
                .moveCampaign(
                    campaign.id(),
                    Set.of(CampaignStatus.RUNNING, CampaignStatus.PAUSED),
                    CampaignStatus.STOPPED,
                    null,
                    null,
                    NOW))
        .isEmpty();
    assertThat(store().campaign(campaign.id())).contains(campaign);
    assertThat(store().moveCampaign(99, Set.of(), CampaignStatus.STOPPED, null, null, NOW))
        .isEmpty();
  }

  @Test
  default void aLaunchIsOfADraftAtTheVersionThatWasSeen() {
    Campaign seen = store().createCampaign(draft("Seen"), "meera", NOW);
    Campaign changed =
        store().changeCampaign(seen.id(), seen.version(), draft("Other"), Definitions.CHANGE);

    assertThat(
            store().launchCampaign(seen.id(), seen.version(), CampaignStatus.SCHEDULED, NOW, NOW))
        .isEmpty();
    assertThat(store().campaign(seen.id())).contains(changed);
    Campaign launched =
        store()
            .launchCampaign(seen.id(), changed.version(), CampaignStatus.SCHEDULED, NOW, NOW)
            .orElseThrow();
    assertThat(launched.status()).isEqualTo(CampaignStatus.SCHEDULED);
    assertThat(launched.startsAt()).isEqualTo(NOW);
    assertThat(launched.version()).isGreaterThan(changed.version());
    assertThat(
            store().launchCampaign(seen.id(), launched.version(), CampaignStatus.RUNNING, NOW, NOW))
        .isEmpty();
  }

  @Test
  default void aMoveNotesReasonStartAndEnd() {
    Campaign campaign = store().createCampaign(draft("Life"), "meera", NOW);
    Instant start = NOW.plusSeconds(60);
    Campaign scheduled =
        store()
            .moveCampaign(
                campaign.id(),
                Set.of(CampaignStatus.DRAFT),
                CampaignStatus.SCHEDULED,
                null,
                start,
                NOW)
            .orElseThrow();
    assertThat(scheduled.status()).isEqualTo(CampaignStatus.SCHEDULED);
    assertThat(scheduled.startsAt()).isEqualTo(start);
    assertThat(scheduled.endedAt()).isNull();

    Campaign running = move(scheduled, CampaignStatus.SCHEDULED, CampaignStatus.RUNNING);
    assertThat(running.startsAt()).isEqualTo(start);

    Campaign paused =
        store()
            .moveCampaign(
                campaign.id(),
                Set.of(CampaignStatus.RUNNING),
                CampaignStatus.PAUSED,
                "the token has expired",
                null,
                NOW)
            .orElseThrow();
    assertThat(paused.statusReason()).isEqualTo("the token has expired");

    Campaign resumed = move(paused, CampaignStatus.PAUSED, CampaignStatus.RUNNING);
    assertThat(resumed.statusReason()).isNull();

    Campaign completed = move(resumed, CampaignStatus.RUNNING, CampaignStatus.COMPLETED);
    assertThat(completed.endedAt()).isEqualTo(NOW);
    assertThat(completed.startsAt()).isEqualTo(start);
    assertThat(store().campaign(campaign.id())).contains(completed);
  }

  @Test
  default void backToDraftForgetsTheStart() {
    Campaign campaign = store().createCampaign(draft("Back"), "meera", NOW);
    Set<CampaignStatus> draft = Set.of(CampaignStatus.DRAFT);
    store().moveCampaign(campaign.id(), draft, CampaignStatus.SCHEDULED, null, NOW, NOW);

    Campaign back = move(campaign, CampaignStatus.SCHEDULED, CampaignStatus.DRAFT);
    assertThat(back.startsAt()).isNull();
  }

  @Test
  default void onlyOneOfManyMovesWins() {
    Campaign campaign = store().createCampaign(draft("Raced"), "meera", NOW);
    var second = another();

    long won =
        Race.of(
                8,
                racer ->
                    (racer % 2 == 0 ? store() : second)
                        .moveCampaign(
                            campaign.id(),
                            Set.of(CampaignStatus.DRAFT),
                            CampaignStatus.RUNNING,
                            null,
                            NOW,
                            NOW)
                        .isPresent())
            .stream()
            .filter(moved -> moved)
            .count();

    assertThat(won).isEqualTo(1);
  }

  @Test
  default void onlyDraftsAreDeletedAndTheirIdsAreNeverGivenAgain() {
    Campaign first = store().createCampaign(draft("First", Channel.SMS, "gone"), "meera", NOW);
    assertThat(store().deleteCampaign(first.id())).isTrue();
    assertThat(store().deleteCampaign(first.id())).isFalse();
    assertThat(store().campaign(first.id())).isEmpty();
    assertThat(store().labels()).isEmpty();

    Campaign second = store().createCampaign(draft("Second"), "meera", NOW);
    assertThat(second.id()).isGreaterThan(first.id());
    move(second, CampaignStatus.DRAFT, CampaignStatus.RUNNING);
    assertThat(store().deleteCampaign(second.id())).isFalse();
    assertThat(store().campaign(second.id())).isPresent();
  }

  private Campaign move(Campaign campaign, CampaignStatus from, CampaignStatus to) {
    return store()
        .moveCampaign(campaign.id(), Set.of(from), to, null, null, NOW)
        .orElseThrow(() -> new AssertionError("not moved from " + from + " to " + to));
  }
}
