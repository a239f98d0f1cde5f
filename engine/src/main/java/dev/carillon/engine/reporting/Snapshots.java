package dev.carillon.engine.reporting;

import dev.carillon.core.message.Fact;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.health.BackgroundLoop;
import dev.carillon.engine.health.FatalErrors;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.engine.time.WaitingClock;
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
  private final ProcessHealth health;

  /** Facts since the last snapshot, by campaign. */
  private final Map<Integer, Integer> since = new ConcurrentHashMap<>();

  private @Nullable BackgroundLoop loop;

  Snapshots(LedgerStore store, Account account, WaitingClock clock, ProcessHealth health) {
    this.store = store;
    this.account = account;
    this.clock = clock;
    this.health = health;
  }

  void applied(Applied applied) {
    int campaign = 0;
    int facts = 0;
    for (Fact fact : applied.facts()) {
      if (fact.campaign() != campaign) {
        add(campaign, facts);
        campaign = fact.campaign();
        facts = 0;
      }
      facts++;
    }
    add(campaign, facts);
    applied.goalEvents().forEach(event -> add(event.campaign(), 1));
  }

  private void add(int campaign, int facts) {
    if (facts > 0) {
      since.merge(campaign, facts, Integer::sum);
    }
  }

  /** Looks now and then until closed. Returns at once. */
  synchronized void start() {
    if (loop == null) {
      loop =
          BackgroundLoop.start(
              "ledger-snapshots",
              health,
              clock,
              BETWEEN_LOOKS,
              () -> {
                clock.sleep(BETWEEN_LOOKS);
                look();
              });
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
    } catch (RuntimeException | Error trouble) {
      FatalErrors.rethrow(trouble);
      LOG.warn(
          "The ledger of campaign {} could not be kept; its next load takes longer",
          campaign,
          trouble);
    }
  }

  @Override
  public synchronized void close() {
    if (loop != null) {
      loop.close();
    }
  }
}
