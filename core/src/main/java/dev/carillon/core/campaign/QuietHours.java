package dev.carillon.core.campaign;

import java.time.LocalTime;

/**
 * Hours of the day in which nobody is to be disturbed.
 *
 * @param from when they begin
 * @param to when they end; they span midnight when this is earlier than {@code from}
 * @param then what becomes of messages that fall into them
 */
public record QuietHours(LocalTime from, LocalTime to, Then then) {
  public QuietHours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("quiet hours begin and end at different times");
    }
  }

  /** What becomes of a message. */
  public enum Then {
    /** It goes out when they end. */
    DELAY,
    /** It never goes out. */
    DISCARD
  }

  /** Whether a clock that shows this time is within them. */
  public boolean hold(LocalTime time) {
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }
}
