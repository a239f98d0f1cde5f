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
 *     negative for a refund
 */
public record GoalEvent(int campaign, int seq, long eventId, Instant at, long revenueMicros) {}
