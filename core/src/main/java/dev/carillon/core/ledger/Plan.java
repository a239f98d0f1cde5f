package dev.carillon.core.ledger;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/** What planning settled of all runs' messages, joined by set union. */
final class Plan {
  final NavigableMap<Integer, RoaringBitmap> runs = new TreeMap<>();
  final NavigableMap<Integer, Integer> runDays = new TreeMap<>();
  final RoaringBitmap control = new RoaringBitmap();
  final NavigableMap<Integer, RoaringBitmap> variants = new TreeMap<>();
  final NavigableMap<String, RoaringBitmap> suppressed = new TreeMap<>();
  RepeatRecipients returning = RepeatRecipients.NONE;

  /**
   * Adds a run.
   *
   * @param day the local day on which it was planned
   */
  void add(PlannedRun run, int day) {
    long from = run.firstSeq();
    set(runs, run.run()).add(from, from + run.count());
    runDays.merge(run.run(), day, Math::min);
    control.or(run.control());
    run.variants().forEach((variant, seqs) -> set(variants, variant).or(seqs));
    returning = returning.plus(run.returning());
    run.suppressed().forEach((reason, seqs) -> set(suppressed, reason.key()).or(seqs));
  }

  /** How much memory the sets take, about. */
  long bytes() {
    long bytes = control.getLongSizeInBytes() + (long) Integer.BYTES * returning.firsts().length;
    for (Map<?, RoaringBitmap> sets : List.of(runs, variants, suppressed)) {
      for (RoaringBitmap set : sets.values()) {
        bytes += set.getLongSizeInBytes();
      }
    }
    return bytes;
  }

  /** The set of a key, made when there is none. */
  static <K> RoaringBitmap set(Map<K, RoaringBitmap> sets, K key) {
    return sets.computeIfAbsent(key, k -> new RoaringBitmap());
  }

  /** A new set: the messages of all runs. */
  RoaringBitmap planned() {
    RoaringBitmap planned = new RoaringBitmap();
    runs.values().forEach(planned::or);
    return planned;
  }
}
