package dev.carillon.core.report.figure;

import dev.carillon.core.report.measure.Counting;
import dev.carillon.core.report.measure.Stage;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader narrows a report to, and how he wants it counted. It turns every number of the
 * report alike. Null members do not narrow.
 *
 * @param run the run's number, from 1
 * @param from first day, in the account's zone, of the messages' first try (or ghost send, or,
 *     before either, of their planning)
 * @param to last day, included
 * @param variant the variant's number, from 0
 * @param os the device's operating system
 * @param counting how clicks and replies are counted
 * @param without middle stages that are taken out of the funnels
 */
public record ReportFilter(
    @Nullable Integer run,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable Integer variant,
    @Nullable String os,
    Counting counting,
    Set<Stage> without) {
  /** The whole campaign, every click and reply counted, all stages shown. */
  public static final ReportFilter NONE =
      new ReportFilter(null, null, null, null, null, Counting.TOTAL);

  public ReportFilter {
    without = Set.copyOf(without);
  }

  /** A filter that leaves all stages in the funnels. */
  public ReportFilter(
      @Nullable Integer run,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable Integer variant,
      @Nullable String os,
      Counting counting) {
    this(run, from, to, variant, os, counting, Set.of());
  }

  /** The same narrowed to a variant or, for null, to none. */
  public ReportFilter ofVariant(@Nullable Integer another) {
    return new ReportFilter(run, from, to, another, os, counting, without);
  }

  /** The same messages counted another way. */
  public ReportFilter counting(Counting another) {
    return new ReportFilter(run, from, to, variant, os, another, without);
  }

  /** The same with other stages taken out. */
  public ReportFilter without(Set<Stage> stages) {
    return new ReportFilter(run, from, to, variant, os, counting, stages);
  }

  /** Whether all messages of the campaign are in. */
  public boolean everything() {
    return run == null && from == null && to == null && variant == null && os == null;
  }
}
