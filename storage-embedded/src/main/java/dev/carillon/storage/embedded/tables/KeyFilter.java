package dev.carillon.storage.embedded.tables;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.util.ArrayList;

/**
 * Says of most keys that they were never added, without a look into the store. It may take a new
 * key for a known one, never the reverse. Grows by doubling. A key takes 2.4 bytes at one false
 * positive in ten thousand, 3.6 at one in a million.
 */
public final class KeyFilter {
  private final double falsePositives;
  private final ArrayList<BloomFilter<Long>> filters = new ArrayList<>();
  private long capacity;
  private long inLast;

  /**
   * @param expected how many keys will be added at once, to begin with
   * @param least for how many keys there is room at least
   * @param falsePositives how many of the keys that were never added it takes for known, 0 to 1
   */
  public KeyFilter(long expected, long least, double falsePositives) {
    this.falsePositives = falsePositives;
    this.capacity = Math.max(least, expected + expected / 2);
    filters.add(create());
  }

  public boolean mayContain(long key) {
    for (BloomFilter<Long> filter : filters) {
      if (filter.mightContain(key)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @return whether the key is certainly new; one look less than asking before
   */
  public boolean add(long key) {
    for (int i = 0; i < filters.size() - 1; i++) {
      if (filters.get(i).mightContain(key)) {
        return false;
      }
    }
    if (inLast >= capacity && !filters.getLast().mightContain(key)) {
      capacity *= 2;
      inLast = 0;
      filters.add(create());
    }
    boolean isNew = filters.getLast().put(key);
    inLast += isNew ? 1 : 0;
    return isNew;
  }

  private BloomFilter<Long> create() {
    return BloomFilter.create(Funnels.longFunnel(), capacity, falsePositives);
  }
}
