package dev.carillon.simulator.meta;

import java.time.Duration;

/**
 * How much a number may send, by simulated time.
 *
 * @param messagesPerSecond for each number; zero lifts the limit
 * @param pairBurst messages to one person before the pair limit holds; zero lifts it
 * @param pairInterval what each further message to the same person has to wait
 * @param serviceWindow how long free text may follow a person's own message
 * @param windowAnsweredLater whether free text outside the window is accepted first and failed by
 *     callback, instead of refused
 */
public record WhatsAppLimits(
    int messagesPerSecond,
    int pairBurst,
    Duration pairInterval,
    Duration serviceWindow,
    boolean windowAnsweredLater) {

  /** What Meta grants a new number. */
  public static WhatsAppLimits standard() {
    return new WhatsAppLimits(80, 45, Duration.ofSeconds(6), Duration.ofHours(24), false);
  }

  /** Neither the number nor the pair is limited. */
  public static WhatsAppLimits unlimited() {
    return standard().messagesPerSecond(0).pairBurst(0);
  }

  public WhatsAppLimits messagesPerSecond(int rate) {
    return new WhatsAppLimits(rate, pairBurst, pairInterval, serviceWindow, windowAnsweredLater);
  }

  public WhatsAppLimits pairBurst(int burst) {
    return new WhatsAppLimits(
        messagesPerSecond, burst, pairInterval, serviceWindow, windowAnsweredLater);
  }
}
