package dev.carillon.core.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * Distinct events by day, as sets of messages: layer k of a day holds the messages with at least k
 * events on it, so that the events of any messages are the sizes of their intersections with the
 * layers added up.
 */
public final class EventLayers {
  private final NavigableMap<Integer, List<RoaringBitmap>> byDay = new TreeMap<>();

  private EventLayers() {}

  /**
   * The layers of events.
   *
   * @param rows a row an event, by message, the value its day
   */
  static EventLayers of(EventRows.Rows rows) {
    EventLayers layers = new EventLayers();
    for (int start = 0; start < rows.size(); ) {
      int seq = rows.seq(start);
      int end = start + 1;
      while (end < rows.size() && rows.seq(end) == seq) {
        end++;
      }
      if (end == start + 1) {
        layers.layer((int) rows.value(start), 1).add(seq);
      } else {
        layers.addSeveral(rows, start, end);
      }
      start = end;
    }
    return layers;
  }

  private void addSeveral(EventRows.Rows rows, int start, int end) {
    Map<Integer, Integer> onDay = new TreeMap<>();
    for (int row = start; row < end; row++) {
      int day = (int) rows.value(row);
      layer(day, onDay.merge(day, 1, Integer::sum)).add(rows.seq(row));
    }
  }

  private RoaringBitmap layer(int day, int number) {
    List<RoaringBitmap> layers = byDay.computeIfAbsent(day, d -> new ArrayList<>());
    if (layers.size() < number) {
      layers.add(new RoaringBitmap());
    }
    return layers.get(number - 1);
  }

  /** The events of some messages by day since 1970-01-01. */
  public NavigableMap<Integer, Long> byDay(RoaringBitmap messages) {
    NavigableMap<Integer, Long> counts = new TreeMap<>();
    byDay.forEach((day, layers) -> counts.put(day, count(layers, messages)));
    return counts;
  }

  /** The events of some messages. */
  public long count(RoaringBitmap messages) {
    return byDay.values().stream().mapToLong(layers -> count(layers, messages)).sum();
  }

  private static long count(List<RoaringBitmap> layers, RoaringBitmap messages) {
    return layers.stream().mapToLong(layer -> RoaringBitmap.andCardinality(layer, messages)).sum();
  }
}
