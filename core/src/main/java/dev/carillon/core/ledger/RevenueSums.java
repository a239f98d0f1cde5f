package dev.carillon.core.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Revenue of messages: what the goal events in each message's window add up to, exactly. */
public final class RevenueSums {
  private static final int MICRO_DIGITS = 6;

  private final int[] seqs;
  private final long[] micros;
  private final Sum all;

  private RevenueSums(int[] seqs, long[] micros) {
    this.seqs = seqs;
    this.micros = micros;
    this.all = sum(null);
  }

  /**
   * The sums of messages. A message whose sum is beyond 2^63 millionths is held at that bound.
   *
   * @param rows a row a goal event, by message and event, the value its millionths
   * @param among messages whose revenue counts
   */
  static RevenueSums of(Happenings.Rows rows, RoaringBitmap among) {
    int[] seqs = new int[rows.size()];
    long[] micros = new long[rows.size()];
    int size = 0;
    for (int start = 0; start < rows.size(); ) {
      int seq = rows.seq(start);
      int end = start;
      BigOrLong sum = new BigOrLong();
      while (end < rows.size() && rows.seq(end) == seq) {
        sum.add(rows.value(end++));
      }
      start = end;
      long total = sum.clamped();
      if (total != 0 && among.contains(seq)) {
        seqs[size] = seq;
        micros[size++] = total;
      }
    }
    return new RevenueSums(Arrays.copyOf(seqs, size), Arrays.copyOf(micros, size));
  }

  /** The revenue of some messages or, for null, of all. */
  public Sum of(@Nullable RoaringBitmap messages) {
    return messages == null ? all : sum(messages);
  }

  private Sum sum(@Nullable RoaringBitmap messages) {
    BigOrLong sum = new BigOrLong();
    Squares squares = new Squares();
    for (int i = 0; i < seqs.length; i++) {
      if (messages == null || messages.contains(seqs[i])) {
        sum.add(micros[i]);
        squares.add(micros[i]);
      }
    }
    return new Sum(
        new BigDecimal(sum.exact(), MICRO_DIGITS),
        new BigDecimal(squares.exact(), 2 * MICRO_DIGITS));
  }

  /**
   * Revenue of a group.
   *
   * @param amount all of it, in the account's currency
   * @param squares the sum of the squares of the users' amounts
   */
  public record Sum(BigDecimal amount, BigDecimal squares) {}

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
      return exact().min(MOST).max(LEAST).longValueExact();
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
