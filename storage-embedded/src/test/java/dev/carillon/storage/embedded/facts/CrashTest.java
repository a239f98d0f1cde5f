package dev.carillon.storage.embedded.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
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
  private static final int ROUNDS = Integer.getInteger("carillon.crashes", 4);
  private static final long SEED = 20_261_120L;

  @TempDir private Path folder;

  @Test
  void everythingAcknowledgedSurvivesAKillExactlyOnce() throws Exception {
    Random random = new Random(SEED);
    Set<Integer> acknowledged = new HashSet<>();
    int from = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Set<Integer> fresh = runAndKill(from, 1 + random.nextInt(4000));
      acknowledged.addAll(fresh);
      Map<Integer, Integer> events = new HashMap<>();
      Map<Integer, Integer> facts = new HashMap<>();
      readBack(events, facts);
      assertThat(events.keySet()).as("seed %s, round %s", SEED, round).containsAll(acknowledged);
      assertThat(events.values()).as("seed %s, round %s", SEED, round).containsOnly(1);
      assertThat(facts).as("seed %s, round %s", SEED, round).isEqualTo(events);
      from = events.keySet().stream().mapToInt(number -> number).max().orElse(0) + 1000;
    }
  }

  /** Lets a process append until it has acknowledged so many, kills it, and reads to the end. */
  private Set<Integer> runAndKill(int from, int atLeast) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx400m",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingWriter.class.getName(),
                folder.toString(),
                String.valueOf(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Set<Integer> acknowledged = new HashSet<>();
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null) {
        acknowledged.add(Integer.valueOf(line));
        if (acknowledged.size() == atLeast) {
          process.toHandle().destroyForcibly(); // unlike the process's own, it leaves the pipe open
        }
        line = lines.readLine();
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("killed, not ended").isEqualTo(137);
    return acknowledged;
  }

  private void readBack(Map<Integer, Integer> events, Map<Integer, Integer> facts)
      throws Exception {
    EmbeddedFactStore store = EmbeddedFactStore.open(CrashingWriter.settings(folder));
    store.settle();
    store.close();
    try (DuckDatabase database = new DuckDatabase(CrashingWriter.settings(folder));
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
