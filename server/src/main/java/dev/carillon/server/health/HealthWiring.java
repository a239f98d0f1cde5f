package dev.carillon.server.health;

import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.health.ProcessHealth.Problem;
import dev.carillon.engine.port.Settling;
import dev.carillon.engine.port.WriteProbe;
import dev.carillon.engine.port.facts.FactStoreState;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.server.settings.CarillonSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts together what knows of the server's health. Its probes live in real time, for a disk fills
 * in real time whatever time the campaigns live in.
 */
@Configuration(proxyBeanMethods = false)
class HealthWiring {
  @Bean
  ProcessHealth processHealth() {
    ProcessHealth health = new ProcessHealth();
    UncaughtErrors.listen(health);
    return health;
  }

  @Bean(initMethod = "start")
  StoreProbe storeProbe(WriteProbe metadata, Settling facts, ProcessHealth health) {
    return new StoreProbe(metadata::probe, facts::settle, health, WaitingClock.system());
  }

  @Bean
  ServerHealth serverHealth(
      ProcessHealth process, FactStoreState facts, StoreProbe probe, CarillonSettings settings) {
    return new ServerHealth(process, () -> problem(facts), probe, new DiskSpace(settings.data()));
  }

  private static Optional<Problem> problem(FactStoreState facts) {
    return facts.problem().map(text -> new Problem("facts", text, facts.problemLasts()));
  }

  @Bean(initMethod = "start")
  HealthReporter healthReporter(
      ServerHealth server, ProcessHealth process, MeterRegistry registry) {
    return new HealthReporter(server, process, WaitingClock.system(), registry);
  }

  /** Part of health and readiness: down while anything keeps a part of the server from its work. */
  @Bean
  HealthIndicator work(ServerHealth server) {
    return () -> down(server.problems());
  }

  /** Part of health and liveness: down when only a new start of the process helps. */
  @Bean
  HealthIndicator lasting(ServerHealth server) {
    return () -> down(server.problems().stream().filter(Problem::lasting).toList());
  }

  private static Health down(List<Problem> problems) {
    if (problems.isEmpty()) {
      return Health.up().build();
    }
    Map<String, String> texts =
        problems.stream()
            .collect(
                Collectors.toMap(
                    Problem::component, Problem::text, (one, other) -> one + " " + other));
    return Health.down().withDetails(texts).build();
  }
}
