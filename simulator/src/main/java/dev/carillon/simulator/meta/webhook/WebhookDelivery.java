package dev.carillon.simulator.meta.webhook;

import java.time.Duration;

/**
 * How callbacks are posted.
 *
 * @param maxBatch the most statuses and messages in one post, 1 to 1,000
 * @param linger how long, in simulated time, a post waits for more to carry along
 * @param firstRetry the pause before the second attempt; it doubles from attempt to attempt
 * @param retryFor how long after the first attempt a post is given up, in simulated time
 * @param parallel how many posts are under way at once; with 1 and a stopped clock each post ends
 *     before time moves on
 */
public record WebhookDelivery(
    int maxBatch, Duration linger, Duration firstRetry, Duration retryFor, int parallel) {

  private static final int LARGEST_BATCH = 1000;

  public WebhookDelivery {
    if (maxBatch < 1 || maxBatch > LARGEST_BATCH) {
      throw new IllegalArgumentException("maxBatch must be between 1 and 1000: " + maxBatch);
    }
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel must be at least 1: " + parallel);
    }
    if (!firstRetry.isPositive()) {
      throw new IllegalArgumentException("firstRetry must be positive: " + firstRetry);
    }
  }

  public static WebhookDelivery standard() {
    return new WebhookDelivery(
        100, Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofDays(7), 1);
  }

  public WebhookDelivery batches(int most, Duration wait) {
    return new WebhookDelivery(most, wait, firstRetry, retryFor, parallel);
  }

  public WebhookDelivery parallel(int posts) {
    return new WebhookDelivery(maxBatch, linger, firstRetry, retryFor, posts);
  }
}
