package dev.carillon.engine.dispatch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the sending of a campaign has come on this node.
 *
 * @param tried calls that were answered, or given up, since sending (re)started here
 * @param perSecond such calls a second lately
 * @param waiting messages that wait for another try
 * @param remaining about how many messages are still to be tried, 0 or more
 * @param expectedEnd when the last of them is tried at this rate; null when it is unknown
 */
public record SendProgress(
    long tried, double perSecond, int waiting, long remaining, @Nullable Instant expectedEnd) {}
