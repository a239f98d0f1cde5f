package dev.carillon.server.health;

import dev.carillon.engine.health.BackgroundLoop;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.health.ProcessHealth.Problem;
import dev.carillon.engine.time.WaitingClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log and in the metrics which problems the server has. */
final class HealthReporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthReporter.class);
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  private final ServerHealth server;
  private final ProcessHealth process;
  private final WaitingClock clock;
  private final MultiGauge gauge;
  private Set<Problem> known = Set.of();
  private @Nullable BackgroundLoop loop;

  HealthReporter(
      ServerHealth server, ProcessHealth process, WaitingClock clock, MeterRegistry registry) {
    this.server = server;
    this.process = process;
    this.clock = clock;
    this.gauge =
        MultiGauge.builder("carillon.health.problems")
            .description("1 for each component that cannot do its work, or soon may not")
            .register(registry);
  }

  /** Looks until closed. Returns at once. */
  synchronized void start() {
    if (loop == null) {
      loop =
          BackgroundLoop.start(
              "health-reporter",
              process,
              clock,
              BETWEEN,
              () -> {
                look();
                clock.sleep(BETWEEN);
              });
    }
  }

  /** Says what is new and what has passed since the last look. */
  void look() {
    Set<Problem> now = new LinkedHashSet<>(server.problems());
    now.addAll(server.warnings());
    for (Problem problem : now) {
      if (!known.contains(problem)) {
        LOG.warn("{}: {}", problem.component(), problem.text());
      }
    }
    for (Problem problem : known) {
      if (now.stream().noneMatch(one -> one.component().equals(problem.component()))) {
        LOG.info("{}: the problem has passed", problem.component());
      }
    }
    known = Set.copyOf(now);
    gauge.register(
        now.stream()
            .map(Problem::component)
            .distinct()
            .map(component -> MultiGauge.Row.of(Tags.of("component", component), 1))
            .toList(),
        true);
  }

  @Override
  public synchronized void close() {
    if (loop != null) {
      loop.close();
    }
  }
}
