package dev.carillon.core.ledger;

import java.util.Arrays;
import java.util.BitSet;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which messages are of users who had an earlier one of the campaign, as planning found it: each is
 * told with the number of its user's first message, which stands for the user. Immutable.
 */
public final class RepeatRecipients {
  private static final int NONE_BEFORE = -1;

  /** Nobody had an earlier message. */
  public static final RepeatRecipients NONE = new RepeatRecipients(0, new int[0]);

  private final int base;

  /** By number from {@code base} on: the first message, or {@link #NONE_BEFORE}. */
  private final int[] firsts;

  private RepeatRecipients(int base, int[] firsts) {
    this.base = base;
    this.firsts = firsts;
  }

  /**
   * @param firsts by number from {@code base} on: the number of the user's first message, which is
   *     smaller; -1 where the message is itself the first. Kept, not copied
   */
  static RepeatRecipients of(int base, int[] firsts) {
    return firsts.length == 0 ? NONE : new RepeatRecipients(base, firsts);
  }

  public boolean isEmpty() {
    return firsts.length == 0;
  }

  /** The number of the first message of a message's user. */
  public int first(int seq) {
    int place = seq - base;
    return place < 0 || place >= firsts.length || firsts[place] == NONE_BEFORE
        ? seq
        : firsts[place];
  }

  /** How many users are behind messages. */
  long users(RoaringBitmap messages) {
    if (isEmpty()) {
      return messages.getLongCardinality();
    }
    BitSet users = new BitSet(base);
    messages.forEach((int seq) -> users.set(first(seq)));
    return users.cardinality();
  }

  /**
   * Both together, in any order and repetition; where they contradict each other, the smaller
   * number.
   */
  public RepeatRecipients plus(RepeatRecipients other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    int from = Math.min(base, other.base);
    int to = Math.max(base + firsts.length, other.base + other.firsts.length);
    int[] joined = new int[to - from];
    Arrays.setAll(
        joined,
        place -> {
          int seq = from + place;
          int smaller = Math.min(first(seq), other.first(seq));
          return smaller == seq ? NONE_BEFORE : smaller;
        });
    return new RepeatRecipients(from, joined);
  }

  int base() {
    return base;
  }

  /** As given to {@link #of}; not to be changed. */
  int[] firsts() {
    return firsts;
  }

  /** Gathers who returned in one run. */
  public static final class Gathering {
    private final int base;
    private final int[] firsts;
    private boolean any;

    /**
     * @param base number of the run's first message
     * @param count how many it has
     */
    public Gathering(int base, int count) {
      this.base = base;
      this.firsts = new int[count];
      Arrays.fill(firsts, NONE_BEFORE);
    }

    /** A message's user had an earlier one, of which this was the first. */
    public void add(int seq, int first) {
      firsts[seq - base] = first;
      any = true;
    }

    public RepeatRecipients toReturning() {
      return any ? new RepeatRecipients(base, firsts) : NONE;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RepeatRecipients that
        && base == that.base
        && Arrays.equals(firsts, that.firsts);
  }

  @Override
  public int hashCode() {
    return 31 * base + Arrays.hashCode(firsts);
  }
}
