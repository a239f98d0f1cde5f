package dev.carillon.storage.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.storage.embedded.EmbeddedFactStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who was deleted stays so, and who was not is there, whenever the process is killed. */
class ErasureCrashTest {
  private static final int ROUNDS = Integer.getInteger("test.crashes", 3);
  private static final long SEED = 20_261_121L;

  @TempDir private Path folder;

  @Test
  void everyDeletionThatWasAcknowledgedHolds() throws Exception {
    Random random = new Random(SEED);
    List<Integer> done = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      done.addAll(
          KilledProcess.done(
              CrashingEraser.class, folder, round * 100_000, 1 + random.nextInt(150)));
      try (EmbeddedFactStore store = EmbeddedFactStore.open(CrashingWriter.settings(folder))) {
        store.settle();
        for (int number : done) {
          assertThat(store.person(CrashingEraser.user(number)).isEmpty())
              .as("seed %s, round %s, user %s is deleted", SEED, round, number)
              .isEqualTo(CrashingEraser.isDeleted(number));
          store.append(CrashingEraser.known(number));
        }
        store.settle();
        assertThat(done)
            .as("seed %s, round %s, told again", SEED, round)
            .allMatch(
                number ->
                    store.person(CrashingEraser.user(number)).isEmpty()
                        == CrashingEraser.isDeleted(number));
      }
    }
  }
}
