package dev.carillon.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.health.ProcessHealth.Problem;
import org.junit.jupiter.api.Test;

class ProcessHealthTest {
  private final ProcessHealth health = new ProcessHealth();

  @Test
  void aProblemThatPassesIsCleared() {
    health.troubled("timer", "the database is locked");
    health.troubled("results", "the disk is full");
    health.recovered("timer");

    assertThat(health.problems())
        .containsExactly(new Problem("results", "the disk is full", false));
  }

  @Test
  void aProblemThatLastsStaysWhateverComes() {
    health.failed("applier", "a defect");
    health.troubled("applier", "slow");
    health.recovered("applier");

    assertThat(health.problems()).containsExactly(new Problem("applier", "a defect", true));
  }
}
