package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.figure.Trend;
import dev.carillon.core.report.measure.Measure;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Puts what happened into days, weeks and months. */
final class Trends {
  private final Map<Measure, NavigableMap<Integer, Long>> series = new EnumMap<>(Measure.class);

  private Trends(Selection selection, ChannelSheet sheet) {
    for (Measure measure : sheet.trend()) {
      series.put(measure, selection.byDay(measure));
    }
  }

  static Trend of(Selection selection, ChannelSheet sheet, DayOfWeek weekStart) {
    Trends trends = new Trends(selection, sheet);
    return new Trend(
        trends.buckets(day -> day),
        trends.buckets(day -> day.with(TemporalAdjusters.previousOrSame(weekStart))),
        trends.buckets(day -> day.withDayOfMonth(1)));
  }

  private List<Trend.Bucket> buckets(UnaryOperator<LocalDate> firstDay) {
    NavigableMap<LocalDate, Map<Measure, Long>> buckets = new TreeMap<>();
    series.forEach(
        (measure, days) ->
            days.forEach(
                (day, count) -> {
                  if (count > 0) {
                    buckets
                        .computeIfAbsent(firstDay.apply(LocalDate.ofEpochDay(day)), from -> empty())
                        .merge(measure, count, Long::sum);
                  }
                }));
    return buckets.entrySet().stream()
        .map(bucket -> new Trend.Bucket(bucket.getKey(), new Counts(bucket.getValue())))
        .toList();
  }

  private Map<Measure, Long> empty() {
    Map<Measure, Long> counts = new EnumMap<>(Measure.class);
    series.keySet().forEach(measure -> counts.put(measure, 0L));
    return counts;
  }
}
