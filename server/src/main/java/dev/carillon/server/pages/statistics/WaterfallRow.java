package dev.carillon.server.pages.statistics;

import dev.carillon.core.report.figure.Errors;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One bar of the waterfall from planned to converted, in which every message has its place.
 *
 * @param label what it is
 * @param set name of the set behind it
 * @param colour key of its colour
 * @param kind whether it is a level, a step down from one, or a detail of a step
 * @param count how many
 * @param percent of the planned messages, written
 * @param x where the bar begins, 0 to 1,000
 * @param width how long it is, 0 to 1,000
 */
public record WaterfallRow(
    String label,
    String set,
    String colour,
    Kind kind,
    String count,
    String percent,
    String x,
    String width) {

  /** What a bar shows. */
  public enum Kind {
    LEVEL,
    STEP,
    DETAIL
  }

  /** The class of its row. */
  public String style() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static List<WaterfallRow> of(Report report, DisplayFormat format) {
    return new Drawing(report, format).rows();
  }

  /** Draws bars from the right end of the level before. */
  private static final class Drawing {
    private static final double FULL = 1_000;
    private static final double LEAST = 3;

    private final Report report;
    private final DisplayFormat format;
    private final List<WaterfallRow> rows = new ArrayList<>();
    private long end;

    Drawing(Report report, DisplayFormat format) {
      this.report = report;
      this.format = format;
    }

    List<WaterfallRow> rows() {
      level(Measure.PLANNED);
      step(Measure.CONTROL);
      String held = "of these a rule would have suppressed";
      detail(Measure.CONTROL_SUPPRESSED, "control", held, end);
      step(Measure.SUPPRESSED);
      for (Errors.Suppressed reason : report.errors().suppressed()) {
        String set = new ReportSet.Suppressed(reason.reason()).text();
        row(reason.text(), set, "suppressed", Kind.DETAIL, reason.count(), end, reason.count());
      }
      step(Measure.DISPATCH_ERRORS);
      step(Measure.UNCERTAIN);
      step(Measure.PENDING);
      level(Measure.SENT);
      if (report.counts().of(Measure.DELIVERED) != null) {
        step(Measure.DELIVERY_ERRORS);
        step(Measure.UNKNOWN);
        level(Measure.DELIVERED);
        String words = "of these proven by a view or reply alone";
        detail(Measure.DELIVERED_IMPLIED, "delivered", words, 0);
      }
      level(Measure.VIEWED);
      level(Measure.CONVERTED);
      return List.copyOf(rows);
    }

    private void detail(Measure measure, String colour, String words, long from) {
      Long count = report.counts().of(measure);
      if (count != null && count > 0) {
        row(words, measure.key(), colour, Kind.DETAIL, count, from, count);
      }
    }

    private void level(Measure measure) {
      Long count = report.counts().of(measure);
      if (count != null) {
        row(measure.title(), measure.key(), measure.key(), Kind.LEVEL, count, 0, count);
        end = count;
      }
    }

    private void step(Measure measure) {
      Long count = report.counts().of(measure);
      if (count != null) {
        end -= count;
        row(measure.title(), measure.key(), measure.key(), Kind.STEP, count, end, count);
      }
    }

    private void row(
        String label, String set, String colour, Kind kind, long count, long from, long length) {
      long planned = report.counts().planned();
      double x = planned == 0 ? 0 : FULL * Math.max(from, 0) / planned;
      double width = planned == 0 || length == 0 ? 0 : Math.max(LEAST, FULL * length / planned);
      rows.add(
          new WaterfallRow(
              label,
              set,
              colour,
              kind,
              format.number(count),
              format.percent(planned == 0 ? null : 100.0 * count / planned),
              number(Math.min(x, FULL - width)),
              number(width)));
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
  }
}
