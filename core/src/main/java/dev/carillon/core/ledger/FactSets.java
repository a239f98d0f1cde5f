package dev.carillon.core.ledger;

import dev.carillon.core.message.FactKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;

/**
 * The primitive marks: for each kind, detail and local day the set of messages that bear it. Sets
 * only ever grow.
 */
final class FactSets {
  private final Map<FactKind, Map<String, NavigableMap<Integer, RoaringBitmap>>> sets =
      new EnumMap<>(FactKind.class);

  void add(FactKind kind, String detail, int day, int seq) {
    set(kind, detail, day).add(seq);
  }

  private RoaringBitmap set(FactKind kind, String detail, int day) {
    return sets.computeIfAbsent(kind, k -> new TreeMap<>())
        .computeIfAbsent(detail, d -> new TreeMap<>())
        .computeIfAbsent(day, d -> new RoaringBitmap());
  }

  /** The details that the kind has come with, in their natural order. */
  Collection<String> details(FactKind kind) {
    return sets.getOrDefault(kind, Map.of()).keySet();
  }

  /** The sets by day of one kind and detail. */
  NavigableMap<Integer, RoaringBitmap> days(FactKind kind, String detail) {
    return sets.getOrDefault(kind, Map.of()).getOrDefault(detail, new TreeMap<>());
  }

  /** The sets by day of these kinds, whatever the detail. */
  List<NavigableMap<Integer, RoaringBitmap>> days(Collection<FactKind> kinds) {
    List<NavigableMap<Integer, RoaringBitmap>> days = new ArrayList<>();
    for (FactKind kind : kinds) {
      days.addAll(sets.getOrDefault(kind, Map.of()).values());
    }
    return days;
  }

  /** A new set: all messages with the kind and detail, on any day. */
  RoaringBitmap any(FactKind kind, String detail) {
    return FastAggregation.or(days(kind, detail).values().iterator());
  }

  /** A new set: those of some messages with the kind and detail, on any day. */
  RoaringBitmap among(RoaringBitmap messages, FactKind kind, String detail) {
    RoaringBitmap members = new RoaringBitmap();
    days(kind, detail).values().forEach(day -> members.or(RoaringBitmap.and(day, messages)));
    return members;
  }

  /** A new set: all messages with the kind, on any day. */
  RoaringBitmap any(FactKind kind) {
    return FastAggregation.or(
        days(List.of(kind)).stream().flatMap(byDay -> byDay.values().stream()).iterator());
  }

  /** New sets: all messages with the kind, by detail, on any day. */
  NavigableMap<String, RoaringBitmap> byDetail(FactKind kind) {
    NavigableMap<String, RoaringBitmap> byDetail = new TreeMap<>();
    for (String detail : details(kind)) {
      byDetail.put(detail, any(kind, detail));
    }
    return byDetail;
  }

  /** All sets. */
  List<Mark> all() {
    List<Mark> all = new ArrayList<>();
    sets.forEach(
        (kind, byDetail) ->
            byDetail.forEach(
                (detail, byDay) ->
                    byDay.forEach((day, seqs) -> all.add(new Mark(kind, detail, day, seqs)))));
    return all;
  }

  /** How much memory the sets take, about. */
  long bytes() {
    long bytes = 0;
    for (Mark mark : all()) {
      bytes += mark.seqs.getLongSizeInBytes();
    }
    return bytes;
  }

  /** Adds a whole set. */
  void add(Mark mark) {
    set(mark.kind, mark.detail, mark.day).or(mark.seqs);
  }

  /** The messages that bear one mark. */
  record Mark(FactKind kind, String detail, int day, RoaringBitmap seqs) {}
}
