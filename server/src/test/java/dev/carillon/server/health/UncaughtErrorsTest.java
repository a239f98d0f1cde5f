package dev.carillon.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.health.ProcessHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class UncaughtErrorsTest {
  private final ProcessHealth health = new ProcessHealth();
  private final List<Integer> ends = new ArrayList<>();
  private final UncaughtErrors errors = new UncaughtErrors(health, ends::add);

  @Test
  void aThreadThatEndedIsMissedForGoodAndNoDataIsShown() {
    errors.uncaughtException(
        Thread.ofVirtual().name("sweeper").unstarted(() -> {}),
        new IllegalStateException("phone 919812345678"));
    assertThat(ends).isEmpty();
    assertThat(health.problems())
        .containsExactly(
            new ProcessHealth.Problem(
                "threads",
                "The thread sweeper ended (IllegalStateException), and its work is not done any"
                    + " more. The log says why. Start the process again.",
                true));
  }

  @Test
  void withoutMemoryTheProcessEndsInAnyThread() {
    errors.uncaughtException(Thread.currentThread(), new OutOfMemoryError("Java heap space"));
    errors.uncaughtException(
        Thread.currentThread(), new ExecutionException(new OutOfMemoryError("Direct buffer")));
    assertThat(ends).containsExactly(UncaughtErrors.EXIT_CODE, UncaughtErrors.EXIT_CODE);
  }

  @Test
  void aStackThatOverflowedEndsNoProcess() {
    errors.uncaughtException(Thread.currentThread(), new StackOverflowError());
    assertThat(ends).isEmpty();
  }
}
