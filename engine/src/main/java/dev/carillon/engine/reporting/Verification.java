package dev.carillon.engine.reporting;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.report.Counting;
import dev.carillon.core.report.Conversion;
import dev.carillon.core.report.Errors;
import dev.carillon.core.report.Measure;
import dev.carillon.core.report.Report;
import dev.carillon.core.report.ReportFilter;
import dev.carillon.core.report.Revenue;
import dev.carillon.core.report.Trend;
import dev.carillon.engine.port.LedgerStore;
import dev.carillon.engine.port.LedgerStore.Recount;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares every number that a report shows with a recount by plain SQL over the facts, which knows
 * neither ledger nor snapshot.
 */
public final class Verification {
  private static final int LOOKS = 3;

  /** Parts of other numbers, which are recounted. */
  private static final Set<Measure> SHOWN_APART =
      Set.of(Measure.DELIVERED_IMPLIED, Measure.BOT_CLICKED);

  private final Reports reports;
  private final LedgerStore store;
  private final ZoneId zone;

  public Verification(Reports reports, LedgerStore store, ZoneId zone) {
    this.reports = reports;
    this.store = store;
    this.zone = zone;
  }

  /**
   * Compares the numbers of a campaign. While facts come in the two counts may be of different
   * moments, so a difference must show several times to be one.
   */
  public Result verify(Campaign campaign) {
    Result result = compare(campaign);
    for (int i = 1; i < LOOKS && !result.differences().isEmpty(); i++) {
      result = compare(campaign);
    }
    return result;
  }

  private Result compare(Campaign campaign) {
    Report report = reports.report(campaign, ReportFilter.NONE.counting(Counting.UNIQUE));
    Report total = reports.report(campaign, ReportFilter.NONE.counting(Counting.TOTAL));
    Recount recount = store.recount(campaign.id(), zone);
    Comparing comparing = new Comparing();
    for (Measure measure : Measure.values()) {
      Long shown = report.counts().of(measure);
      if (shown != null && !SHOWN_APART.contains(measure)) {
        comparing.number(measure.key(), shown, recount.counts().get(measure.key()));
        Long counted = recount.totals().get(measure.key());
        if (counted != null) {
          comparing.number("total " + measure.key(), total.counts().of(measure), counted);
        }
      }
    }
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
    Revenue revenue = report.revenue();
    if (revenue != null) {
      comparing.money("revenue of target", revenue.target().revenue(), recount, "target");
      comparing.money("revenue of control", revenue.control().revenue(), recount, "control");
    }
    return new Result(comparing.compared, List.copyOf(comparing.differences));
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
      Map<String, Long> numbers = new TreeMap<>();
      numbers.put("sent", bucket.sent());
      putKnown(numbers, "delivered", bucket.delivered());
      putKnown(numbers, "viewed", bucket.viewed());
      putKnown(numbers, "clicked", bucket.clicked());
      putKnown(numbers, "replied", bucket.replied());
      days.put(bucket.from().toString(), numbers);
    }
    return days;
  }

  private static void putKnown(Map<String, Long> numbers, String name, @Nullable Long number) {
    if (number != null) {
      numbers.put(name, number);
    }
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
