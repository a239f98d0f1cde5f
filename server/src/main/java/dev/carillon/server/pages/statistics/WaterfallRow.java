package dev.carillon.server.pages.statistics;

import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Errors;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
      Counts counts = report.counts();
      level(Measure.PLANNED, counts.planned());
      step(Measure.CONTROL, counts.control());
      held(counts.controlSuppressed());
      step(Measure.SUPPRESSED, counts.suppressed());
      for (Errors.Suppressed reason : report.errors().suppressed()) {
        String set = new ReportSet.Suppressed(reason.reason()).text();
        row(reason.text(), set, "suppressed", Kind.DETAIL, reason.count(), end, reason.count());
      }
      step(Measure.DISPATCH_ERRORS, counts.dispatchErrors());
      step(Measure.UNCERTAIN, counts.uncertain());
      step(Measure.PENDING, counts.pending());
      level(Measure.SENT, counts.sent());
      if (counts.delivered() != null) {
        step(Measure.DELIVERY_ERRORS, counts.deliveryErrors());
        step(Measure.UNKNOWN, counts.unknown());
        level(Measure.DELIVERED, counts.delivered());
        implied(counts.deliveredImplied());
      }
      level(Measure.VIEWED, counts.viewed());
      level(Measure.CONVERTED, counts.converted());
      return List.copyOf(rows);
    }

    private void held(long suppressed) {
      if (suppressed > 0) {
        String words = "of these a rule would have suppressed";
        String set = Measure.CONTROL_SUPPRESSED.key();
        row(words, set, "control", Kind.DETAIL, suppressed, end, suppressed);
      }
    }

    private void implied(@Nullable Long implied) {
      if (implied != null && implied > 0) {
        String words = "of these proven by a view or reply alone";
        row(words, Measure.DELIVERED_IMPLIED.key(), "delivered", Kind.DETAIL, implied, 0, implied);
      }
    }

    private void level(Measure measure, @Nullable Long count) {
      if (count != null) {
        row(measure.title(), measure.key(), measure.key(), Kind.LEVEL, count, 0, count);
        end = count;
      }
    }

    private void step(Measure measure, @Nullable Long count) {
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
