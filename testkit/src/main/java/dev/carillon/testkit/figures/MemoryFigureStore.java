package dev.carillon.testkit.figures;

import dev.carillon.core.figure.FigurePull;
import dev.carillon.core.figure.ReportedDay;
import dev.carillon.engine.port.figures.FigureStore;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps reported figures in memory. Thread-safe. */
public final class MemoryFigureStore implements FigureStore {
  private final Map<Key, ReportedDay> days = new HashMap<>();

  private record Key(int campaign, String account, LocalDate day) {}

  @Override
  public synchronized void putFigures(FigurePull pull) {
    for (ReportedDay day : pull.days()) {
      days.merge(
          new Key(day.campaign(), day.account().id(), day.day()),
          day,
          (kept, other) -> other.pulledAt().isAfter(kept.pulledAt()) ? other : kept);
    }
  }

  @Override
  public synchronized List<ReportedDay> reportedDays(
      Set<Integer> campaigns, @Nullable LocalDate from, @Nullable LocalDate to) {
    return days.values().stream()
        .filter(day -> campaigns.contains(day.campaign()))
        .filter(day -> from == null || !day.day().isBefore(from))
        .filter(day -> to == null || !day.day().isAfter(to))
        .sorted(
            Comparator.comparingInt(ReportedDay::campaign)
                .thenComparing(day -> day.account().id())
                .thenComparing(ReportedDay::day))
        .toList();
  }
}
