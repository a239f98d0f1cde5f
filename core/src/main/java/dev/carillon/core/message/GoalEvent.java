package dev.carillon.core.message;

import java.time.Instant;

/**
 * A goal event of a message's user inside the message's window. The pair of message and event id is
 * unique: the same event twice is one.
 *
 * @param campaign the campaign's id
 * @param seq the message's number in it
 * @param eventId the event's id
 * @param at when the event happened
 * @param revenueMicros the revenue property in millionths of the account's currency; 0 without one,
 *     negative for a refund, {@link #NOT_A_NUMBER} when it is there and no amount
 */
public record GoalEvent(int campaign, int seq, long eventId, Instant at, long revenueMicros) {
  /** Stands for a revenue property that is no amount, such as {@code "12,50"}. */
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /** Whether the revenue property is there and no amount. */
  public boolean isNotANumber() {
    return revenueMicros == NOT_A_NUMBER;
  }
}
