package dev.carillon.simulator.meta;

import dev.carillon.simulator.time.SeededDraws;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The rules that decide what happens to sends; the first one that fits wins. Thread-safe. */
final class OutcomeScript {

  private final long seed;
  private final List<OutcomeRule> rules = new CopyOnWriteArrayList<>();
  private final AtomicLong draws = new AtomicLong();

  OutcomeScript(long seed) {
    this.seed = seed;
  }

  void add(OutcomeRule rule) {
    rules.add(rule);
  }

  void clear() {
    rules.clear();
  }

  /** The outcome for a send with these traits, which uses its rule up by one. */
  Optional<Outcome> draw(String digits, String template, String opaque) {
    for (OutcomeRule rule : rules) {
      if (rule.concerns(digits, template, opaque) && drawn(rule.probability()) && rule.use()) {
        return Optional.of(rule.outcome());
      }
    }
    return Optional.empty();
  }

  private boolean drawn(double probability) {
    return probability >= 1
        || SeededDraws.of(seed, "outcome", Long.toString(draws.getAndIncrement())).nextDouble()
            < probability;
  }
}
