package dev.carillon.core.account;

import dev.carillon.core.channel.Channel;
import java.time.Duration;

/**
 * The most messages that a user gets on a channel within any stretch of time, over all campaigns.
 *
 * @param messages 1 to {@link #MOST_MESSAGES}
 * @param within the length of the stretch, from {@link #SHORTEST} to {@link #LONGEST}
 */
public record FrequencyCap(Channel channel, int messages, Duration within) {
  public static final int MOST_MESSAGES = 1_000;
  public static final Duration SHORTEST = Duration.ofMinutes(15);
  public static final Duration LONGEST = Duration.ofDays(90);

  public FrequencyCap {
    if (messages < 1 || messages > MOST_MESSAGES) {
      throw new IllegalArgumentException("a cap is at least one message");
    }
    if (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a cap looks back 15 minutes to 90 days");
    }
  }
}
