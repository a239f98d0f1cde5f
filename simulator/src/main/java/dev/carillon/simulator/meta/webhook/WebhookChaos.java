package dev.carillon.simulator.meta.webhook;

import java.time.Duration;

/**
 * How badly callbacks behave. Whether one is meant is drawn from the seed and the callback itself,
 * so the same seed misbehaves the same way again.
 *
 * @param shuffle how likely a callback is held back a little, so that later ones overtake it
 * @param shuffleWithin the longest such hold, in simulated time
 * @param duplicate how likely a callback comes a second time
 * @param duplicateWithin how much later at most
 * @param delay how likely a callback is held back long
 * @param delayWithin the longest such hold
 * @param drop how likely a callback never comes
 * @param beforeAnswer how likely {@code sent} comes before the answer to the send
 */
public record WebhookChaos(
    double shuffle,
    Duration shuffleWithin,
    double duplicate,
    Duration duplicateWithin,
    double delay,
    Duration delayWithin,
    double drop,
    double beforeAnswer) {

  /** Callbacks come once, and in order as far as batches allow. */
  public static WebhookChaos none() {
    return new WebhookChaos(
        0, Duration.ofSeconds(5), 0, Duration.ofMinutes(5), 0, Duration.ofHours(6), 0, 0);
  }

  /** The mess to be expected on an ordinary day. */
  public static WebhookChaos ordinary() {
    return new WebhookChaos(
        0.1,
        Duration.ofSeconds(20),
        0.02,
        Duration.ofMinutes(10),
        0.01,
        Duration.ofHours(2),
        0.001,
        0.02);
  }
}
