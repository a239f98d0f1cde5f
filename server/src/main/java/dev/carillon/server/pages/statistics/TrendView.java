package dev.carillon.server.pages.statistics;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Trend;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The message trend as a page shows it: the same numbers as chart and as table.
 *
 * @param series what is shown, by key and title
 * @param rows one a bucket in which something happened, earliest first
 * @param chart the chart's data as JSON
 */
public record TrendView(List<Series> series, List<Row> rows, String chart) {
  /** More buckets than this are not drawn one by one where nothing happened. */
  private static final int MOST = 1_000;

  public record Series(String key, String title) {}

  /**
   * @param label the bucket's first day
   * @param numbers in the order of the series
   */
  public record Row(String label, List<String> numbers) {}

  static TrendView of(
      Trend trend, ChannelSheet sheet, StatisticsQuery.Grain grain, DisplayFormat format) {
    List<Trend.Bucket> buckets =
        switch (grain) {
          case DAY -> trend.daily();
          case WEEK -> trend.weekly();
          case MONTH -> trend.monthly();
        };
    List<Series> series =
        sheet.trend().stream()
            .map(measure -> new Series(measure.key(), title(sheet, measure)))
            .toList();
    List<Row> rows =
        buckets.stream()
            .map(
                bucket ->
                    new Row(
                        format.day(bucket.from()),
                        sheet.trend().stream()
                            .map(measure -> format.number(bucket.of(measure)))
                            .toList()))
            .toList();
    return new TrendView(
        series, rows, ChartData.trend(withoutGaps(buckets, grain), sheet.trend(), series));
  }

  private static String title(ChannelSheet sheet, Measure measure) {
    return sheet.cards().stream()
        .filter(card -> card.measure() == measure)
        .map(card -> card.title())
        .findFirst()
        .orElse(measure.title());
  }

  /** The buckets with those between them in which nothing happened. */
  static List<Trend.Bucket> withoutGaps(List<Trend.Bucket> buckets, StatisticsQuery.Grain grain) {
    if (buckets.isEmpty()) {
      return buckets;
    }
    Map<LocalDate, Trend.Bucket> known = new HashMap<>();
    buckets.forEach(bucket -> known.put(bucket.from(), bucket));
    Trend.Bucket first = buckets.getFirst();
    LocalDate last = buckets.getLast().from();
    List<Trend.Bucket> all = new ArrayList<>();
    for (LocalDate at = first.from(); !at.isAfter(last); at = next(at, grain)) {
      if (all.size() == MOST) {
        return buckets;
      }
      Trend.Bucket bucket = known.get(at);
      all.add(bucket == null ? empty(at, first) : bucket);
    }
    return all;
  }

  private static LocalDate next(LocalDate at, StatisticsQuery.Grain grain) {
    return switch (grain) {
      case DAY -> at.plusDays(1);
      case WEEK -> at.plusWeeks(1);
      case MONTH -> at.plusMonths(1);
    };
  }

  private static Trend.Bucket empty(LocalDate at, Trend.Bucket like) {
    Map<Measure, Long> counts = new EnumMap<>(Measure.class);
    like.counts().numbers().keySet().forEach(measure -> counts.put(measure, 0L));
    return new Trend.Bucket(at, new Counts(counts));
  }
}
