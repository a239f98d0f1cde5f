package dev.carillon.engine.dispatch;

import java.time.Duration;

/**
 * How the dispatcher works.
 *
 * @param chunkSize messages of a small run that are claimed together, 1 or more
 * @param chunksInHand chunks of one campaign that are worked on at the same time, 1 or more; they
 *     are shared out among its connections, of which each has at least one
 * @param batchSize intents that are written together at most, 1 or more
 * @param concurrentCalls calls to one connection that may be waiting for an answer, 1 or more
 * @param lease how long a claimed chunk is safe from others; longer than any call to a provider
 * @param waitingMessages from so many messages that wait for another try, a campaign claims no new
 *     chunks of their connection
 * @param storePause how long to wait before a store that had trouble is asked again
 * @param troubleLimit after so many calls in a row that were not answered, or failed before they
 *     left, a campaign sends nothing more through the connection
 */
public record DispatchSettings(
    int chunkSize,
    int chunksInHand,
    int batchSize,
    int concurrentCalls,
    Duration lease,
    int waitingMessages,
    Duration storePause,
    int troubleLimit) {

  /** What applies unless somebody sets it. */
  public static final DispatchSettings DEFAULTS =
      new DispatchSettings(
          5_000, 3, 250, 256, Duration.ofSeconds(90), 10_000, Duration.ofSeconds(1), 25);

  private static final int CHUNKS = 200;
  private static final int LARGEST = 8;

  public DispatchSettings {
    if (chunkSize < 1
        || chunksInHand < 1
        || batchSize < 1
        || concurrentCalls < 1
        || waitingMessages < 1
        || troubleLimit < 1
        || lease.compareTo(Duration.ofSeconds(1)) < 0
        || !storePause.isPositive()) {
      throw new IllegalArgumentException("dispatch settings are out of range");
    }
  }

  /**
   * How many messages of a run are claimed together: reading a chunk costs a look through all
   * profiles, so a large run is cut into few.
   *
   * @param planned the run's messages
   */
  public int chunkSize(int planned) {
    return Math.clamp(planned / CHUNKS, chunkSize, chunkSize * LARGEST);
  }
}
