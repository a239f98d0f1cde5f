package dev.carillon.engine.port.campaign;

import dev.carillon.core.ledger.PlannedRun;
import java.util.List;

/**
 * What was planned of a run, and which connections its messages go through.
 *
 * @param sections one after the other, together all of the run's messages
 */
public record RunPlan(PlannedRun run, List<RunSection> sections) {
  public RunPlan {
    sections = List.copyOf(sections);
    if (RunSection.messages(run.firstSeq(), sections) != run.count()) {
      throw new IllegalArgumentException("the sections of run " + run.run() + " are not all of it");
    }
  }

  /** A run of which every message goes through one connection. */
  public static RunPlan through(int connection, PlannedRun run) {
    return new RunPlan(run, List.of(new RunSection(connection, run.firstSeq(), run.count())));
  }
}
