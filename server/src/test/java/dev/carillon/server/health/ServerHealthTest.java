package dev.carillon.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.health.ProcessHealth.Problem;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.testkit.SettableTime;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerHealthTest {
  private static final long MIB = 1L << 20;

  private final SettableTime time = new SettableTime(Instant.parse("2026-11-20T10:00:00Z"));
  private final ProcessHealth process = new ProcessHealth();
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicReference<Optional<Problem>> facts = new AtomicReference<>(Optional.empty());

  @TempDir private Path folder;

  private StoreProbe probe(Runnable settle) {
    return new StoreProbe(this::write, settle, process, time);
  }

  private void write() {
    if (full.get()) {
      throw new StoreUnavailableException("database or disk is full");
    }
  }

  private ServerHealth health(StoreProbe probe) {
    return new ServerHealth(process, facts::get, probe, new DiskSpace(folder));
  }

  @Test
  void aDiskThatIsFullIsNoticedByWritingAndForgottenWhenThereIsRoom() {
    StoreProbe probe = probe(() -> {});
    full.set(true);
    probe.askMetadata();
    assertThat(health(probe).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.component()).isEqualTo("metadata");
              assertThat(problem.text()).contains("cannot be written");
              assertThat(problem.lasting()).isFalse();
            });
    full.set(false);
    probe.askMetadata();
    assertThat(health(probe).problems()).isEmpty();
  }

  @Test
  void whatTheStoreOfFactsSaysIsShown() {
    StoreProbe probe = probe(() -> {});
    Problem dead = new Problem("facts", "An error has ended a part of the store.", true);
    facts.set(Optional.of(dead));
    assertThat(health(probe).problems()).containsExactly(dead);
  }

  @Test
  void aBacklogThatDoesNotMoveIsNoticedThoughNothingFails() {
    List<ServerHealth> health = new ArrayList<>();
    AtomicReference<List<Problem>> soon = new AtomicReference<>(List.of());
    AtomicReference<List<Problem>> late = new AtomicReference<>(List.of());
    StoreProbe probe =
        probe(
            () -> {
              time.advance(Duration.ofMinutes(4));
              soon.set(health.getFirst().problems());
              time.advance(Duration.ofMinutes(3));
              late.set(health.getFirst().problems());
            });
    health.add(health(probe));
    probe.askFacts();
    assertThat(soon.get()).isEmpty();
    assertThat(late.get())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains("7 minutes ago"));
    assertThat(health.getFirst().problems()).as("it moves again").isEmpty();
  }

  @Test
  void aStoreThatCannotSettleDoesNotLookStuck() {
    StoreProbe probe =
        probe(
            () -> {
              throw new StoreUnavailableException("down");
            });
    probe.askFacts();
    time.advance(Duration.ofHours(1));
    assertThat(health(probe).problems()).isEmpty();
  }

  @Test
  void littleRoomIsAWarning() {
    assertThat(DiskSpace.shortage(300 * MIB, 100_000 * MIB)).isEmpty();
    assertThat(DiskSpace.shortage(200 * MIB, 100_000 * MIB))
        .contains(
            "The disk of the data folder is nearly full: 200 MiB are free. Make room; when it is"
                + " full, nothing more is taken in or sent.");
    assertThat(DiskSpace.shortage(20 * MIB, 64 * MIB)).as("a small disk").isEmpty();
    assertThat(DiskSpace.shortage(5 * MIB, 64 * MIB)).isPresent();
    assertThat(new DiskSpace(folder.resolve("gone")).shortage()).isEmpty();
  }

  @Test
  void eachProblemIsAMetricWhileItLasts() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    StoreProbe probe = probe(() -> {});
    try (HealthReporter reporter = new HealthReporter(health(probe), process, time, registry)) {
      process.troubled("sweeper", "It fails.");
      process.failed("threads", "One ended.");
      reporter.look();
      assertThat(components(registry)).contains("sweeper", "threads");
      process.recovered("sweeper");
      reporter.look();
      assertThat(components(registry)).contains("threads").doesNotContain("sweeper");
    }
  }

  private static List<String> components(SimpleMeterRegistry registry) {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getName().equals("carillon.health.problems"))
        .map(id -> String.valueOf(id.getTag("component")))
        .toList();
  }
}
