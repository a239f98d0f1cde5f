package dev.carillon.server.health;

import dev.carillon.engine.health.BackgroundLoop;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.health.ProcessHealth.Problem;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the stores every few seconds whether they still do their work, so that trouble is known
 * before somebody meets it: the metadata is written to, and what was appended to the facts must
 * become readable in time. Thread-safe.
 */
final class StoreProbe implements AutoCloseable {
  private static final String METADATA = "metadata";
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  /** Longer than any backlog takes that the store lets pile up on a machine that keeps up. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Runnable writeMetadata;
  private final Runnable settleFacts;
  private final ProcessHealth health;
  private final WaitingClock clock;
  private volatile @Nullable Instant waitingSince;
  private @Nullable BackgroundLoop metadataLoop;
  private @Nullable BackgroundLoop factsLoop;

  /**
   * @param writeMetadata writes something durably
   * @param settleFacts waits until all that was appended can be read
   * @param clock real time, whatever time the campaigns live in
   */
  StoreProbe(
      Runnable writeMetadata, Runnable settleFacts, ProcessHealth health, WaitingClock clock) {
    this.writeMetadata = writeMetadata;
    this.settleFacts = settleFacts;
    this.health = health;
    this.clock = clock;
  }

  /** Asks until closed. Returns at once. */
  synchronized void start() {
    if (metadataLoop == null) {
      metadataLoop =
          BackgroundLoop.start("metadata-probe", health, clock, BETWEEN, this::askMetadataAgain);
      factsLoop = BackgroundLoop.start("facts-probe", health, clock, BETWEEN, this::askFactsAgain);
    }
  }

  private void askMetadataAgain() throws InterruptedException {
    clock.sleep(BETWEEN);
    askMetadata();
  }

  private void askFactsAgain() throws InterruptedException {
    clock.sleep(BETWEEN);
    askFacts();
  }

  /** Writes to the metadata once. */
  void askMetadata() {
    try {
      writeMetadata.run();
      health.recovered(METADATA);
    } catch (StoreUnavailableException trouble) {
      health.troubled(
          METADATA,
          "The database of campaigns and logins (metadata.db) cannot be written. Look at the disk"
              + " and the log.");
    }
  }

  /** Waits until all that was appended can be read. */
  void askFacts() {
    waitingSince = clock.instant();
    try {
      settleFacts.run();
    } catch (StoreUnavailableException trouble) {
      // The store names this problem by itself.
    } finally {
      waitingSince = null;
    }
  }

  /** That reading has been behind for long; empty when it keeps up. */
  Optional<Problem> behind() {
    Instant since = waitingSince;
    if (since == null) {
      return Optional.empty();
    }
    Duration waited = Duration.between(since, clock.instant());
    return waited.compareTo(LONGEST_WAIT) < 0
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "backlog",
                "What was taken in "
                    + waited.toMinutes()
                    + " minutes ago cannot be read yet. Look at the disk and the log; if neither"
                    + " says why, start the process again.",
                false));
  }

  @Override
  public synchronized void close() {
    if (metadataLoop != null && factsLoop != null) {
      metadataLoop.close();
      factsLoop.close();
    }
  }
}
