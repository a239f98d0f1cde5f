package dev.carillon.core.ledger;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.FactKind.Meaning;
import dev.carillon.core.message.GoalEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Facts and goal events of one campaign that wait to be added to its ledger. A ledger keeps little
 * of a fact, and only that is kept here: the message's number in the list of its kind, detail and
 * day, 4 bytes for most. Not thread-safe.
 */
public final class PendingFacts {
  /** About what a list costs beside its numbers, with its key and its place in the map. */
  private static final int LIST_BYTES = 160;

  private final int campaign;
  private final ZoneId zone;
  private final AccountDays days;
  private final Map<Key, Numbers> marks = new HashMap<>();
  private final Map<Integer, Numbers> goals = new HashMap<>();
  private final NavigableMap<String, String> dispatchTexts = new TreeMap<>();
  private final NavigableMap<String, String> deliveryTexts = new TreeMap<>();
  private @Nullable Instant lastCallbackAt;
  private @Nullable Key lastKey;
  private @Nullable Numbers last;
  private long bytes;
  private int size;

  private record Key(FactKind kind, String detail, int day) {
    boolean is(FactKind otherKind, String otherDetail, int otherDay) {
      return kind == otherKind && day == otherDay && detail.equals(otherDetail);
    }
  }

  /**
   * @param zone decides days, as in the ledger
   */
  public PendingFacts(int campaign, ZoneId zone) {
    this.campaign = campaign;
    this.zone = zone;
    this.days = new AccountDays(zone);
  }

  int campaign() {
    return campaign;
  }

  ZoneId zone() {
    return zone;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** How many were added. */
  public int size() {
    return size;
  }

  /** How much memory they take, about. */
  public long bytes() {
    return bytes;
  }

  /**
   * Adds a fact.
   *
   * @throws IllegalArgumentException when it belongs to another campaign or names no message
   */
  public void add(Fact fact) {
    check(fact.campaign(), fact.seq());
    if (fact.inbox() > 0
        && (lastCallbackAt == null || lastCallbackAt.isBefore(fact.receivedAt()))) {
      lastCallbackAt = fact.receivedAt();
    }
    FactKind kind = fact.kind();
    String detail = Ledger.detail(fact);
    Numbers numbers = numbers(kind, detail, days.dayOf(fact.at()));
    bytes +=
        kind.has(Meaning.EVENTS)
            ? numbers.add(fact.seq(), EventNumbers.of(fact))
            : numbers.add(fact.seq());
    if (kind.has(Meaning.WORDS)) {
      noteText(kind.has(Meaning.PROVES_SENT) ? deliveryTexts : dispatchTexts, detail, fact.text());
    }
    size++;
  }

  private void noteText(NavigableMap<String, String> texts, String code, @Nullable String text) {
    int codes = texts.size();
    Ledger.noteText(texts, code, text);
    if (texts.size() > codes) {
      bytes += LIST_BYTES + 2L * Ledger.LONGEST_TEXT;
    }
  }

  /**
   * Adds a goal event.
   *
   * @throws IllegalArgumentException when it belongs to another campaign or names no message
   */
  public void add(GoalEvent event) {
    check(event.campaign(), event.seq());
    Numbers numbers =
        goals.computeIfAbsent(
            days.dayOf(event.at()),
            day -> {
              bytes += LIST_BYTES;
              return new Numbers();
            });
    bytes += numbers.add(event.seq(), event.eventId(), event.revenueMicros());
    size++;
  }

  private Numbers numbers(FactKind kind, String detail, int day) {
    if (last != null && lastKey != null && lastKey.is(kind, detail, day)) {
      return last;
    }
    Key key = new Key(kind, detail, day);
    Numbers numbers = marks.get(key);
    if (numbers == null) {
      numbers = new Numbers();
      marks.put(key, numbers);
      bytes += LIST_BYTES + 2L * detail.length();
    }
    lastKey = key;
    last = numbers;
    return numbers;
  }

  void addTo(Ledger ledger) {
    if (lastCallbackAt != null) {
      ledger.calledBack(lastCallbackAt);
    }
    marks.forEach(
        (key, numbers) -> {
          ledger.mark(key.kind, key.detail, key.day, numbers.set());
          EventRows events = ledger.events(key.kind, key.detail);
          for (int i = 0; events != null && i < numbers.size; i++) {
            events.add(numbers.seqs[i], numbers.ids[i], key.day);
          }
        });
    goals.forEach(
        (day, numbers) -> {
          ledger.mark(FactKind.CONVERTED, "", day, numbers.set());
          for (int i = 0; i < numbers.size; i++) {
            ledger.goals.add(numbers.seqs[i], numbers.ids[i], numbers.values[i]);
          }
        });
    dispatchTexts.forEach((code, text) -> Ledger.noteText(ledger.dispatchTexts, code, text));
    deliveryTexts.forEach((code, text) -> Ledger.noteText(ledger.deliveryTexts, code, text));
  }

  private void check(int itsCampaign, int seq) {
    if (itsCampaign != campaign || seq < 0) {
      throw new IllegalArgumentException(
          "no message of campaign " + campaign + ": " + itsCampaign + "/" + seq);
    }
  }

  /** Messages' numbers, and where there can be several of one message an id and a value of each. */
  private static final class Numbers {
    private static final int FEW = 8;
    private static final long[] NONE = new long[0];

    private int[] seqs = new int[0];
    private long[] ids = NONE;
    private long[] values = NONE;
    private int size;

    /** Adds a number and returns by how many bytes the lists grew. */
    long add(int seq) {
      long grown = 0;
      if (size == seqs.length) {
        int capacity = Math.max(FEW, size + (size >> 1));
        grown = (long) Integer.BYTES * (capacity - size);
        seqs = Arrays.copyOf(seqs, capacity);
      }
      seqs[size++] = seq;
      return grown;
    }

    long add(int seq, long id) {
      long grown = add(seq);
      if (ids.length < seqs.length) {
        grown += (long) Long.BYTES * (seqs.length - ids.length);
        ids = Arrays.copyOf(ids, seqs.length);
      }
      ids[size - 1] = id;
      return grown;
    }

    long add(int seq, long id, long value) {
      long grown = add(seq, id);
      if (values.length < seqs.length) {
        grown += (long) Long.BYTES * (seqs.length - values.length);
        values = Arrays.copyOf(values, seqs.length);
      }
      values[size - 1] = value;
      return grown;
    }

    RoaringBitmap set() {
      return RoaringBitmap.bitmapOfUnordered(Arrays.copyOf(seqs, size));
    }
  }
}
