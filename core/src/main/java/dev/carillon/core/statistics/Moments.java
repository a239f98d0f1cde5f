package dev.carillon.core.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The revenue of a group of users: all that revenue per user and its interval need.
 *
 * <p>Every user counts, those who spent nothing too. A user's amount is the sum over all of that
 * user's goal events in the window; refunds make it negative. Sums are decimal, so merging is
 * exact: any order and grouping gives the same moments. Immutable.
 *
 * @param n users in the group, 0 or more
 * @param sum the sum of the users' amounts, in the revenue's currency; below 10³⁰, kept to 40
 *     decimal places
 * @param sumSquares the sum of the squares of the users' amounts; below 10⁶⁰, kept to 80 decimal
 *     places
 */
public record Moments(long n, BigDecimal sum, BigDecimal sumSquares) {
  private static final int SUM_PLACES = 40;
  private static final int SUM_DIGITS = 30;
  private static final int SQUARES_DIGITS = 60;
  private static final int SQUARES_PLACES = 80;

  /** How far sums that come as floating point may miss n · sumSquares ≥ sum², relatively. */
  private static final BigDecimal TOLERANCE = new BigDecimal("1e-9");

  /** The empty group. */
  public static final Moments NONE = new Moments(0, BigDecimal.ZERO, BigDecimal.ZERO);

  /**
   * @throws IllegalArgumentException when no amounts of {@code n} users can have these sums, or
   *     when they are out of range
   */
  public Moments {
    if (n < 0) {
      throw new IllegalArgumentException("Moments of a negative number of users: " + n);
    }
    sum = normalised(sum, SUM_DIGITS, SUM_PLACES);
    sumSquares = normalised(sumSquares, SQUARES_DIGITS, SQUARES_PLACES);
    if (n == 0 && (sum.signum() != 0 || sumSquares.signum() != 0)) {
      throw new IllegalArgumentException("Revenue without users");
    }
    BigDecimal slack = sum.multiply(sum).multiply(TOLERANCE);
    if (sumSquares.signum() < 0 || spread(n, sum, sumSquares).add(slack).signum() < 0) {
      throw new IllegalArgumentException(
          "No amounts of %d users have sum %s and sum of squares %s".formatted(n, sum, sumSquares));
    }
  }

  /**
   * Moments of sums that a store computed in floating point.
   *
   * @throws IllegalArgumentException as the canonical constructor, and for NaN or infinity
   */
  public Moments(long n, double sum, double sumSquares) {
    this(n, decimal(sum), decimal(sumSquares));
  }

  /** The moments of one user who spent {@code amount}. */
  public static Moments ofUser(BigDecimal amount) {
    BigDecimal sum = normalised(amount, SUM_DIGITS, SUM_PLACES);
    return new Moments(1, sum, sum.multiply(sum));
  }

  /** The two groups as one; they must not share a user. */
  public Moments plus(Moments other) {
    return new Moments(
        Math.addExact(n, other.n), sum.add(other.sum), sumSquares.add(other.sumSquares));
  }

  /** This group and {@code users} more who spent nothing. */
  public Moments plusUsersWithoutRevenue(long users) {
    return new Moments(Math.addExact(n, users), sum, sumSquares);
  }

  /** Revenue per user, zeros included; null when the group is empty. */
  public @Nullable Double perUser() {
    return n == 0 ? null : mean();
  }

  /** Revenue per user, for callers that know the group not to be empty. */
  double mean() {
    return sum.divide(BigDecimal.valueOf(n), MathContext.DECIMAL64).doubleValue();
  }

  /** The square of the standard error of the mean: s²/n. Needs two users. */
  double squaredStandardError() {
    BigDecimal users = BigDecimal.valueOf(n);
    BigDecimal divisor = users.multiply(users).multiply(BigDecimal.valueOf(n - 1));
    double value = spread(n, sum, sumSquares).divide(divisor, MathContext.DECIMAL64).doubleValue();
    return Math.max(0, value);
  }

  /**
   * The number of buyers of one and the same amount that would say as much: (Σx)²/Σx², Kish's
   * effective sample size. Between 0 and the number of users who spent; with amounts of 0 and 1 it
   * is the number of ones.
   *
   * <p>Source: L. Kish, Survey Sampling (1965), section 11.7.
   */
  double effectiveBuyers() {
    return sumSquares.signum() == 0
        ? 0
        : sum.multiply(sum).divide(sumSquares, MathContext.DECIMAL64).doubleValue();
  }

  /** n · Σx² − (Σx)², which is n(n−1) times the variance. */
  private static BigDecimal spread(long n, BigDecimal sum, BigDecimal sumSquares) {
    return sumSquares.multiply(BigDecimal.valueOf(n)).subtract(sum.multiply(sum));
  }

  /** One form for one number, so that equal moments are equal records. */
  private static BigDecimal normalised(BigDecimal value, int integerDigits, int places) {
    // Judged by its size before any arithmetic: 1E+999999999 written out would fill a gigabyte.
    long digitsBeforePoint = (long) value.precision() - value.scale();
    if (value.signum() == 0 || digitsBeforePoint < -places) {
      return BigDecimal.ZERO;
    }
    if (digitsBeforePoint > integerDigits) {
      throw new IllegalArgumentException("Revenue beyond 10^" + integerDigits);
    }
    BigDecimal rounded =
        value.scale() > places ? value.setScale(places, RoundingMode.HALF_EVEN) : value;
    return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
  }

  private static BigDecimal decimal(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Revenue must be a finite number, got " + value);
    }
    return BigDecimal.valueOf(value);
  }
}
