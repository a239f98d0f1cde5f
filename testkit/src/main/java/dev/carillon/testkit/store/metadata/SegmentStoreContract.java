package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Segment;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.NameTakenException;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.audience.SegmentStore;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.testkit.sending.DefinitionBuilder;
import dev.carillon.testkit.store.Definitions;
import dev.carillon.testkit.store.StoreKit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store must do with saved segments, and with what campaigns refer to. */
public interface SegmentStoreContract<S extends SegmentStore & CampaignStore> extends StoreKit<S> {

  Rule PUNE = new Rule.Not(new Rule.Reachable(Channel.WHATSAPP));
  Rule OTHER = new Rule.Any(List.of(new Rule.OnList(3), new Rule.Bucket(0, 9)));

  @Test
  default void aSegmentIsKeptAsGiven() {
    Segment created = store().createSegment("Öfter  da", PUNE, "meera", NOW);

    assertThat(created.version()).isEqualTo(1);
    Segment kept = another().segment(created.id()).orElseThrow();
    assertThat(kept).isEqualTo(created);
    assertThat(kept.name()).isEqualTo("Öfter  da");
    assertThat(kept.rule()).isEqualTo(PUNE);
    assertThat(kept.createdBy()).isEqualTo("meera");
    assertThat(kept.createdAt()).isEqualTo(NOW);
    assertThat(kept.changedAt()).isEqualTo(NOW);
    assertThat(kept.counted()).isNull();
    assertThat(store().segment(created.id() + 1)).isEmpty();
  }

  @Test
  default void noTwoSegmentsHaveOneName() {
    int first = store().createSegment("Straße", PUNE, "meera", NOW).id();
    assertThatThrownBy(() -> store().createSegment("STRASSE", OTHER, "meera", NOW))
        .isInstanceOf(NameTakenException.class);
    Segment second = store().createSegment("other", OTHER, "meera", NOW);
    assertThatThrownBy(() -> store().changeSegment(second.id(), 1, "straße", OTHER, NOW))
        .isInstanceOf(NameTakenException.class);
    assertThat(store().segments()).extracting(Segment::name).containsExactly("other", "Straße");
    assertThat(store().changeSegment(first, 1, "STRAße", PUNE, NOW).name()).isEqualTo("STRAße");
  }

  @Test
  default void aChangeNeedsThePresentVersion() {
    Segment created = store().createSegment("a", PUNE, "meera", NOW);
    Segment changed = store().changeSegment(created.id(), 1, "b", OTHER, NOW.plusSeconds(5));

    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.rule()).isEqualTo(OTHER);
    assertThat(changed.createdAt()).isEqualTo(NOW);
    assertThat(changed.changedAt()).isEqualTo(NOW.plusSeconds(5));
    assertThatThrownBy(() -> store().changeSegment(created.id(), 1, "c", PUNE, NOW))
        .isInstanceOf(StaleVersionException.class);
    assertThat(another().segment(created.id())).contains(changed);
  }

  @Test
  default void aCountHoldsUntilTheRuleChanges() {
    Segment created = store().createSegment("a", PUNE, "meera", NOW);
    store().countSegment(created.id(), 1, 41, NOW.plusSeconds(1));
    store().countSegment(created.id(), 2, 99, NOW.plusSeconds(1));
    Segment.Counted counted = new Segment.Counted(41, NOW.plusSeconds(1));
    assertThat(store().segment(created.id()).orElseThrow().counted()).isEqualTo(counted);

    assertThat(store().changeSegment(created.id(), 1, "b", PUNE, NOW).counted()).isEqualTo(counted);
    assertThat(store().changeSegment(created.id(), 2, "b", OTHER, NOW).counted()).isNull();
  }

  @Test
  default void aDeletedSegmentIsGoneAndItsIdIsNotGivenAgain() {
    int id = store().createSegment("a", PUNE, "meera", NOW).id();
    assertThat(store().deleteSegment(id)).isTrue();
    assertThat(store().deleteSegment(id)).isFalse();
    assertThat(store().segment(id)).isEmpty();
    assertThat(store().createSegment("a", PUNE, "meera", NOW).id()).isGreaterThan(id);
  }

  @Test
  default void campaignsAreFoundByWhatTheirAudienceRefersTo() {
    Rule.Saved segment = new Rule.InSegment(5);
    Rule.Saved list = new Rule.OnList(5);
    Campaign both =
        store()
            .createCampaign(
                to(new Rule.All(List.of(segment, new Rule.Not(list), segment))), "m", NOW);
    Campaign one = store().createCampaign(to(list), "m", NOW.plusSeconds(1));
    store().createCampaign(Definitions.draft("none"), "m", NOW);

    assertThat(store().campaignsUsing(Set.of(segment))).containsExactly(both);
    assertThat(store().campaignsUsing(Set.of(list))).containsExactly(one, both);
    assertThat(store().campaignsUsing(Set.of(new Rule.InSegment(6)))).isEmpty();
    assertThat(store().campaignsUsing(Set.of())).isEmpty();

    store().changeCampaign(both.id(), 1, to(PUNE), Definitions.CHANGE);
    assertThat(another().campaignsUsing(Set.of(segment, list))).containsExactly(one);
    store().deleteCampaign(one.id());
    assertThat(store().campaignsUsing(Set.of(list))).isEmpty();
  }

  private static CampaignDefinition to(Rule who) {
    return DefinitionBuilder.named("x").to(who).definition();
  }
}
