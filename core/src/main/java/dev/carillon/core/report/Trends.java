package dev.carillon.core.report;

import dev.carillon.core.ledger.MessageSets;
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
  private final ChannelSheet sheet;
  private final Map<Measure, NavigableMap<Integer, Long>> series = new EnumMap<>(Measure.class);

  private Trends(Selection selection, ChannelSheet sheet) {
    this.sheet = sheet;
    for (Measure measure : sheet.trend()) {
      series.put(measure, byDay(selection, measure));
    }
  }

  static Trend of(Selection selection, ChannelSheet sheet) {
    Trends trends = new Trends(selection, sheet);
    return new Trend(
        trends.buckets(day -> day),
        trends.buckets(day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))),
        trends.buckets(day -> day.withDayOfMonth(1)));
  }

  private static NavigableMap<Integer, Long> byDay(Selection selection, Measure measure) {
    MessageSets sets = selection.sets();
    return switch (measure) {
      case SENT -> selection.byDay(sets.sent());
      case DELIVERED -> selection.byDay(sets.delivered());
      case VIEWED -> selection.byDay(sets.viewed());
      case CLICKED -> selection.byDay(sets.clicked(), sets.events().clicks());
      case REPLIED -> selection.byDay(sets.replied(), sets.events().replies());
      case PLANNED,
          QUALIFIED,
          CONTROL,
          CONTROL_SUPPRESSED,
          SUPPRESSED,
          DISPATCH_ERRORS,
          UNCERTAIN,
          PENDING,
          DELIVERED_IMPLIED,
          DELIVERY_ERRORS,
          UNKNOWN,
          BOT_CLICKED,
          CONVERTED,
          VIEW_CONVERTED,
          CLICK_CONVERTED ->
          throw new IllegalArgumentException("no trend of " + measure);
    };
  }

  private List<Trend.Bucket> buckets(UnaryOperator<LocalDate> firstDay) {
    NavigableMap<LocalDate, Map<Measure, Long>> buckets = new TreeMap<>();
    series.forEach(
        (measure, days) ->
            days.forEach(
                (day, count) -> {
                  if (count > 0) {
                    buckets
                        .computeIfAbsent(
                            firstDay.apply(LocalDate.ofEpochDay(day)),
                            from -> new EnumMap<>(Measure.class))
                        .merge(measure, count, Long::sum);
                  }
                }));
    return buckets.entrySet().stream()
        .map(bucket -> bucket(bucket.getKey(), bucket.getValue()))
        .toList();
  }

  private Trend.Bucket bucket(LocalDate from, Map<Measure, Long> counts) {
    return new Trend.Bucket(
        from,
        counts.getOrDefault(Measure.SENT, 0L),
        count(counts, Measure.DELIVERED),
        count(counts, Measure.VIEWED),
        count(counts, Measure.CLICKED),
        count(counts, Measure.REPLIED));
  }

  private @Nullable Long count(Map<Measure, Long> counts, Measure measure) {
    return sheet.trend().contains(measure) ? counts.getOrDefault(measure, 0L) : null;
  }
}
