package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static dev.carillon.testkit.store.Definitions.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.port.work.Chunk;
import dev.carillon.engine.port.work.Turns;
import dev.carillon.testkit.store.MetadataStoreKit;
import dev.carillon.testkit.store.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must do with several runs of a campaign, and with bounds on its speed. */
interface RunContract extends MetadataStoreKit {
  Duration WINDOW = Duration.ofMinutes(5);

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
    assertThat(store().runPlanned(id, 1, NOW, 0, 10, 5)).isEqualTo(skipped);
    assertThat(store().skipRun(id, 1, new Skipped(SkipReason.MISSED))).isEqualTo(skipped);
    assertThat(store().openChunks(id)).isZero();
    store().finishRuns(id, NOW);
    assertThat(another().runs(id)).containsExactly(skipped);
  }

  @Test
  default void aPlannedRunIsNotSkipped() {
    int id = newCampaign();
    store().createRun(id, 1, NOW);
    Run planned = store().runPlanned(id, 1, NOW, 0, 10, 5);

    assertThat(store().skipRun(id, 1, new Skipped(SkipReason.MISSED))).isEqualTo(planned);
    store().createRun(id, 2, NOW.plusSeconds(1));
    assertThat(store().skipRun(id, 2, new Skipped(SkipReason.MISSED)).skipped())
        .isEqualTo(new Skipped(SkipReason.MISSED));
  }

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

  @Test
  default void onlyRunsWithoutChunksAreFinished() {
    int id = newCampaign();
    for (int run = 1; run <= 3; run++) {
      store().createRun(id, run, NOW.plusSeconds(run));
    }
    store().runPlanned(id, 1, NOW, 0, 10, 10);
    store().runPlanned(id, 2, NOW, 10, 10, 10);
    store().finishChunk(store().claimChunk(id, "node", NOW, WINDOW).orElseThrow());
    store().finishRuns(id, NOW.plusSeconds(9));
    store().finishRuns(id, NOW.plusSeconds(10));

    assertThat(store().runs(id))
        .extracting(Run::finishedAt)
        .containsExactly(NOW.plusSeconds(9), null, null);
  }

  @Test
  default void theNextChunkIsTheOneThatIsFreeFirst() {
    int id = newCampaign();
    assertThat(store().nextChunk(id)).isEmpty();
    store().createRun(id, 1, NOW);
    store().runPlanned(id, 1, NOW, 0, 20, 10);
    assertThat(store().nextChunk(id)).contains(NOW);

    Chunk first = store().claimChunk(id, "node", NOW, WINDOW).orElseThrow();
    Chunk second = store().claimChunk(id, "node", NOW, WINDOW).orElseThrow();
    store().releaseChunk(first, NOW.plus(Duration.ofHours(9)));
    store().releaseChunk(second, NOW.plus(Duration.ofHours(3)));
    assertThat(another().nextChunk(id)).contains(NOW.plus(Duration.ofHours(3)));
  }

  @Test
  default void onlyChunksThatNobodyHoldsAreFreed() {
    int id = newCampaign();
    store().createRun(id, 1, NOW);
    store().runPlanned(id, 1, NOW, 0, 20, 10);
    Chunk first = store().claimChunk(id, "node", NOW, WINDOW).orElseThrow();
    Chunk second = store().claimChunk(id, "node", NOW, WINDOW).orElseThrow();
    store().releaseChunk(first, NOW.plus(Duration.ofHours(9)));
    another().freeWaitingChunks(id, NOW);

    assertThat(store().claimChunk(id, "other", NOW, WINDOW)).map(Chunk::fromSeq).contains(0);
    assertThat(store().claimChunk(id, "other", NOW, WINDOW)).isEmpty();
    assertThat(store().renewChunk(second, NOW, WINDOW)).isTrue();
  }

  @Test
  default void turnsComeBackWhenTheirTimeIsOver() {
    int id = newCampaign();
    assertThat(take(store(), id, 6, NOW)).isEqualTo(new Turns(6, NOW.plus(WINDOW)));
    Instant later = NOW.plusSeconds(60);
    assertThat(take(another(), id, 6, later)).isEqualTo(new Turns(4, NOW.plus(WINDOW)));
    assertThat(take(store(), id, 1, NOW.plus(WINDOW).minusMillis(1)).given()).isZero();

    assertThat(take(store(), id, 9, NOW.plus(WINDOW))).isEqualTo(new Turns(6, later.plus(WINDOW)));
    assertThat(take(store(), newCampaign(), 9, NOW).given()).isEqualTo(9);
  }

  @Test
  default void turnsHoldThoughTheClockIsSetBack() {
    int id = newCampaign();
    take(store(), id, 8, NOW);
    Instant before = NOW.minus(Duration.ofDays(1));

    assertThat(take(store(), id, 8, before)).isEqualTo(new Turns(2, before.plus(WINDOW)));
    assertThat(take(store(), id, 8, before.plus(WINDOW)).given()).isEqualTo(8);
  }

  @Test
  default void noMoreTurnsAreGivenThanThereAre() {
    int id = newCampaign();
    MetadataStore second = another();
    int given =
        Race.of(6, racer -> take(racer % 2 == 0 ? store() : second, id, 3, NOW).given()).stream()
            .mapToInt(Integer::intValue)
            .sum();
    assertThat(given).isEqualTo(10);
  }

  private static Turns take(MetadataStore store, int campaign, int wanted, Instant now) {
    return store.takeTurns(campaign, wanted, 10, WINDOW, now);
  }

  private int newCampaign() {
    return store().createCampaign(draft("Runs"), "meera", NOW).id();
  }
}
