package dev.carillon.engine.reporting;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.report.Tally;
import dev.carillon.engine.port.FactStore.Applied;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of campaigns as their reports last had them, kept as long as nothing has changed: any
 * fact of a campaign, any change of it and any run planned since makes them unknown. So they are
 * exact or not there, and cost no ledger. Thread-safe.
 */
final class KnownNumbers {
  private static final int MOST = 20_000;

  /** Guarded by this. */
  private final Map<Integer, Kept> known = new HashMap<>();

  /** How often facts of a campaign were told. Guarded by this. */
  private final Map<Integer, Long> told = new HashMap<>();

  private record Kept(int version, int planned, Tally tally) {}

  /** To be asked before numbers are counted, and given back with them. */
  synchronized long mark(int campaign) {
    return told.getOrDefault(campaign, 0L);
  }

  /**
   * Keeps numbers, unless facts were told since the mark.
   *
   * @param planned how many messages the campaign had planned when they were counted
   */
  synchronized void keep(Campaign campaign, int planned, Tally tally, long mark) {
    if (mark(campaign.id()) == mark) {
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(campaign.id(), new Kept(campaign.version(), planned, tally));
    }
  }

  /** The numbers, if they still hold. */
  synchronized Optional<Tally> of(Campaign campaign, int planned) {
    return Optional.ofNullable(known.get(campaign.id()))
        .filter(kept -> kept.version() == campaign.version() && kept.planned() == planned)
        .map(Kept::tally);
  }

  synchronized void applied(Applied applied) {
    int last = 0;
    for (Fact fact : applied.facts()) {
      if (fact.campaign() != last) {
        last = fact.campaign();
        changed(last);
      }
    }
    for (GoalEvent event : applied.goalEvents()) {
      changed(event.campaign());
    }
  }

  private void changed(int campaign) {
    told.merge(campaign, 1L, Long::sum);
    known.remove(campaign);
  }
}
