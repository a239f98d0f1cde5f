package dev.carillon.core.ledger;

import dev.carillon.core.message.PlannedAttribute;
import java.util.ArrayList;
import java.util.EnumMap;
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
  final Map<PlannedAttribute, NavigableMap<String, RoaringBitmap>> attributes =
      new EnumMap<>(PlannedAttribute.class);
  final NavigableMap<String, RoaringBitmap> suppressed = new TreeMap<>();
  Recipients recipients = Recipients.NONE;

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
    run.attributes()
        .forEach(
            (attribute, values) ->
                values.forEach(
                    (value, seqs) ->
                        set(values(attribute), Ledger.cut(value, Ledger.LONGEST_DETAIL)).or(seqs)));
    recipients = recipients.plus(run.recipients());
    run.suppressed().forEach((reason, seqs) -> set(suppressed, reason.key()).or(seqs));
  }

  /** How much memory the sets take, about. */
  long bytes() {
    long bytes = control.getLongSizeInBytes() + (long) Integer.BYTES * recipients.firsts().length;
    List<Map<?, RoaringBitmap>> all = new ArrayList<>(List.of(runs, suppressed));
    all.addAll(attributes.values());
    for (Map<?, RoaringBitmap> sets : all) {
      for (RoaringBitmap set : sets.values()) {
        bytes += set.getLongSizeInBytes();
      }
    }
    return bytes;
  }

  /** The sets of an attribute by value, as they were spelt. */
  NavigableMap<String, RoaringBitmap> values(PlannedAttribute attribute) {
    return attributes.computeIfAbsent(attribute, a -> new TreeMap<>());
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
