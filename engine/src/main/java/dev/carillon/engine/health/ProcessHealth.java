package dev.carillon.engine.health;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The problems that keep parts of this process from their work, by component. A problem that passes
 * is cleared by the component itself; one that cannot pass stays until the process is started
 * again. Thread-safe.
 */
public final class ProcessHealth {
  private final Map<String, Problem> problems = new ConcurrentSkipListMap<>();

  /**
   * Why a component cannot do its work.
   *
   * @param component a short name, such as {@code campaign-timer}
   * @param text what is wrong and what to do, for an operator; no personal data, no secrets
   * @param lasting whether only a new start of the process helps
   */
  public record Problem(String component, String text, boolean lasting) {}

  /** Notes a problem that may pass; one that lasts is kept in its place. */
  public void troubled(String component, String text) {
    put(new Problem(component, text, false));
  }

  /** Notes a problem that only a new start of the process ends. */
  public void failed(String component, String text) {
    put(new Problem(component, text, true));
  }

  /** Clears a component's problem unless it lasts. */
  public void recovered(String component) {
    problems.computeIfPresent(component, (name, known) -> known.lasting() ? known : null);
  }

  /** All problems of the moment, ordered by component. */
  public List<Problem> problems() {
    return List.copyOf(problems.values());
  }

  private void put(Problem problem) {
    problems.merge(
        problem.component(),
        problem,
        (known, fresh) -> known.lasting() && !fresh.lasting() ? known : fresh);
  }
}
