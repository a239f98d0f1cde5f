package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.figure.Trend;
import dev.carillon.core.report.figure.TrendLine;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts what happened into days, weeks and months. */
final class Trends {
  private final Map<TrendLine, NavigableMap<Integer, Long>> series = new EnumMap<>(TrendLine.class);

  private Trends(Selection selection, ChannelSheet sheet) {
    for (TrendLine line : TrendLine.of(sheet)) {
      series.put(line, line.byDay(selection, selection.sets()));
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
    NavigableMap<LocalDate, Map<TrendLine, Long>> buckets = new TreeMap<>();
    series.forEach(
        (line, days) ->
            days.forEach(
                (day, count) -> {
                  if (count > 0) {
                    buckets
                        .computeIfAbsent(
                            firstDay.apply(LocalDate.ofEpochDay(day)),
                            from -> new EnumMap<>(TrendLine.class))
                        .merge(line, count, Long::sum);
                  }
                }));
    return buckets.entrySet().stream()
        .map(bucket -> bucket(bucket.getKey(), bucket.getValue()))
        .toList();
  }

  private Trend.Bucket bucket(LocalDate from, Map<TrendLine, Long> counts) {
    return new Trend.Bucket(
        from,
        counts.getOrDefault(TrendLine.SENT, 0L),
        count(counts, TrendLine.DELIVERED),
        count(counts, TrendLine.VIEWED),
        count(counts, TrendLine.CLICKED),
        count(counts, TrendLine.REPLIED));
  }

  private @Nullable Long count(Map<TrendLine, Long> counts, TrendLine line) {
    return series.containsKey(line) ? counts.getOrDefault(line, 0L) : null;
  }
}
