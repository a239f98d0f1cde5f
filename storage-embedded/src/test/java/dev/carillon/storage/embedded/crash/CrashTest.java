package dev.carillon.storage.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there exactly once, whenever the process is killed. */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("test.crashes", 4);
  private static final long SEED = 20_261_120L;

  @TempDir private Path folder;

  @Test
  void everythingAcknowledgedSurvivesAKillExactlyOnce() throws Exception {
    Random random = new Random(SEED);
    Set<Integer> acknowledged = new HashSet<>();
    int from = 0;
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(
          KilledProcess.done(CrashingWriter.class, folder, from, 1 + random.nextInt(4000)));
      Map<Integer, Integer> events = new HashMap<>();
      Map<Integer, Integer> facts = new HashMap<>();
      readBack(events, facts);
      assertThat(events.keySet()).as("seed %s, round %s", SEED, round).containsAll(acknowledged);
      assertThat(events.values()).as("seed %s, round %s", SEED, round).containsOnly(1);
      assertThat(facts).as("seed %s, round %s", SEED, round).isEqualTo(events);
      from = events.keySet().stream().mapToInt(number -> number).max().orElse(0) + 1000;
    }
  }

  private void readBack(Map<Integer, Integer> events, Map<Integer, Integer> facts)
      throws Exception {
    EmbeddedFactStore store = EmbeddedFactStore.open(CrashingWriter.settings(folder));
    store.settle();
    store.close();
    try (DuckDatabase database = CrashingWriter.settings(folder).openDatabase();
        DuckSession session = database.session()) {
      session.each(
          "SELECT event_id, count(*) FROM event GROUP BY ALL",
          row -> events.put(row.getInt(1), row.getInt(2)));
      session.each(
          "SELECT seq, count(*) FROM fact GROUP BY ALL",
          row -> facts.put(row.getInt(1), row.getInt(2)));
    }
  }
}
