package dev.carillon.core.campaign;

import dev.carillon.core.campaign.Schedule.Due;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs of a schedule one after the other, as they come due. */
final class ScheduledRuns {
  private ScheduledRuns() {}

  /** All runs of a campaign launched at a moment, until another one, both included. */
  static List<Due> of(Schedule schedule, Instant launched, Instant until) {
    List<Due> runs = new ArrayList<>();
    Optional<Due> next = schedule.after(launched.minusNanos(1));
    while (runs.size() < schedule.most() && next.isPresent() && !next.get().at().isAfter(until)) {
      runs.add(next.get());
      next = schedule.after(next.get().at());
    }
    return List.copyOf(runs);
  }
}
