package dev.carillon.testkit.history;

import dev.carillon.core.report.figure.Conversion;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.Revenue;
import dev.carillon.core.report.figure.Trend;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A report's numbers by name, those that are zero left out, to compare with a recount. */
final class ReportNumbers {
  private final Map<String, Object> numbers = new TreeMap<>();

  private ReportNumbers() {}

  static Map<String, Object> of(Report report) {
    ReportNumbers flat = new ReportNumbers();
    report.counts().numbers().forEach((measure, n) -> flat.put(measure.key(), n));
    report.errors().suppressed().forEach(e -> flat.put("suppressed:" + e.reason(), e.count()));
    report.errors().dispatch().forEach(e -> flat.put("dispatch:" + e.code(), e.count()));
    report.errors().delivery().forEach(e -> flat.put("delivery:" + e.code(), e.count()));
    if (report.splits().links() != null) {
      report.splits().links().forEach(link -> flat.put("link:" + link.link(), link.clicked()));
    }
    report.funnels().users().forEach(step -> flat.put("funnel:" + step.stage(), step.users()));
    report
        .funnels()
        .influenced()
        .forEach(step -> flat.put("influenced:" + step.stage(), step.users()));
    flat.buckets("daily.", report.trend().daily());
    flat.buckets("weekly.", report.trend().weekly());
    flat.buckets("monthly.", report.trend().monthly());
    flat.comparison(
        Objects.requireNonNull(report.conversion()), Objects.requireNonNull(report.revenue()));
    return flat.numbers;
  }

  private void buckets(String name, List<Trend.Bucket> buckets) {
    for (Trend.Bucket bucket : buckets) {
      bucket
          .counts()
          .numbers()
          .forEach((measure, n) -> put(name + bucket.from() + "." + measure.key(), n));
    }
  }

  private void comparison(Conversion conversion, Revenue revenue) {
    put("target.users", conversion.target().users());
    put("target.converted", conversion.target().converted());
    put("sharedConverted", conversion.shared());
    put("control.users", conversion.control().users());
    put("control.converted", conversion.control().converted());
    amount("target.revenue", revenue.target().revenue());
    amount("control.revenue", revenue.control().revenue());
    put("notANumber", revenue.notANumber());
  }

  private void amount(String name, BigDecimal amount) {
    if (amount.signum() != 0) {
      numbers.put(name, amount.stripTrailingZeros());
    }
  }

  private void put(String name, @Nullable Long number) {
    if (number != null && number != 0) {
      numbers.put(name, number);
    }
  }
}
