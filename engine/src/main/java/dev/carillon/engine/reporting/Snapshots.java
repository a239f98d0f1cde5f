package dev.carillon.engine.reporting;

import dev.carillon.engine.account.Account;
import dev.carillon.engine.port.FactStore.Applied;
import dev.carillon.engine.port.LedgerStore;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.WaitingClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has snapshots of ledgers written when enough became known of a campaign since the last, so that
 * its next load is quick. A snapshot that fails loses nothing. Thread-safe.
 */
final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

  /** So many facts are read into a ledger in some tens of milliseconds. */
  private static final int ENOUGH = 100_000;

  private final LedgerStore store;
  private final Account account;
  private final WaitingClock clock;

  /** Facts since the last snapshot, by campaign. */
  private final Map<Integer, Integer> since = new ConcurrentHashMap<>();

  private @Nullable Thread thread;

  Snapshots(LedgerStore store, Account account, WaitingClock clock) {
    this.store = store;
    this.account = account;
    this.clock = clock;
  }

  void applied(Applied applied) {
    applied.facts().forEach(fact -> since.merge(fact.campaign(), 1, Integer::sum));
    applied.goalEvents().forEach(event -> since.merge(event.campaign(), 1, Integer::sum));
  }

  /** Looks now and then until closed. Returns at once. */
  synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("ledger-snapshots").start(this::run);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        clock.sleep(BETWEEN_LOOKS);
        look();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the snapshots that are due. */
  void look() {
    since.forEach(
        (campaign, facts) -> {
          if (facts >= ENOUGH) {
            // What comes in while it is written counts for the next.
            since.remove(campaign);
            write(campaign);
          }
        });
  }

  private void write(int campaign) {
    try {
      store.snapshotLedger(campaign, account.zone());
    } catch (StoreUnavailableException later) {
      LOG.warn("The ledger of campaign {} could not be kept; its next load takes longer", campaign);
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
