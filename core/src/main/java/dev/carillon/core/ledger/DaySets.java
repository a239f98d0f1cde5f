package dev.carillon.core.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;

/**
 * The messages of a kind, each on the day of its earliest mark: sets that have no message in
 * common. The sets must not be changed.
 */
public final class DaySets {
  private final NavigableMap<Integer, RoaringBitmap> byDay;
  private final RoaringBitmap all;

  private DaySets(NavigableMap<Integer, RoaringBitmap> byDay, RoaringBitmap all) {
    this.byDay = byDay;
    this.all = all;
  }

  /**
   * The first days of messages.
   *
   * @param among the messages to look at
   * @param marks the sets by day, of as many kinds as prove it
   */
  static DaySets first(
      RoaringBitmap among, Collection<NavigableMap<Integer, RoaringBitmap>> marks) {
    TreeMap<Integer, List<RoaringBitmap>> marksByDay = new TreeMap<>();
    for (Map<Integer, RoaringBitmap> kind : marks) {
      kind.forEach((day, set) -> marksByDay.computeIfAbsent(day, d -> new ArrayList<>()).add(set));
    }
    TreeMap<Integer, RoaringBitmap> firsts = new TreeMap<>();
    RoaringBitmap left = among.clone();
    marksByDay.forEach(
        (day, sets) -> {
          RoaringBitmap first = members(sets, left);
          if (!first.isEmpty()) {
            firsts.put(day, first);
            left.andNot(first);
          }
        });
    return new DaySets(firsts, RoaringBitmap.andNot(among, left));
  }

  /** A new set: those of {@code among} that are in any of the sets. */
  private static RoaringBitmap members(List<RoaringBitmap> sets, RoaringBitmap among) {
    if (sets.size() == 1) {
      return RoaringBitmap.and(sets.getFirst(), among);
    }
    RoaringBitmap union = FastAggregation.or(sets.iterator());
    union.and(among);
    return union;
  }

  /** All of them, whatever the day. */
  public RoaringBitmap all() {
    return all;
  }

  /** By day since 1970-01-01. */
  public NavigableMap<Integer, RoaringBitmap> byDay() {
    return byDay;
  }

  /** A new set: those from a day on until another, both included; null leaves that end open. */
  public RoaringBitmap between(@Nullable LocalDate from, @Nullable LocalDate to) {
    int first = from == null ? Integer.MIN_VALUE : clamped(from);
    int last = to == null ? Integer.MAX_VALUE : clamped(to);
    NavigableMap<Integer, RoaringBitmap> days =
        first > last ? new TreeMap<>() : byDay.subMap(first, true, last, true);
    return FastAggregation.or(days.values().iterator());
  }

  private static int clamped(LocalDate date) {
    return Math.clamp(date.toEpochDay(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
