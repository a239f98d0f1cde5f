package dev.carillon.core.ledger;

import dev.carillon.core.message.GoalEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Revenue of messages: what the goal events in their windows add up to, exactly. A goal event
 * counts once for a user, however many windows of the user's messages hold it.
 */
public final class RevenueSums {
  private static final int MICRO_DIGITS = 6;

  /** Messages with revenue. */
  private final RoaringBitmap messages;

  /** The millionths of each, in the order of their numbers. */
  private final long[] micros;

  /** How many goal events of each have a property that is no amount, in the same order. */
  private final int[] notNumbers;

  private final EventRows.Rows rows;
  private final Recipients recipients;
  private @Nullable Sum all;

  private RevenueSums(
      RoaringBitmap messages,
      long[] micros,
      int[] notNumbers,
      EventRows.Rows rows,
      Recipients recipients) {
    this.messages = messages;
    this.micros = micros;
    this.notNumbers = notNumbers;
    this.rows = rows;
    this.recipients = recipients;
  }

  /**
   * The sums of messages. A message whose sum is beyond 2^63 millionths is held at that bound.
   *
   * @param rows a row a goal event, by message and event, the value its millionths or {@link
   *     GoalEvent#NOT_A_NUMBER}
   */
  static RevenueSums of(EventRows.Rows rows) {
    RoaringBitmap messages = new RoaringBitmap();
    long[] micros = new long[rows.size()];
    int[] notNumbers = new int[rows.size()];
    int size = 0;
    for (int start = 0; start < rows.size(); ) {
      int seq = rows.seq(start);
      BigOrLong sum = new BigOrLong();
      while (start < rows.size() && rows.seq(start) == seq) {
        long value = rows.value(start++);
        if (value == GoalEvent.NOT_A_NUMBER) {
          notNumbers[size]++;
        } else {
          sum.add(value);
        }
      }
      messages.add(seq);
      micros[size++] = sum.clamped();
    }
    return new RevenueSums(
        messages,
        Arrays.copyOf(micros, size),
        Arrays.copyOf(notNumbers, size),
        rows,
        Recipients.NONE);
  }

  /**
   * The sums of some of these messages.
   *
   * @param users whose messages belong to one user
   */
  RevenueSums among(RoaringBitmap some, Recipients users) {
    RoaringBitmap both = RoaringBitmap.and(messages, some);
    long[] theirs = new long[both.getCardinality()];
    int[] theirNotNumbers = new int[theirs.length];
    int[] next = {0};
    forEach(
        both,
        (seq, amount, notNumber) -> {
          theirs[next[0]] = amount;
          theirNotNumbers[next[0]++] = notNumber;
        });
    return new RevenueSums(both, theirs, theirNotNumbers, rows, users);
  }

  /** The revenue of some messages or, for null, of all. */
  public Sum sum(@Nullable RoaringBitmap some) {
    if (some != null) {
      return added(RoaringBitmap.and(messages, some));
    }
    Sum known = all;
    if (known == null) {
      known = added(messages);
      all = known;
    }
    return known;
  }

  private Sum added(RoaringBitmap some) {
    Adding adding = new Adding();
    if (recipients.isEmpty()) {
      forEach(some, adding::add);
    } else {
      RevenueSums ofUsers = of(eventsOfUsers(some));
      ofUsers.forEach(ofUsers.messages, adding::add);
    }
    return adding.sum();
  }

  /** The goal events of messages, once a user, with the user in the place of the message. */
  private EventRows.Rows eventsOfUsers(RoaringBitmap some) {
    EventRows events = new EventRows();
    for (int row = 0; row < rows.size(); row++) {
      if (some.contains(rows.seq(row))) {
        events.add(recipients.first(rows.seq(row)), rows.id(row), rows.value(row));
      }
    }
    return events.rows();
  }

  /** Adds up one user after the other. */
  private static final class Adding {
    private final BigOrLong amount = new BigOrLong();
    private final Squares squares = new Squares();
    private long notANumber;

    void add(int user, long micros, int notNumbers) {
      notANumber += notNumbers;
      amount.add(micros);
      squares.add(micros);
    }

    Sum sum() {
      return new Sum(
          new BigDecimal(amount.exact(), MICRO_DIGITS),
          new BigDecimal(squares.exact(), 2 * MICRO_DIGITS),
          notANumber);
    }
  }

  /** Walks both lists of messages in step, which is much quicker than asking for each. */
  private void forEach(RoaringBitmap some, Amounts amounts) {
    PeekableIntIterator mine = messages.getIntIterator();
    PeekableIntIterator wanted = some.getIntIterator();
    for (int i = 0; wanted.hasNext(); i++) {
      if (mine.next() == wanted.peekNext()) {
        amounts.accept(wanted.next(), micros[i], notNumbers[i]);
      }
    }
  }

  /** Takes what is known of one message after the other. */
  private interface Amounts {
    void accept(int seq, long amount, int notNumber);
  }

  /**
   * Revenue of a group.
   *
   * @param amount all of it, in the account's currency
   * @param squares the sum of the squares of the users' amounts
   * @param notANumber how many goal events have a property that is no amount; they add nothing
   */
  public record Sum(BigDecimal amount, BigDecimal squares, long notANumber) {}

  /** A sum that is quick while it fits 64 bits, and exact always. */
  private static final class BigOrLong {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    private BigInteger big = BigInteger.ZERO;
    private long small;

    void add(long value) {
      long next = small + value;
      if (((small ^ next) & (value ^ next)) < 0) {
        big = big.add(BigInteger.valueOf(small));
        small = value;
      } else {
        small = next;
      }
    }

    BigInteger exact() {
      return big.add(BigInteger.valueOf(small));
    }

    long clamped() {
      return big.signum() == 0 ? small : exact().min(MOST).max(LEAST).longValueExact();
    }
  }

  /** The sum of squares of longs, in 192 bits. */
  private static final class Squares {
    private BigInteger big = BigInteger.ZERO;
    private long high;
    private long low;

    void add(long value) {
      long before = low;
      low += value * value;
      long carry = Long.compareUnsigned(low, before) < 0 ? 1 : 0;
      high += Math.multiplyHigh(value, value) + carry;
      if (high < 0) {
        big = exact();
        high = 0;
        low = 0;
      }
    }

    BigInteger exact() {
      BigInteger lowPart =
          BigInteger.valueOf(low >>> 1).shiftLeft(1).add(BigInteger.valueOf(low & 1));
      BigInteger highPart =
          BigInteger.valueOf(high >>> 1).shiftLeft(1).add(BigInteger.valueOf(high & 1));
      return big.add(highPart.shiftLeft(Long.SIZE)).add(lowPart);
    }
  }
}
