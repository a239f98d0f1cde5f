package dev.carillon.engine.reporting;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.engine.port.campaign.CampaignPage;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.time.WaitingClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Compares campaigns: chosen ones, each by its report, or many, added up by label. Thread-safe. */
public final class CampaignComparison {
  /** How many campaigns are chosen at least. */
  public static final int FEWEST = 2;

  /** How many campaigns are chosen at most, as each of them has a ledger read. */
  public static final int MOST = 12;

  /** How many campaigns are added up by label at most. */
  public static final int MOST_BY_LABEL = 200;

  private final CampaignStore campaigns;
  private final Reports reports;
  private final WaitingClock clock;

  public CampaignComparison(CampaignStore campaigns, Reports reports, WaitingClock clock) {
    this.campaigns = campaigns;
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * Campaigns that were chosen.
   *
   * @param campaigns those that there are, each once, in the order in which they were named
   * @param unknown what was named and is no campaign
   * @param beyond how many more were named than can be compared
   */
  public record Chosen(List<Campaign> campaigns, List<String> unknown, int beyond) {
    public Chosen {
      campaigns = List.copyOf(campaigns);
      unknown = List.copyOf(unknown);
    }
  }

  /** The campaigns with these ids. */
  public Chosen chosen(List<String> ids) {
    Set<String> named = new LinkedHashSet<>();
    ids.stream().map(String::strip).filter(Predicate.not(String::isEmpty)).forEach(named::add);
    Map<String, Optional<Campaign>> found = new LinkedHashMap<>();
    named.stream().limit(MOST).forEach(id -> found.put(id, campaign(id)));
    return new Chosen(
        found.values().stream().flatMap(Optional::stream).toList(),
        found.entrySet().stream()
            .filter(entry -> entry.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList(),
        Math.max(0, named.size() - MOST));
  }

  private Optional<Campaign> campaign(String id) {
    // Not 07 beside 7, as the same campaign would stand there twice.
    return id.matches("[1-9][0-9]{0,8}")
        ? campaigns.campaign(Integer.parseInt(id))
        : Optional.empty();
  }

  /**
   * Campaigns added up by label.
   *
   * @param labels the labels, by name; last the campaigns without any
   * @param compared how many campaigns are in them
   * @param total how many fit; those beyond the latest {@link #MOST_BY_LABEL} are left out
   * @param waiting of how many the numbers have yet to be counted
   * @param asOf the moment up to which the numbers are complete
   */
  public record ByLabel(
      List<LabelTally> labels, int compared, int total, int waiting, Instant asOf) {
    public ByLabel {
      labels = List.copyOf(labels);
    }
  }

  /**
   * The campaigns that fit, the latest created of them, by label.
   *
   * @param counted of how many campaigns at most the ledgers are read now; the others wait, those
   *     created last the longest, as they are the likeliest to change again
   */
  public ByLabel byLabel(CampaignQuery query, int counted) {
    Instant asOf = clock.instant();
    CampaignPage page = campaigns.campaigns(query.latest(MOST_BY_LABEL));
    List<Campaign> started =
        page.campaigns().stream().filter(campaign -> campaign.status().started()).toList();
    Map<Integer, Tally> tallies = new HashMap<>(reports.known(started));
    List<Campaign> missing =
        started.reversed().stream()
            .filter(campaign -> !tallies.containsKey(campaign.id()))
            .toList();
    missing.stream()
        .limit(counted)
        .forEach(
            campaign ->
                tallies.put(campaign.id(), Tally.of(reports.report(campaign, ReportFilter.NONE))));
    return new ByLabel(
        LabelTally.of(page.campaigns(), tallies),
        page.campaigns().size(),
        page.total(),
        Math.max(0, missing.size() - counted),
        asOf);
  }
}
