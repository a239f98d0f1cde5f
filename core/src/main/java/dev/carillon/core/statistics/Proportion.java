package dev.carillon.core.statistics;

import org.jspecify.annotations.Nullable;

/**
 * How many users of a group did something: all that a rate and its interval need.
 *
 * <p>Immutable. Groups without a common user merge by {@link #plus}, in any order and grouping.
 *
 * @param successes users who did it, for example users(Converted); 0 to {@code total}
 * @param total users in the group; 0 or more
 */
public record Proportion(long successes, long total) {
  /** The empty group. */
  public static final Proportion NONE = new Proportion(0, 0);

  /**
   * @throws IllegalArgumentException unless 0 ≤ successes ≤ total
   */
  public Proportion {
    if (successes < 0 || successes > total) {
      throw new IllegalArgumentException(
          "A proportion needs 0 <= successes <= total, got %d of %d".formatted(successes, total));
    }
  }

  /** The two groups as one; they must not share a user. */
  public Proportion plus(Proportion other) {
    return new Proportion(
        Math.addExact(successes, other.successes), Math.addExact(total, other.total));
  }

  /** The rate, 0 to 1; null when the group is empty. */
  public @Nullable Double rate() {
    return total == 0 ? null : fraction();
  }

  /** The rate, for callers that know the group not to be empty. */
  double fraction() {
    return (double) successes / total;
  }

  /**
   * The score interval of Wilson (1927): the rates p with |rate − p| ≤ {@code reach} ·
   * √(p(1−p)/total).
   *
   * <p>Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
   * JASA 22 (1927) 209-212.
   *
   * @param reach the critical value, in standard errors: 1.96 for 95 % at a single look
   * @return within [0, 1]; the whole of it when the group is empty
   */
  Interval wilson(double reach) {
    if (total == 0) {
      return new Interval(0, 1);
    }
    double rate = fraction();
    double squared = reach * reach;
    double scale = total + squared;
    double centre = (successes + squared / 2) / scale;
    double half = reach * Math.sqrt(total * rate * (1 - rate) + squared / 4) / scale;
    double low = successes == 0 ? 0 : Math.min(rate, Math.max(0, centre - half));
    double high = successes == total ? 1 : Math.max(rate, Math.min(1, centre + half));
    return new Interval(low, high);
  }
}
