package dev.carillon.core.report.figure;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conversions of those who got the message against those held out.
 *
 * @param target the users it was sent to
 * @param control the users held out, those suppressed left out, from their ghost send on
 * @param shared how many of the target's converted users count as converted for another campaign
 *     too, because its window holds the same goal event
 * @param lift what the message changed
 * @param overTime how it came to be, day by day
 */
public record Conversion(Group target, Group control, long shared, Lift lift, List<Day> overTime) {
  public Conversion {
    overTime = List.copyOf(overTime);
  }

  /**
   * One of the two groups.
   *
   * @param rate converted users in percent of the users; null without users
   */
  public record Group(long users, long converted, @Nullable Double rate) {}

  /**
   * What the message changed. Null: not to be computed, as the verdict says why.
   *
   * @param percent (rate of the target / rate of control - 1) × 100
   * @param low lower end of the interval of {@code percent}
   * @param high upper end
   * @param points rate of the target - rate of control, in percentage points
   * @param pointsLow lower end of the interval of {@code points}
   * @param pointsHigh upper end
   * @param confidence what the intervals promise, 0 to 1
   * @param method name of the intervals' method
   * @param verdict key of what may be concluded
   * @param sentence the same in one plain sentence
   */
  public record Lift(
      @Nullable Double percent,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double points,
      @Nullable Double pointsLow,
      @Nullable Double pointsHigh,
      double confidence,
      String method,
      String verdict,
      String sentence) {}

  /**
   * Both groups up to the end of a day.
   *
   * @param from the day
   * @param points difference of the rates so far, in percentage points; null as in {@link Lift}
   * @param low lower end of its interval
   * @param high upper end
   */
  public record Day(
      LocalDate from,
      Group target,
      Group control,
      @Nullable Double points,
      @Nullable Double low,
      @Nullable Double high) {}
}
