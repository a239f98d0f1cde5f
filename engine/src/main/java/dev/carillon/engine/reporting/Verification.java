package dev.carillon.engine.reporting;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.CampaignTerms;
import dev.carillon.core.report.figure.Conversion;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Errors;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.Revenue;
import dev.carillon.core.report.figure.Splits;
import dev.carillon.core.report.figure.Trend;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.ledger.Recount;
import dev.carillon.engine.port.ledger.RecountStore;
import dev.carillon.engine.reporting.Reports.Shown;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares every number that a report shows with a recount by plain SQL over the facts, which knows
 * neither ledger nor snapshot.
 */
public final class Verification {
  /** Runs that are planned while their campaign is looked at make another look needed. */
  private static final int MOST_LOOKS = 10;

  private static final int PAGE = 500;

  private final Reports reports;
  private final RecountStore store;
  private final Account account;

  public Verification(Reports reports, RecountStore store, Account account) {
    this.reports = reports;
    this.store = store;
    this.account = account;
  }

  /** Compares the numbers of all campaigns, newest first, and returns what came of each. */
  public Total verifyAll(CampaignStore campaigns, BiConsumer<Campaign, Result> each) {
    int numbers = 0;
    int different = 0;
    Collection<Campaign> all = all(campaigns);
    for (Campaign campaign : all) {
      Result result = verify(campaign);
      numbers += result.compared();
      different += result.differences().size();
      each.accept(campaign, result);
    }
    return new Total(all.size(), numbers, different);
  }

  /** Read before the first is verified, as pages shift when a campaign is made meanwhile. */
  private static Collection<Campaign> all(CampaignStore campaigns) {
    Map<Integer, Campaign> all = new LinkedHashMap<>();
    List<Campaign> page;
    int offset = 0;
    do {
      page =
          campaigns
              .campaigns(new CampaignQuery(null, null, Set.of(), null, null, PAGE, offset))
              .campaigns();
      page.forEach(campaign -> all.putIfAbsent(campaign.id(), campaign));
      offset += page.size();
    } while (page.size() == PAGE);
    return all.values();
  }

  /**
   * Compares the numbers of a campaign, both of the same moment, so that facts may come in
   * meanwhile.
   */
  public Result verify(Campaign campaign) {
    CampaignTerms terms = reports.terms(campaign);
    // Brings the ledger into memory, so that the store is held still for an instant only.
    reports.report(campaign, ReportFilter.NONE);
    Look look = look(campaign, terms);
    for (int looks = 1; looks < MOST_LOOKS && look.planningGoesOn(); looks++) {
      look = look(campaign, terms);
    }
    return compare(look);
  }

  private Look look(Campaign campaign, CampaignTerms terms) {
    AtomicReference<@Nullable Shown> shown = new AtomicReference<>();
    ZoneId zone = account.zone();
    Recount recount =
        store.recount(
            campaign.id(),
            zone,
            planned -> shown.set(reports.shown(campaign, terms, zone, planned)));
    return new Look(Objects.requireNonNull(shown.get()), recount);
  }

  /** What is shown and what was counted again at the same moment. */
  private record Look(Shown shown, Recount recount) {

    /** Whether what is shown has messages of a run that was planned in between. */
    boolean planningGoesOn() {
      return shown.planned() > recount.counts().getOrDefault(Measure.PLANNED.key(), 0L);
    }
  }

  private static Result compare(Look look) {
    Report report = look.shown().unique();
    Report total = look.shown().total();
    Recount recount = look.recount();
    Comparing comparing = new Comparing();
    names(report.counts())
        .forEach((name, shown) -> comparing.number(name, shown, recount.counts().get(name)));
    names(total.counts())
        .forEach(
            (name, shown) -> {
              Long counted = recount.totals().get(name);
              if (counted != null) {
                comparing.number("total " + name, shown, counted);
              }
            });
    comparing.lists("suppressed ", suppressed(report.errors()), recount.suppressed());
    comparing.lists("dispatch error ", codes(report.errors().dispatch()), recount.dispatchErrors());
    comparing.lists("delivery error ", codes(report.errors().delivery()), recount.deliveryErrors());
    Conversion conversion = report.conversion();
    if (conversion != null) {
      comparing.number(
          "shared conversions", conversion.shared(), recount.totals().get("sharedConverted"));
    }
    Map<String, Map<String, Long>> days = daily(report.trend());
    for (String day : union(days, recount.daily())) {
      comparing.lists(
          day + " ", days.getOrDefault(day, Map.of()), recount.daily().getOrDefault(day, Map.of()));
    }
    for (Splits.Part part : report.splits().by(PlannedAttribute.VARIANT)) {
      Map<String, Long> counted = recount.variants().getOrDefault(part.name(), Map.of());
      comparing.number(
          "variant " + part.name() + " errors", part.errors(), counted.getOrDefault("errors", 0L));
      names(part.counts())
          .forEach(
              (name, shown) ->
                  comparing.number(
                      "variant " + part.name() + " " + name,
                      shown,
                      counted.getOrDefault(name, 0L)));
    }
    Revenue revenue = report.revenue();
    if (revenue != null) {
      comparing.money("revenue of target", revenue.target().revenue(), recount, "target");
      comparing.money("revenue of control", revenue.control().revenue(), recount, "control");
      comparing.number(
          "revenue that is no number",
          revenue.notANumber(),
          recount.totals().get("revenueNotANumber"));
    }
    return new Result(comparing.compared, List.copyOf(comparing.differences));
  }

  private static Map<String, Long> names(Counts counts) {
    Map<String, Long> names = new TreeMap<>();
    counts.numbers().forEach((measure, number) -> names.put(measure.key(), number));
    return names;
  }

  private static Map<String, Long> suppressed(Errors errors) {
    Map<String, Long> counts = new TreeMap<>();
    errors.suppressed().forEach(line -> counts.put(line.reason(), line.count()));
    return counts;
  }

  private static Map<String, Long> codes(List<Errors.ByCode> lines) {
    Map<String, Long> counts = new TreeMap<>();
    lines.forEach(line -> counts.put(line.code(), line.count()));
    return counts;
  }

  private static Map<String, Map<String, Long>> daily(Trend trend) {
    Map<String, Map<String, Long>> days = new TreeMap<>();
    for (Trend.Bucket bucket : trend.daily()) {
      days.put(bucket.from().toString(), names(bucket.counts()));
    }
    return days;
  }

  private static Set<String> union(Map<String, ?> some, Map<String, ?> others) {
    TreeSet<String> all = new TreeSet<>(some.keySet());
    all.addAll(others.keySet());
    return all;
  }

  /**
   * What came of verifying a campaign.
   *
   * @param compared how many numbers were compared
   * @param differences each number that differs, with both values; empty when all agree
   */
  public record Result(int compared, List<String> differences) {}

  /**
   * What came of verifying all campaigns.
   *
   * @param campaigns how many there are
   * @param numbers how many numbers were compared
   * @param different how many of them differ
   */
  public record Total(int campaigns, int numbers, int different) {}

  private static final class Comparing {
    private final List<String> differences = new ArrayList<>();
    private int compared;

    /** A number that the recount leaves out is none. */
    void number(String name, @Nullable Long shown, @Nullable Long counted) {
      compared++;
      long left = shown == null ? 0 : shown;
      long right = counted == null ? 0 : counted;
      if (left != right) {
        differences.add(name + ": shown " + left + ", counted again " + right);
      }
    }

    void lists(String prefix, Map<String, Long> shown, Map<String, Long> counted) {
      for (String name : union(shown, counted)) {
        number(prefix + name, shown.get(name), counted.get(name));
      }
    }

    void money(String name, BigDecimal shown, Recount recount, String group) {
      number(
          name + " in millionths",
          shown.movePointRight(6).longValueExact(),
          recount.revenueMicros().get(group));
    }
  }
}
