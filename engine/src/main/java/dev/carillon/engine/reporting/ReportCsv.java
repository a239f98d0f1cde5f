package dev.carillon.engine.reporting;

import dev.carillon.core.report.Conversion;
import dev.carillon.core.report.Errors;
import dev.carillon.core.report.Funnels;
import dev.carillon.core.report.Measure;
import dev.carillon.core.report.Report;
import dev.carillon.core.report.Revenue;
import dev.carillon.core.report.Trend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as CSV (RFC 4180): one number a line, as section, name, detail and value. A text that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
public final class ReportCsv {
  private final StringBuilder csv = new StringBuilder();

  private ReportCsv() {}

  /** The report's lines, with a heading. */
  public static String of(Report report) {
    ReportCsv csv = new ReportCsv();
    csv.line("section", "name", "detail", "value");
    csv.line("campaign", "id", "", report.campaign().id());
    csv.line("campaign", "name", "", report.campaign().name());
    csv.line("campaign", "channel", "", report.campaign().channel());
    csv.line("campaign", "status", "", report.campaign().status());
    csv.line("campaign", "asOf", "", report.asOf());
    for (Measure measure : Measure.values()) {
      csv.known("counts", measure.key(), "", report.counts().of(measure));
    }
    report.rates().forEach((name, rate) -> csv.line("rates", name, "percent", rate));
    csv.trend("daily", report.trend().daily());
    csv.trend("weekly", report.trend().weekly());
    csv.trend("monthly", report.trend().monthly());
    csv.conversion(report.conversion());
    csv.revenue(report.revenue());
    csv.funnel("users funnel", report.funnels().users());
    csv.funnel("influenced funnel", report.funnels().influenced());
    csv.errors(report.errors());
    return csv.csv.toString();
  }

  private void trend(String kind, List<Trend.Bucket> buckets) {
    for (Trend.Bucket bucket : buckets) {
      String from = bucket.from().toString();
      line("trend " + kind, "sent", from, bucket.sent());
      known("trend " + kind, "delivered", from, bucket.delivered());
      known("trend " + kind, "viewed", from, bucket.viewed());
      known("trend " + kind, "clicked", from, bucket.clicked());
      known("trend " + kind, "replied", from, bucket.replied());
    }
  }

  private void conversion(@Nullable Conversion conversion) {
    if (conversion == null) {
      return;
    }
    group("target", conversion.target());
    group("control", conversion.control());
    line("conversion", "lift", "percent", conversion.lift().percent());
    line("conversion", "lift", "low", conversion.lift().low());
    line("conversion", "lift", "high", conversion.lift().high());
    line("conversion", "method", "", conversion.lift().method());
    line("conversion", "verdict", "", conversion.lift().verdict());
  }

  private void group(String name, Conversion.Group group) {
    line("conversion", name, "users", group.users());
    line("conversion", name, "converted", group.converted());
    line("conversion", name, "rate percent", group.rate());
  }

  private void revenue(@Nullable Revenue revenue) {
    if (revenue == null) {
      return;
    }
    line("revenue", "currency", "", revenue.currency());
    line("revenue", "target", "revenue", revenue.target().revenue());
    line("revenue", "target", "arpu", revenue.target().arpu());
    line("revenue", "control", "revenue", revenue.control().revenue());
    line("revenue", "control", "arpu", revenue.control().arpu());
    line("revenue", "incremental", "", revenue.incremental());
    line("revenue", "incremental", "low", revenue.low());
    line("revenue", "incremental", "high", revenue.high());
    line("revenue", "boost", "percent", revenue.boostPercent());
  }

  private void funnel(String section, List<Funnels.Step> steps) {
    for (Funnels.Step step : steps) {
      line(section, step.stage(), "users", step.users());
      line(section, step.stage(), "percent of first", step.percentOfFirst());
      line(section, step.stage(), "percent of previous", step.percentOfPrevious());
    }
  }

  private void errors(Errors errors) {
    errors.suppressed().forEach(e -> line("suppressed", e.reason(), e.text(), e.count()));
    errors.dispatch().forEach(e -> line("dispatch errors", e.code(), e.text(), e.count()));
    errors.delivery().forEach(e -> line("delivery errors", e.code(), e.text(), e.count()));
  }

  private void known(String section, String name, String detail, @Nullable Object value) {
    if (value != null) {
      line(section, name, detail, value);
    }
  }

  private void line(String section, String name, String detail, @Nullable Object value) {
    cell(section).append(',');
    cell(name).append(',');
    cell(detail).append(',');
    if (value instanceof Number number) {
      csv.append(number);
    } else if (value != null) {
      cell(value.toString());
    }
    csv.append("\r\n");
  }

  private StringBuilder cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    if (safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
      return csv.append(safe);
    }
    return csv.append('"').append(safe.replace("\"", "\"\"")).append('"');
  }
}
