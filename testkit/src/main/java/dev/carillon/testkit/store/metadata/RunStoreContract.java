package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.CONNECTION;
import static dev.carillon.testkit.store.Definitions.NOW;
import static dev.carillon.testkit.store.Definitions.draft;
import static dev.carillon.testkit.store.Definitions.sections;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.work.ChunkQueue;
import dev.carillon.testkit.store.Race;
import dev.carillon.testkit.store.StoreKit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of runs must do. */
public interface RunStoreContract<S extends CampaignStore & RunStore & ChunkQueue>
    extends StoreKit<S> {

  Duration WINDOW = Duration.ofMinutes(5);

  @Test
  default void aRunIsNotedOnce() {
    int id = store().createCampaign(draft("Runs"), "meera", NOW).id();
    Run first = store().createRun(id, 1, NOW);
    assertThat(first).isEqualTo(Run.waiting(id, 1, NOW));
    assertThat(store().createRun(id, 1, NOW.plusSeconds(5))).isEqualTo(first);
    Run second = store().createRun(id, 2, NOW.plusSeconds(9));

    assertThat(another().runs(id)).containsExactly(first, second);
    assertThat(store().runs(id + 1)).isEmpty();
  }

  @Test
  default void aRunOfAnUnknownCampaignIsRefused() {
    assertThatThrownBy(() -> store().createRun(99, 1, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void aRunIsFinishedOnce() {
    int id = store().createCampaign(draft("Runs"), "meera", NOW).id();
    store().createRun(id, 1, NOW);
    store().runPlanned(id, 1, NOW, 0, sections(0, 0), 100);
    store().finishRuns(id, NOW.plusSeconds(1));
    store().finishRuns(id, NOW.plusSeconds(2));

    assertThat(store().runs(id))
        .containsExactly(
            new Run(id, 1, NOW, 0, new Run.Planned(NOW, 0, 0, NOW.plusSeconds(1)), null));
  }

  @Test
  default void whatARunHoldsOutIsNotedOnce() {
    int id = store().createCampaign(draft("Runs"), "meera", NOW).id();
    store().createRun(id, 1, NOW);
    assertThat(store().runHoldsOut(id, 1, 3).systemControlPercent()).isEqualTo(3);
    assertThat(another().runHoldsOut(id, 1, 5).systemControlPercent()).isEqualTo(3);
    store().runPlanned(id, 1, NOW, 0, sections(0, 10), 100);
    assertThat(another().runs(id))
        .containsExactly(new Run(id, 1, NOW, 3, new Run.Planned(NOW, 0, 10, null), null));
  }

  @Test
  default void skippedRunsAreListedLatestFirst() {
    int id = store().createCampaign(draft("Runs"), "meera", NOW).id();
    store().createRun(id, 1, NOW);
    store().createRun(id, 2, NOW.plusSeconds(1));
    store().createRun(id, 3, NOW);
    store().runPlanned(id, 3, NOW, 0, sections(0, 5), 100);
    Skipped tooMany = new Skipped(SkipReason.TOO_MANY, "12 people qualified");
    Run skipped = store().skipRun(id, 1, tooMany);
    assertThat(skipped).isEqualTo(new Run(id, 1, NOW, 0, null, tooMany));
    assertThat(store().skipRun(id, 1, new Skipped(SkipReason.MISSED))).isEqualTo(skipped);
    assertThat(store().skipRun(id, 3, tooMany).skipped()).isNull();
    Run later = store().skipRun(id, 2, tooMany);
    assertThat(another().skippedRuns(NOW, 10)).containsExactly(later, skipped);
    assertThat(store().skippedRuns(NOW, 1)).containsExactly(later);
    assertThat(store().skippedRuns(NOW.plusSeconds(1), 10)).containsExactly(later);
    assertThat(store().openChunks(id)).isEqualTo(1);
  }

  @Test
  default void whoNotesARunFirstSaysWhetherItIsSkipped() {
    int id = newCampaign();
    List<Run> noted =
        Race.of(
            6,
            racer ->
                (racer % 2 == 0 ? store() : another())
                    .createRun(id, 1, NOW, racer < 3 ? null : SkipReason.MISSED));

    assertThat(noted).containsOnly(noted.getFirst());
    assertThat(store().runs(id)).containsExactly(noted.getFirst());
  }

  @Test
  default void aSkippedRunIsNeverPlanned() {
    int id = newCampaign();
    Run skipped = store().createRun(id, 1, NOW, SkipReason.PAUSED);

    assertThat(skipped).isEqualTo(new Run(id, 1, NOW, 0, null, new Skipped(SkipReason.PAUSED)));
    assertThat(store().runPlanned(id, 1, NOW, 0, sections(0, 10), 5)).isEqualTo(skipped);
    assertThat(store().skipRun(id, 1, new Skipped(SkipReason.MISSED))).isEqualTo(skipped);
    assertThat(store().openChunks(id)).isZero();
    store().finishRuns(id, NOW);
    assertThat(another().runs(id)).containsExactly(skipped);
  }

  @Test
  default void aPlannedRunIsNotSkipped() {
    int id = newCampaign();
    store().createRun(id, 1, NOW);
    Run planned = store().runPlanned(id, 1, NOW, 0, sections(0, 10), 5);

    assertThat(store().skipRun(id, 1, new Skipped(SkipReason.MISSED))).isEqualTo(planned);
    store().createRun(id, 2, NOW.plusSeconds(1));
    assertThat(store().skipRun(id, 2, new Skipped(SkipReason.MISSED)).skipped())
        .isEqualTo(new Skipped(SkipReason.MISSED));
  }

  @Test
  default void onlyRunsWithoutChunksAreFinished() {
    int id = newCampaign();
    for (int run = 1; run <= 3; run++) {
      store().createRun(id, run, NOW.plusSeconds(run));
    }
    store().runPlanned(id, 1, NOW, 0, sections(0, 10), 10);
    store().runPlanned(id, 2, NOW, 10, sections(10, 10), 10);
    store().finishChunk(store().claimChunk(id, CONNECTION, "node", NOW, WINDOW).orElseThrow());
    store().finishRuns(id, NOW.plusSeconds(9));
    store().finishRuns(id, NOW.plusSeconds(10));

    assertThat(store().runs(id))
        .extracting(Run::finishedAt)
        .containsExactly(NOW.plusSeconds(9), null, null);
  }

  private int newCampaign() {
    return store().createCampaign(draft("Runs"), "meera", NOW).id();
  }
}
