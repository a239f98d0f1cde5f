package dev.carillon.engine.reporting;

import dev.carillon.core.figure.FigureSums;
import dev.carillon.core.report.figure.Conversion;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Errors;
import dev.carillon.core.report.figure.Funnels;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.Revenue;
import dev.carillon.core.report.figure.Splits;
import dev.carillon.core.report.figure.Trend;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as CSV (RFC 4180): one number a line, named by section, item and name as in the JSON, so
 * that a spreadsheet can pivot it. Text that a spreadsheet would take for a formula is disarmed by
 * an apostrophe.
 */
public final class ReportCsv {

  private final StringBuilder csv = new StringBuilder();

  private ReportCsv() {}

  /** The report's lines, with a header line. */
  public static String of(Report report) {
    ReportCsv csv = new ReportCsv();
    csv.cells("section", "item", "name", "value");
    csv.heading(report);
    csv.counts(report);
    csv.trend("trend.daily", report.trend().daily());
    csv.trend("trend.weekly", report.trend().weekly());
    csv.trend("trend.monthly", report.trend().monthly());
    csv.conversion(report.conversion());
    csv.revenue(report.revenue());
    csv.funnel("funnels.users", report.funnels().users());
    csv.funnel("funnels.influenced", report.funnels().influenced());
    csv.splits(report.splits());
    csv.errors(report.errors());
    csv.figures(report.figures());
    return csv.csv.toString();
  }

  private void heading(Report report) {
    text("campaign", "", "id", report.campaign().id());
    text("campaign", "", "name", report.campaign().name());
    text("campaign", "", "channel", report.campaign().channel());
    text("campaign", "", "status", report.campaign().status());
    text("campaign", "", "asOf", report.asOf().toString());
  }

  private void counts(Report report) {
    numbers("counts", "", report.counts());
    report.rates().forEach((name, rate) -> number("rates", "", name, rate));
  }

  private void trend(String section, List<Trend.Bucket> buckets) {
    for (Trend.Bucket bucket : buckets) {
      numbers(section, bucket.from().toString(), bucket.counts());
    }
  }

  private void conversion(@Nullable Conversion conversion) {
    if (conversion == null) {
      return;
    }
    group("conversion", "target", conversion.target());
    group("conversion", "control", conversion.control());
    Conversion.Lift lift = conversion.lift();
    number("conversion", "lift", "percent", lift.percent());
    number("conversion", "lift", "low", lift.low());
    number("conversion", "lift", "high", lift.high());
    number("conversion", "lift", "points", lift.points());
    number("conversion", "lift", "pointsLow", lift.pointsLow());
    number("conversion", "lift", "pointsHigh", lift.pointsHigh());
    number("conversion", "lift", "confidence", lift.confidence());
    text("conversion", "lift", "method", lift.method());
    text("conversion", "lift", "verdict", lift.verdict());
    for (Conversion.Day day : conversion.overTime()) {
      group("conversion.overTime.target", day.from().toString(), day.target());
      group("conversion.overTime.control", day.from().toString(), day.control());
    }
  }

  private void group(String section, String item, Conversion.Group group) {
    number(section, item, "users", group.users());
    number(section, item, "converted", group.converted());
    number(section, item, "rate", group.rate());
  }

  private void revenue(@Nullable Revenue revenue) {
    if (revenue == null) {
      return;
    }
    text("revenue", "", "currency", revenue.currency());
    number("revenue", "target", "revenue", revenue.target().revenue());
    number("revenue", "target", "arpu", revenue.target().arpu());
    number("revenue", "control", "revenue", revenue.control().revenue());
    number("revenue", "control", "arpu", revenue.control().arpu());
    number("revenue", "", "incremental", revenue.incremental());
    number("revenue", "", "low", revenue.low());
    number("revenue", "", "high", revenue.high());
    number("revenue", "", "boostPercent", revenue.boostPercent());
    text("revenue", "", "verdict", revenue.verdict());
    number("revenue", "", "notANumber", revenue.notANumber());
  }

  private void funnel(String section, List<Funnels.Step> steps) {
    for (Funnels.Step step : steps) {
      number(section, step.stage(), "users", step.users());
      number(section, step.stage(), "percentOfFirst", step.percentOfFirst());
      number(section, step.stage(), "percentOfPrevious", step.percentOfPrevious());
    }
  }

  private void splits(Splits splits) {
    splits
        .attributes()
        .forEach((attribute, parts) -> parts("splits." + attribute.listKey(), parts));
    if (splits.links() != null) {
      splits.links().forEach(l -> number("splits.links", l.link(), "clicked", l.clicked()));
    }
  }

  private void parts(String section, List<Splits.Part> parts) {
    for (Splits.Part part : parts) {
      numbers(section, part.name(), part.counts());
      number(section, part.name(), "ctr", part.ctr());
      number(section, part.name(), "errors", part.errors());
    }
  }

  private void figures(@Nullable FigureSums figures) {
    if (figures != null) {
      figures.values().forEach((figure, value) -> number("figures", "", figure.key(), value));
      if (figures.currency() != null) {
        text("figures", "", "currency", figures.currency());
      }
    }
  }

  private void errors(Errors errors) {
    for (Errors.Suppressed line : errors.suppressed()) {
      number("errors.suppressed", line.reason(), "count", line.count());
    }
    codes("errors.dispatch", errors.dispatch());
    codes("errors.delivery", errors.delivery());
  }

  private void codes(String section, List<Errors.ByCode> lines) {
    for (Errors.ByCode line : lines) {
      number(section, line.code(), "count", line.count());
      text(section, line.code(), "class", line.errorClass());
      text(section, line.code(), "text", line.text());
    }
  }

  private void numbers(String section, String item, Counts counts) {
    counts.numbers().forEach((measure, number) -> number(section, item, measure.key(), number));
  }

  private void text(String section, String item, String name, String value) {
    cells(section, CsvLine.disarmed(item), name, CsvLine.disarmed(value));
  }

  /** A number that the channel does not have, or that cannot be computed, has no line. */
  private void number(String section, String item, String name, @Nullable Number value) {
    if (value != null) {
      String plain = value instanceof BigDecimal money ? money.toPlainString() : value.toString();
      cells(section, CsvLine.disarmed(item), name, plain);
    }
  }

  private void cells(String... cells) {
    csv.append(CsvLine.of(cells));
  }
}
