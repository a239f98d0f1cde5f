package dev.carillon.core.report.figure;

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
   * The numbers of one day, week or month; null: the channel does not have it.
   *
   * @param from the bucket's first day
   */
  public record Bucket(
      LocalDate from,
      long sent,
      @Nullable Long delivered,
      @Nullable Long viewed,
      @Nullable Long clicked,
      @Nullable Long replied) {}
}
