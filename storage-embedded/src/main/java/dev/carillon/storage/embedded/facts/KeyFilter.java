package dev.carillon.storage.embedded.facts;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.util.ArrayList;

/**
 * Says of most new event ids that they were never seen, without a look into the store. It may take
 * a new id for a known one, never the reverse. Grows by doubling.
 */
final class EventFilter {
  private static final long FIRST_CAPACITY = 1_000_000;
  private static final double FALSE_POSITIVES = 0.0001;

  private final ArrayList<BloomFilter<Long>> filters = new ArrayList<>();
  private long capacity = FIRST_CAPACITY;
  private long inLast;

  EventFilter() {
    this(0);
  }

  /**
   * @param expected how many ids will be added at once, to begin with
   */
  EventFilter(long expected) {
    capacity = Math.max(FIRST_CAPACITY, expected + expected / 2);
    filters.add(create());
  }

  boolean mayContain(long id) {
    for (BloomFilter<Long> filter : filters) {
      if (filter.mightContain(id)) {
        return true;
      }
    }
    return false;
  }

  void add(long id) {
    if (inLast >= capacity) {
      capacity *= 2;
      inLast = 0;
      filters.add(create());
    }
    inLast++;
    filters.getLast().put(id);
  }

  private BloomFilter<Long> create() {
    return BloomFilter.create(Funnels.longFunnel(), capacity, FALSE_POSITIVES);
  }
}
