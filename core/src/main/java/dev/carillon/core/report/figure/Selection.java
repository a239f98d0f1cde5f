package dev.carillon.core.report.figure;

import dev.carillon.core.ledger.DaySets;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.ledger.EventLayers;
import dev.carillon.core.ledger.Recipients;
import dev.carillon.core.report.measure.Counting;
import dev.carillon.core.report.measure.Measure;
import java.util.BitSet;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The messages that a filter leaves, and counting among them. Without a filter sizes are known and
 * nothing is intersected.
 */
public final class Selection {
  private final DerivedSets sets;
  private final Counting counting;
  private final @Nullable RoaringBitmap selected;

  private Selection(DerivedSets sets, Counting counting, @Nullable RoaringBitmap selected) {
    this.sets = sets;
    this.counting = counting;
    this.selected = selected;
  }

  public static Selection of(DerivedSets sets, ReportFilter filter) {
    return new Selection(
        sets, filter.counting(), filter.everything() ? null : selected(sets, filter));
  }

  private static RoaringBitmap selected(DerivedSets sets, ReportFilter filter) {
    RoaringBitmap selected =
        filter.from() == null && filter.to() == null
            ? sets.planned().clone()
            : sets.inPeriod(filter.from(), filter.to());
    if (filter.run() != null) {
      selected.and(sets.runs().getOrDefault(filter.run(), new RoaringBitmap()));
    }
    filter
        .attributes()
        .forEach(
            (attribute, value) ->
                selected.and(sets.values(attribute).getOrDefault(value, new RoaringBitmap())));
    return selected;
  }

  public DerivedSets sets() {
    return sets;
  }

  /** Those of the set that are selected: the set itself or a new one; not to be changed. */
  public RoaringBitmap of(RoaringBitmap set) {
    return selected == null ? set : RoaringBitmap.and(set, selected);
  }

  /** How many of the set's messages are selected. */
  public long count(RoaringBitmap set) {
    return selected == null
        ? set.getLongCardinality()
        : RoaringBitmap.andCardinality(set, selected);
  }

  /** How many users are behind the set's selected messages. */
  public long users(RoaringBitmap set) {
    return selected == null ? sets.users(set) : sets.users(set, selected);
  }

  /** The events of messages, or the messages, as the filter counts. */
  public long events(RoaringBitmap messages, EventLayers events) {
    return switch (counting) {
      case TOTAL -> events.count(of(messages));
      case UNIQUE -> count(messages);
    };
  }

  /** The number of a measure among the selected messages, as the filter counts. */
  public long number(Measure measure) {
    RoaringBitmap set = measure.set(sets);
    return switch (measure.unit()) {
      case MESSAGES -> count(set);
      case USERS -> users(set);
      case EVENTS -> events(set, measure.events(sets));
    };
  }

  /** The messages of a measure, or their events, by day, as the filter counts. */
  public NavigableMap<Integer, Long> byDay(Measure measure) {
    DaySets messages = measure.days(sets);
    return measure.unit() == Measure.Unit.EVENTS && counting == Counting.TOTAL
        ? measure.events(sets).byDay(of(messages.all()))
        : byDay(messages);
  }

  private NavigableMap<Integer, Long> byDay(DaySets messages) {
    NavigableMap<Integer, Long> counts = new TreeMap<>();
    messages.byDay().forEach((day, set) -> counts.put(day, count(set)));
    return counts;
  }

  /** The users behind selected messages, each in the day of the earliest of his messages. */
  public NavigableMap<Integer, Long> usersByDay(DaySets messages) {
    Recipients recipients = sets.recipients();
    if (recipients.isEmpty()) {
      return byDay(messages);
    }
    NavigableMap<Integer, Long> counts = new TreeMap<>();
    BitSet known = new BitSet();
    messages
        .byDay()
        .forEach(
            (day, set) -> {
              int before = known.cardinality();
              of(set).forEach((int seq) -> known.set(recipients.first(seq)));
              counts.put(day, (long) known.cardinality() - before);
            });
    return counts;
  }

  /** The selected messages; null when all are. */
  public @Nullable RoaringBitmap selected() {
    return selected;
  }
}
