package dev.carillon.core.report.figure;

import dev.carillon.core.report.measure.Measure;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened when, in the account's zone. The buckets of a kind add up to its card. Buckets in
 * which nothing happened are left out.
 *
 * @param daily by day
 * @param weekly by week, which begins on the account's first day of it (ISO: Monday)
 * @param monthly by calendar month
 */
public record Trend(List<Bucket> daily, List<Bucket> weekly, List<Bucket> monthly) {
  public Trend {
    daily = List.copyOf(daily);
    weekly = List.copyOf(weekly);
    monthly = List.copyOf(monthly);
  }

  /**
   * One day, week or month.
   *
   * @param from the bucket's first day
   * @param counts the numbers of the measures that the channel's trend shows
   */
  public record Bucket(LocalDate from, Counts counts) {

    /** The number of a measure; null when the channel's trend does not show it. */
    public @Nullable Long of(Measure measure) {
      return counts.of(measure);
    }
  }
}
