package dev.carillon.core.ledger;

import java.util.Arrays;
import java.util.BitSet;
import org.roaringbitmap.RoaringBitmap;

/**
 * The users behind messages, as planning found them: a user is named by the number of their first
 * message of the campaign. Where each user has one message there is nothing to know. Immutable.
 */
public final class Recipients {
  private static final int NONE_BEFORE = -1;

  /** Each message is its user's only one. */
  public static final Recipients NONE = new Recipients(0, new int[0]);

  private final int base;

  /** By number from {@code base} on: the first message, or {@link #NONE_BEFORE}. */
  private final int[] firsts;

  private Recipients(int base, int[] firsts) {
    this.base = base;
    this.firsts = firsts;
  }

  /**
   * @param firsts by number from {@code base} on: the number of the user's first message, which is
   *     smaller; -1 where the message is itself the first. Kept, not copied
   */
  static Recipients of(int base, int[] firsts) {
    return firsts.length == 0 ? NONE : new Recipients(base, firsts);
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

  /** The users behind messages, each as the number of their first message. */
  public BitSet of(RoaringBitmap messages) {
    BitSet users = new BitSet(base);
    messages.forEach((int seq) -> users.set(first(seq)));
    return users;
  }

  /** A new set: those of the messages whose users are among some. */
  public RoaringBitmap messagesOf(BitSet users, RoaringBitmap messages) {
    RoaringBitmap theirs = new RoaringBitmap();
    messages.forEach(
        (int seq) -> {
          if (users.get(first(seq))) {
            theirs.add(seq);
          }
        });
    return theirs;
  }

  /** How many users are behind messages. */
  long users(RoaringBitmap messages) {
    if (isEmpty()) {
      return messages.getLongCardinality();
    }
    return of(messages).cardinality();
  }

  /**
   * Both together, in any order and repetition; where they contradict each other, the smaller
   * number.
   */
  public Recipients plus(Recipients other) {
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
    return new Recipients(from, joined);
  }

  int base() {
    return base;
  }

  /** As given to {@link #of}; not to be changed. */
  int[] firsts() {
    return firsts;
  }

  /** Gathers the messages of one run that are not their users' first. */
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

    /** A message's user had earlier ones, of which this was the first. */
    public void add(int seq, int first) {
      firsts[seq - base] = first;
      any = true;
    }

    public Recipients toRecipients() {
      return any ? new Recipients(base, firsts) : NONE;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Recipients that
        && base == that.base
        && Arrays.equals(firsts, that.firsts);
  }

  @Override
  public int hashCode() {
    return 31 * base + Arrays.hashCode(firsts);
  }
}
