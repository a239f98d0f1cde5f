package dev.carillon.core.report.figure;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Revenue of those who got the message against those held out. Money is in {@code currency}. Null:
 * not to be computed.
 *
 * @param currency ISO 4217
 * @param incremental (ARPU of the target - ARPU of control) × users sent to
 * @param boostPercent (ARPU of the target - ARPU of control) / ARPU of control × 100; null without
 *     control revenue
 * @param low lower end of the interval of {@code incremental}
 * @param high upper end
 * @param boostLow lower end of the interval of {@code boostPercent}
 * @param boostHigh upper end
 * @param confidence what the intervals promise, 0 to 1
 * @param method name of the intervals' method
 * @param verdict key of what may be concluded
 * @param sentence the same in one plain sentence
 * @param notANumber goal events of both groups whose revenue property is there and no amount
 */
public record Revenue(
    String currency,
    Group target,
    Group control,
    @Nullable Double incremental,
    @Nullable Double boostPercent,
    @Nullable Double low,
    @Nullable Double high,
    @Nullable Double boostLow,
    @Nullable Double boostHigh,
    double confidence,
    String method,
    String verdict,
    String sentence,
    long notANumber) {

  /**
   * One of the two groups.
   *
   * @param revenue over every goal event in the window
   * @param arpu revenue per user of the group, converted or not; null without users
   */
  public record Group(BigDecimal revenue, @Nullable Double arpu) {}
}
