package dev.carillon.server.pages.campaigns;

import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table that compares numbers.
 *
 * @param title its heading
 * @param measure the number
 * @param rate the name of the rate; null without
 * @param counted whether the number is shown too, and not only the rate
 */
public record FigureColumn(String title, Measure measure, @Nullable String rate, boolean counted) {
  private static final List<FigureColumn> MESSAGES =
      List.of(
          column("Qualified", Measure.QUALIFIED, null),
          column("Sent", Measure.SENT, null),
          column("Delivered", Measure.DELIVERED, "delivered"),
          column("Viewed", Measure.VIEWED, "viewed"),
          column("Clicks", Measure.CLICKED, "clicked"),
          new FigureColumn("CTR", Measure.CLICKED, "ctr", false),
          column("Replied", Measure.REPLIED, null),
          column("Suppressed", Measure.SUPPRESSED, null),
          column("Dispatch errors", Measure.DISPATCH_ERRORS, null),
          column("Delivery errors", Measure.DELIVERY_ERRORS, null));

  /** What every channel has, shown while nothing is counted yet. */
  private static final Set<Measure> EVERYWHERE =
      Set.of(Measure.QUALIFIED, Measure.SENT, Measure.SUPPRESSED, Measure.DISPATCH_ERRORS);

  /** The converted users. */
  static final FigureColumn CONVERTED = column("Converted", Measure.CONVERTED, "converted");

  private static FigureColumn column(String title, Measure measure, @Nullable String rate) {
    return new FigureColumn(title, measure, rate, true);
  }

  /** What became of messages, as far as any of these, or every channel, has it. */
  static List<FigureColumn> of(Collection<Counts> rows) {
    return MESSAGES.stream()
        .filter(
            column ->
                EVERYWHERE.contains(column.measure)
                    || rows.stream().anyMatch(counts -> counts.of(column.measure) != null))
        .toList();
  }

  /**
   * One cell.
   *
   * @param title the column's heading
   * @param count the number; null where only the rate is shown
   * @param rate the rate; null without
   * @param people the address of the people behind the number; null where there are none to open
   */
  public record Cell(
      String title, @Nullable String count, @Nullable String rate, @Nullable String people) {}

  /** The cell of a row without numbers. */
  Cell blank() {
    return new Cell(
        title,
        counted ? DisplayFormat.NOTHING : null,
        counted ? null : DisplayFormat.NOTHING,
        null);
  }

  /**
   * The cell of a row.
   *
   * @param campaign the address of the campaign whose numbers they are; null when of several
   */
  Cell cell(
      Counts counts,
      Map<String, @Nullable Double> rates,
      @Nullable String campaign,
      DisplayFormat format) {
    Long count = counts.of(measure);
    if (count == null || (rate != null && !rates.containsKey(rate))) {
      return blank();
    }
    return new Cell(
        title,
        counted ? format.number(count) : null,
        rate == null ? null : format.percent(rates.get(rate)),
        campaign == null || !counted ? null : campaign + "/people?set=" + measure.key());
  }
}
