package dev.carillon.engine.installation;

import dev.carillon.engine.port.account.InstallationStore;
import dev.carillon.engine.port.facts.StampedFacts;
import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the metadata, now and then and at the end, how many entries the facts hold, so that a
 * later start notices when some of them are gone. Thread-safe.
 */
public final class FactsEndNote implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FactsEndNote.class);
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final InstallationStore metadata;
  private final StampedFacts facts;
  private final WaitingClock clock;
  private @Nullable Thread thread;

  public FactsEndNote(InstallationStore metadata, StampedFacts facts, WaitingClock clock) {
    this.metadata = metadata;
    this.facts = facts;
    this.clock = clock;
  }

  /** Notes it every minute until closed. Returns at once. */
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("facts-end").start(this::run);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        clock.sleep(BETWEEN);
        note();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notes it once; what fails is tried again the next time. */
  synchronized void note() {
    try {
      long end = facts.end();
      metadata
          .installation()
          .filter(known -> known.factsEnd() < end)
          .map(known -> known.withFactsEnd(end))
          .ifPresent(metadata::putInstallation);
    } catch (RuntimeException | Error later) {
      log.warn("How far the facts go could not be noted; it is tried again", later);
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
    note();
  }
}
