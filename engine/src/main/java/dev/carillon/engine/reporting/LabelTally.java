package dev.carillon.engine.reporting;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.report.figure.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The campaigns with a label, and their numbers added up. A campaign with two labels is in both.
 *
 * @param label null: the campaigns without any
 * @param campaigns the campaigns, one or more, drafts too
 * @param tally their numbers; null where none of them has gone out, or some wait
 * @param waiting of how many the numbers have yet to be counted
 */
public record LabelTally(
    @Nullable String label, List<Campaign> campaigns, @Nullable Tally tally, int waiting) {
  private static final Comparator<String> BY_NAME =
      String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.<String>naturalOrder());

  public LabelTally {
    campaigns = List.copyOf(campaigns);
  }

  /**
   * The campaigns by label, by name; last those without any, if there are such.
   *
   * @param tallies the numbers of campaigns by id, as far as they are counted
   */
  static List<LabelTally> of(List<Campaign> campaigns, Map<Integer, Tally> tallies) {
    Map<String, List<Campaign>> labelled = new TreeMap<>(BY_NAME);
    List<Campaign> without = new ArrayList<>();
    for (Campaign campaign : campaigns) {
      campaign
          .definition()
          .labels()
          .forEach(label -> labelled.computeIfAbsent(label, l -> new ArrayList<>()).add(campaign));
      if (campaign.definition().labels().isEmpty()) {
        without.add(campaign);
      }
    }
    List<LabelTally> rows = new ArrayList<>();
    labelled.forEach((label, those) -> rows.add(of(label, those, tallies)));
    if (!without.isEmpty()) {
      rows.add(of(null, without, tallies));
    }
    return rows;
  }

  private static LabelTally of(
      @Nullable String label, List<Campaign> campaigns, Map<Integer, Tally> tallies) {
    List<Campaign> started =
        campaigns.stream().filter(campaign -> campaign.status().started()).toList();
    List<Tally> counted =
        started.stream()
            .map(campaign -> tallies.get(campaign.id()))
            .filter(Objects::nonNull)
            .toList();
    int waiting = started.size() - counted.size();
    return new LabelTally(
        label,
        campaigns,
        waiting > 0 ? null : counted.stream().reduce(Tally::plus).orElse(null),
        waiting);
  }

  /** How many of the campaigns have not gone out yet. */
  public int notStarted() {
    return (int) campaigns.stream().filter(campaign -> !campaign.status().started()).count();
  }
}
