package dev.carillon.core.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;

/** Overlapping sets made into sets without a common member. */
final class Partition {
  private Partition() {}

  /**
   * Takes each member of {@code rest} that is in any of the sets out of it, and puts it under the
   * first key, in the keys' order, whose set has it. Keys left without members are left out.
   */
  static <K extends Comparable<K>> NavigableMap<K, RoaringBitmap> of(
      RoaringBitmap rest, NavigableMap<K, RoaringBitmap> sets) {
    NavigableMap<K, RoaringBitmap> parts = new TreeMap<>(sets.comparator());
    for (Map.Entry<K, RoaringBitmap> set : sets.entrySet()) {
      RoaringBitmap part = RoaringBitmap.and(set.getValue(), rest);
      if (!part.isEmpty()) {
        rest.andNot(part);
        parts.put(set.getKey(), part);
      }
    }
    return parts;
  }

  /** A new set: the members of any of the sets. */
  static RoaringBitmap union(Collection<RoaringBitmap> sets) {
    return FastAggregation.or(sets.iterator());
  }
}
