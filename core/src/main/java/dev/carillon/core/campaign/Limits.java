package dev.carillon.core.campaign;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a campaign from sending too much.
 *
 * @param caps whether the account's frequency caps apply
 * @param gap the least time since the last message of this campaign to the same user; null: none
 * @param target how many users are chosen at most
 * @param safety a run that more users qualify for is skipped; null: never
 */
public record Limits(
    boolean caps, @Nullable Duration gap, Target target, @Nullable Integer safety) {
  public static final Duration SHORTEST_GAP = Duration.ofMinutes(5);
  public static final Duration LONGEST_GAP = Duration.ofDays(90);

  /** The account's caps and nothing else. */
  public static final Limits NONE = new Limits(true, null, Target.NONE, null);

  public Limits {
    if (gap != null && (gap.compareTo(SHORTEST_GAP) < 0 || gap.compareTo(LONGEST_GAP) > 0)) {
      throw new IllegalArgumentException("a gap is 5 minutes to 90 days");
    }
    if (safety != null && safety < 1) {
      throw new IllegalArgumentException("a safety limit is at least 1");
    }
  }

  /**
   * How many target users a run is let through to at most; each is at least 1, null: no limit.
   *
   * @param overall in the campaign
   * @param perRun in each run
   * @param perDay in runs of one day of the account's zone together
   */
  public record Target(
      @Nullable Integer overall, @Nullable Integer perRun, @Nullable Integer perDay) {
    public static final Target NONE = new Target(null, null, null);

    public Target {
      for (Integer limit : new Integer[] {overall, perRun, perDay}) {
        if (limit != null && limit < 1) {
          throw new IllegalArgumentException("a target cap is at least 1");
        }
      }
    }

    public boolean none() {
      return equals(NONE);
    }

    /**
     * How many more a run may have.
     *
     * @param before users let through, of each earlier run
     * @param today those of them in runs of the same day
     * @return 0 or more; {@link Long#MAX_VALUE} without a limit
     */
    public long room(long before, long today) {
      long room = Long.MAX_VALUE;
      if (overall != null) {
        room = Math.min(room, overall - before);
      }
      if (perRun != null) {
        room = Math.min(room, perRun);
      }
      if (perDay != null) {
        room = Math.min(room, perDay - today);
      }
      return Math.max(0, room);
    }
  }
}
