package dev.carillon.engine.reporting;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.engine.port.facts.Applied;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of campaigns as their reports last had them, kept as long as nothing has changed: any
 * fact of a campaign, any change of it and any run planned since makes them unknown. So they are
 * exact or not there, and cost no ledger. Of too many campaigns those not asked for longest are
 * forgotten. Thread-safe.
 */
final class ReportCache {
  private static final int MOST = 10_000;

  private final int most;

  /** The one not asked for longest is first. Guarded by this. */
  private final SequencedMap<Integer, Kept> known = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * When campaigns last got facts, by {@link #batches}; the longest ago is first. Guarded by this.
   */
  private final SequencedMap<Integer, Long> changedAt = new LinkedHashMap<>();

  /** How many batches of facts were applied. Guarded by this. */
  private long batches;

  /** Campaigns that {@link #changedAt} has forgotten changed at this batch or earlier. */
  private long forgotten;

  private record Kept(int version, int planned, Tally tally) {}

  ReportCache() {
    this(MOST);
  }

  /**
   * @param most of how many campaigns numbers are kept, 1 or more
   */
  ReportCache(int most) {
    this.most = most;
  }

  /** To be asked before numbers are counted, and given back with them. */
  synchronized long mark() {
    return batches;
  }

  /**
   * Keeps numbers, unless facts may have been applied since the mark.
   *
   * @param planned how many messages the campaign had planned when they were counted
   */
  synchronized void keep(Campaign campaign, int planned, Tally tally, long mark) {
    if (changedAt.getOrDefault(campaign.id(), forgotten) <= mark) {
      known.put(campaign.id(), new Kept(campaign.version(), planned, tally));
      if (known.size() > most) {
        known.pollFirstEntry();
      }
    }
  }

  /** The numbers, if they still hold. */
  synchronized Optional<Tally> of(Campaign campaign, int planned) {
    return Optional.ofNullable(known.get(campaign.id()))
        .filter(kept -> kept.version() == campaign.version() && kept.planned() == planned)
        .map(Kept::tally);
  }

  synchronized void applied(Applied applied) {
    batches++;
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
    known.remove(campaign);
    changedAt.remove(campaign);
    changedAt.put(campaign, batches);
    if (changedAt.size() > most) {
      Map.@Nullable Entry<Integer, Long> longestAgo = changedAt.pollFirstEntry();
      forgotten = longestAgo == null ? batches : longestAgo.getValue();
    }
  }
}
