package dev.carillon.core.figure;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reported figures summed. An ad that stands behind several campaigns is counted once a day, as it
 * was reported last. Amounts of different currencies are never added: then there is no sum of them.
 *
 * @param values by figure; one that is missing was not reported, or cannot be summed
 * @param currency of the amounts, ISO 4217; null without amounts, or where they cannot be summed
 * @param pulledAt when the last of the reports was asked for
 * @param from the first day that is known
 * @param to the last one
 */
public record FigureSums(
    Map<FigureKind, BigDecimal> values,
    @Nullable String currency,
    Instant pulledAt,
    LocalDate from,
    LocalDate to) {
  private static final Comparator<ReportedDay> LATER =
      Comparator.comparing(ReportedDay::pulledAt)
          .thenComparing(ReportedDay::campaign, Comparator.reverseOrder());

  public FigureSums {
    values = values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(values));
  }

  /** The sum of a figure; null when there is none. */
  public @Nullable BigDecimal of(FigureKind figure) {
    return values.get(figure);
  }

  /** The sums over all of these; empty when no day is known. */
  public static Optional<FigureSums> of(Collection<ReportedDay> days) {
    return sum(days, figure -> true);
  }

  /** The sums of one ad; empty when nothing was reported of it. */
  public static Optional<FigureSums> ofAd(Collection<ReportedDay> days, String ad) {
    return days.stream().anyMatch(day -> has(day, ad))
        ? sum(days, figure -> figure.ad().equals(ad))
        : Optional.empty();
  }

  private static boolean has(ReportedDay day, String ad) {
    return day.figures().stream().anyMatch(figure -> figure.ad().equals(ad));
  }

  /** The sums of each ad, by its id. */
  public static NavigableMap<String, FigureSums> byAd(Collection<ReportedDay> days) {
    NavigableMap<String, FigureSums> byAd = new TreeMap<>();
    for (ReportedDay day : days) {
      for (ReportedFigure figure : day.figures()) {
        if (!figure.ad().isEmpty() && !byAd.containsKey(figure.ad())) {
          ofAd(days, figure.ad()).ifPresent(sums -> byAd.put(figure.ad(), sums));
        }
      }
    }
    return byAd;
  }

  private static Optional<FigureSums> sum(
      Collection<ReportedDay> days, Predicate<ReportedFigure> wanted) {
    if (days.isEmpty()) {
      return Optional.empty();
    }
    Map<FigureKind, BigDecimal> sums = new EnumMap<>(FigureKind.class);
    Set<String> currencies = new HashSet<>();
    latest(days)
        .forEach(
            (key, day) ->
                day.figures().stream()
                    .filter(figure -> figure.ad().equals(key.ad()))
                    .filter(wanted)
                    .forEach(
                        figure -> {
                          sums.merge(figure.figure(), figure.value(), BigDecimal::add);
                          if (figure.figure().money()) {
                            currencies.add(day.account().currency());
                          }
                        }));
    if (currencies.size() > 1) {
      sums.keySet().removeIf(FigureKind::money);
      currencies.clear();
    }
    return Optional.of(
        new FigureSums(
            sums,
            currencies.stream().findFirst().orElse(null),
            days.stream().map(ReportedDay::pulledAt).max(Instant::compareTo).orElseThrow(),
            days.stream().map(ReportedDay::day).min(LocalDate::compareTo).orElseThrow(),
            days.stream().map(ReportedDay::day).max(LocalDate::compareTo).orElseThrow()));
  }

  /**
   * An ad's day, which counts once.
   *
   * @param campaign for what belongs to no ad; 0 for ads
   */
  private record Key(String account, String ad, int campaign, LocalDate day) {}

  /** The last report of each ad and day. */
  private static Map<Key, ReportedDay> latest(Collection<ReportedDay> days) {
    Map<Key, ReportedDay> latest = new HashMap<>();
    for (ReportedDay day : days) {
      for (ReportedFigure figure : day.figures()) {
        int campaign = figure.ad().isEmpty() ? day.campaign() : 0;
        latest.merge(
            new Key(day.account().id(), figure.ad(), campaign, day.day()),
            day,
            (one, other) -> LATER.compare(one, other) >= 0 ? one : other);
      }
    }
    return latest;
  }
}
