package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.CONNECTION;
import static dev.carillon.testkit.store.Definitions.NOW;
import static dev.carillon.testkit.store.Definitions.draft;
import static dev.carillon.testkit.store.Definitions.sections;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.Run;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.RunSection;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.work.Chunk;
import dev.carillon.engine.port.work.ChunkQueue;
import dev.carillon.testkit.store.Race;
import dev.carillon.testkit.store.StoreKit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every queue must do with the chunks of runs. */
public interface ChunkQueueContract<S extends CampaignStore & RunStore & ChunkQueue>
    extends StoreKit<S> {

  Duration LEASE = Duration.ofSeconds(30);

  @Test
  default void aPlannedRunIsCutIntoChunks() {
    int id = campaign();
    Run run = store().runPlanned(id, 1, NOW, 100, sections(100, 25), 10);

    assertThat(run).isEqualTo(new Run(id, 1, NOW, 0, new Run.Planned(NOW, 100, 25, null), null));
    assertThat(store().openChunks(id)).isEqualTo(3);
    assertThat(store().openMessages(id)).isEqualTo(25);
    assertThat(claimAll(id, "node"))
        .containsExactly(
            new Chunk(id, 1, CONNECTION, 100, 110, "node"),
            new Chunk(id, 1, CONNECTION, 110, 120, "node"),
            new Chunk(id, 1, CONNECTION, 120, 125, "node"));
  }

  @Test
  default void planningAgainChangesNothing() {
    int id = campaign();
    Run run = store().runPlanned(id, 1, NOW, 0, sections(0, 10), 5);

    assertThat(another().runPlanned(id, 1, NOW.plusSeconds(1), 50, sections(50, 90), 3))
        .isEqualTo(run);
    assertThat(store().openChunks(id)).isEqualTo(2);
  }

  @Test
  default void aRunWithoutMessagesHasNoChunks() {
    int id = campaign();
    assertThat(store().runPlanned(id, 1, NOW, 7, sections(7, 0), 5).messages()).isZero();
    assertThat(store().openChunks(id)).isZero();
    assertThat(store().claimChunk(id, CONNECTION, "node", NOW, LEASE)).isEmpty();
  }

  @Test
  default void planningAnUnknownRunIsRefused() {
    int id = campaign();
    assertThatThrownBy(() -> store().runPlanned(id, 2, NOW, 0, sections(0, 10), 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store().openChunks(id)).isZero();
  }

  @Test
  default void chunksOfOtherCampaignsAreLeftAlone() {
    int one = campaign();
    int two = campaign();
    store().runPlanned(one, 1, NOW, 0, sections(0, 10), 10);

    assertThat(store().claimChunk(two, CONNECTION, "node", NOW, LEASE)).isEmpty();
    assertThat(store().openChunks(two)).isZero();
  }

  @Test
  default void earlierRunsComeFirst() {
    int id = campaign();
    store().createRun(id, 2, NOW);
    store().runPlanned(id, 2, NOW, 10, sections(10, 10), 10);
    store().runPlanned(id, 1, NOW, 0, sections(0, 10), 10);

    assertThat(claimAll(id, "node")).extracting(Chunk::run).containsExactly(1, 2);
  }

  @Test
  default void aFinishedChunkNeverReturns() {
    int id = campaign();
    store().runPlanned(id, 1, NOW, 0, sections(0, 10), 10);
    Chunk chunk = store().claimChunk(id, CONNECTION, "node", NOW, LEASE).orElseThrow();
    store().finishChunk(chunk);

    assertThat(store().openChunks(id)).isZero();
    store().releaseChunk(chunk, NOW);
    assertThat(store().renewChunk(chunk, NOW, LEASE)).isFalse();
    assertThat(another().claimChunk(id, CONNECTION, "other", NOW.plus(Duration.ofDays(9)), LEASE))
        .isEmpty();
    assertThat(store().openChunks(id)).isZero();
  }

  @Test
  default void anExpiredLeaseIsTakenOver() {
    int id = campaign();
    store().runPlanned(id, 1, NOW, 0, sections(0, 10), 10);
    Chunk lost = store().claimChunk(id, CONNECTION, "dead", NOW, LEASE).orElseThrow();
    S other = another();

    assertThat(other.claimChunk(id, CONNECTION, "alive", NOW.plus(LEASE).minusMillis(1), LEASE))
        .isEmpty();
    Chunk taken = other.claimChunk(id, CONNECTION, "alive", NOW.plus(LEASE), LEASE).orElseThrow();
    assertThat(taken).isEqualTo(new Chunk(id, 1, CONNECTION, 0, 10, "alive"));

    assertThat(store().renewChunk(lost, NOW.plus(LEASE), LEASE)).isFalse();
    store().finishChunk(lost);
    store().releaseChunk(lost, NOW);
    assertThat(store().openChunks(id)).isEqualTo(1);
    assertThat(store().claimChunk(id, CONNECTION, "third", NOW.plus(LEASE), LEASE)).isEmpty();
    other.finishChunk(taken);
    assertThat(store().openChunks(id)).isZero();
  }

  @Test
  default void aRenewedLeaseHolds() {
    int id = campaign();
    store().runPlanned(id, 1, NOW, 0, sections(0, 10), 10);
    Chunk chunk = store().claimChunk(id, CONNECTION, "node", NOW, LEASE).orElseThrow();

    assertThat(store().renewChunk(chunk, NOW.plusSeconds(20), LEASE)).isTrue();
    assertThat(store().claimChunk(id, CONNECTION, "other", NOW.plus(LEASE), LEASE)).isEmpty();
    assertThat(store().claimChunk(id, CONNECTION, "other", NOW.plusSeconds(50), LEASE)).isPresent();
  }

  @Test
  default void aReleasedChunkIsClaimedAgainNotBeforeItsTime() {
    int id = campaign();
    store().runPlanned(id, 1, NOW, 0, sections(0, 20), 10);
    Chunk first = store().claimChunk(id, CONNECTION, "node", NOW, LEASE).orElseThrow();
    store().releaseChunk(first, NOW.plusSeconds(60));

    assertThat(store().openChunks(id)).isEqualTo(2);
    assertThat(store().renewChunk(first, NOW, LEASE)).isFalse();
    assertThat(claimAll(id, "node")).extracting(Chunk::fromSeq).containsExactly(10);
    assertThat(
            store().claimChunk(id, CONNECTION, "node", NOW.plusSeconds(59), LEASE.multipliedBy(9)))
        .map(Chunk::fromSeq)
        .contains(10);
    assertThat(store().claimChunk(id, CONNECTION, "other", NOW.plusSeconds(60), LEASE))
        .contains(new Chunk(id, 1, CONNECTION, 0, 10, "other"));
  }

  @Test
  default void noChunkIsClaimedTwice() {
    int id = campaign();
    int chunks = 60;
    store().runPlanned(id, 1, NOW, 0, sections(0, chunks * 10), 10);
    S second = another();

    List<Chunk> claimed =
        Race.of(
                6,
                racer ->
                    claimAllAndFinish(racer % 2 == 0 ? store() : second, id, "node-" + racer % 3))
            .stream()
            .flatMap(List::stream)
            .toList();

    assertThat(claimed)
        .extracting(Chunk::fromSeq)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, chunks).map(chunk -> chunk * 10).boxed().toList());
    assertThat(store().openChunks(id)).isZero();
  }

  @Test
  default void theNextChunkIsTheOneThatIsFreeFirst() {
    int id = campaign();
    assertThat(store().nextChunks(id)).isEmpty();
    store().runPlanned(id, 1, NOW, 0, sections(0, 20), 10);
    assertThat(store().nextChunks(id)).isEqualTo(Map.of(CONNECTION, NOW));

    Chunk first = store().claimChunk(id, CONNECTION, "node", NOW, LEASE).orElseThrow();
    Chunk second = store().claimChunk(id, CONNECTION, "node", NOW, LEASE).orElseThrow();
    store().releaseChunk(first, NOW.plus(Duration.ofHours(9)));
    store().releaseChunk(second, NOW.plus(Duration.ofHours(3)));
    assertThat(another().nextChunks(id))
        .isEqualTo(Map.of(CONNECTION, NOW.plus(Duration.ofHours(3))));
  }

  @Test
  default void aChunkHoldsMessagesOfOneConnection() {
    int id = campaign();
    List<RunSection> sections =
        List.of(new RunSection(4, 100, 15), new RunSection(9, 115, 0), new RunSection(2, 115, 12));
    Run run = store().runPlanned(id, 1, NOW, 100, sections, 10);

    assertThat(run.messages()).isEqualTo(27);
    assertThat(store().nextChunks(id)).isEqualTo(Map.of(4, NOW, 2, NOW));
    Chunk first = store().claimChunk(id, 2, "node", NOW, LEASE).orElseThrow();
    assertThat(first).isEqualTo(new Chunk(id, 1, 2, 115, 125, "node"));
    store().releaseChunk(first, NOW.plusSeconds(9));
    assertThat(another().claimChunk(id, 2, "node", NOW, LEASE))
        .contains(new Chunk(id, 1, 2, 125, 127, "node"));
    assertThat(store().claimChunk(id, 2, "node", NOW, LEASE)).isEmpty();
    assertThat(store().nextChunks(id)).isEqualTo(Map.of(4, NOW, 2, NOW.plusSeconds(9)));
    assertThat(store().claimChunk(id, 4, "node", NOW, LEASE))
        .contains(new Chunk(id, 1, 4, 100, 110, "node"));
    assertThat(store().claimChunk(id, 4, "node", NOW, LEASE))
        .contains(new Chunk(id, 1, 4, 110, 115, "node"));
    assertThat(store().claimChunk(id, 9, "node", NOW, LEASE)).isEmpty();
  }

  @Test
  default void sectionsWithAGapAreRefused() {
    int id = campaign();
    List<RunSection> sections = List.of(new RunSection(4, 0, 5), new RunSection(2, 6, 5));
    assertThatThrownBy(() -> store().runPlanned(id, 1, NOW, 0, sections, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store().openChunks(id)).isZero();
  }

  @Test
  default void onlyUnclaimedChunksAreFreed() {
    int id = campaign();
    store().runPlanned(id, 1, NOW, 0, sections(0, 20), 10);
    Chunk first = store().claimChunk(id, CONNECTION, "node", NOW, LEASE).orElseThrow();
    Chunk second = store().claimChunk(id, CONNECTION, "node", NOW, LEASE).orElseThrow();
    store().releaseChunk(first, NOW.plus(Duration.ofHours(9)));
    another().freeWaitingChunks(id, NOW);

    assertThat(store().claimChunk(id, CONNECTION, "other", NOW, LEASE))
        .map(Chunk::fromSeq)
        .contains(0);
    assertThat(store().claimChunk(id, CONNECTION, "other", NOW, LEASE)).isEmpty();
    assertThat(store().renewChunk(second, NOW, LEASE)).isTrue();
  }

  private int campaign() {
    int id = store().createCampaign(draft("Chunks"), "meera", NOW).id();
    store().createRun(id, 1, NOW);
    return id;
  }

  private List<Chunk> claimAll(int campaign, String owner) {
    List<Chunk> claimed = new ArrayList<>();
    Optional<Chunk> next = store().claimChunk(campaign, CONNECTION, owner, NOW, LEASE);
    while (next.isPresent()) {
      claimed.add(next.get());
      next = store().claimChunk(campaign, CONNECTION, owner, NOW, LEASE);
    }
    return claimed;
  }

  private List<Chunk> claimAllAndFinish(S store, int campaign, String owner) {
    List<Chunk> claimed = new ArrayList<>();
    Optional<Chunk> next = store.claimChunk(campaign, CONNECTION, owner, NOW, LEASE);
    while (next.isPresent()) {
      claimed.add(next.get());
      store.finishChunk(next.get());
      next = store.claimChunk(campaign, CONNECTION, owner, NOW, LEASE);
    }
    return claimed;
  }
}
