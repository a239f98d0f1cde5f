package dev.carillon.storage.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Goal;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events dated ahead count once, when their time has come, whenever the process is killed. */
class AheadCrashTest {
  private static final int ROUNDS = Integer.getInteger("carillon.crashes", 4);
  private static final long SEED = 20_261_130L;

  @TempDir private Path folder;

  @Test
  void everyAcknowledgedPurchaseCountsOnceAtItsTime() throws Exception {
    begin();
    Random random = new Random(SEED);
    Set<Long> acknowledged = new HashSet<>();
    int from = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Integer> done =
          KilledProcess.done(CrashingBuyer.class, folder, from, 300 + random.nextInt(2_000));
      done.forEach(number -> acknowledged.add((long) number));
      from = done.getLast() + 1_000;
      Instant now = CrashingBuyer.receivedAt(done.getLast());
      assertThat(counted(now))
          .as("seed %s, round %s", SEED, round)
          .doesNotHaveDuplicates()
          .allMatch(event -> !CrashingBuyer.at((int) (long) event).isAfter(now))
          .containsAll(
              acknowledged.stream()
                  .filter(event -> !CrashingBuyer.at((int) (long) event).isAfter(now))
                  .toList());
    }
    assertThat(counted(CrashingBuyer.at(from)))
        .as("seed %s", SEED)
        .doesNotHaveDuplicates()
        .containsAll(acknowledged);
  }

  private void begin() {
    Goal goal = new Goal("Charged", List.of(), Duration.ofDays(365), null);
    Instant at = CrashingBuyer.BEGINNING;
    try (EmbeddedFactStore store = open(at)) {
      store.append(
          List.of(
              new Entry.OfProfile(
                  new ProfileChange(
                      CrashingBuyer.BUYER,
                      CrashingBuyer.BUYER.key(),
                      "{\"Phone\":\"+919876543210\"}",
                      at,
                      at))));
      store.plan(
          PlanOrderBuilder.of(1, 1, new Evaluation(at, ZoneOffset.UTC)).aiming(goal).order());
      store.append(
          List.of(
              new Entry.OfFact(new Fact(1, 0, FactKind.ATTEMPTED, "1", null, at, at, null, 0))));
    }
  }

  /** The purchases that count when the store was opened at a moment. */
  private List<Long> counted(Instant now) {
    try (EmbeddedFactStore store = open(now)) {
      store.settle();
      return store.life(new MessageRef(1, 0)).orElseThrow().goalEvents().stream()
          .map(GoalEvent::eventId)
          .toList();
    }
  }

  private EmbeddedFactStore open(Instant now) {
    return EmbeddedFactStore.open(CrashingBuyer.settings(folder, InstantSource.fixed(now)));
  }
}
