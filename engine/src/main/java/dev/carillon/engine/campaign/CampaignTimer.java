package dev.carillon.engine.campaign;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.health.BackgroundLoop;
import dev.carillon.engine.health.FatalErrors;
import dev.carillon.engine.health.OutageLog;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second at the campaigns that are launched, starts those whose time has come, and sees
 * to those that run. The store alone says what is due, so nothing is lost when a process ends; what
 * a dead one left is found in the same way.
 */
public final class CampaignTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CampaignTimer.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /**
   * A stopped campaign is swept by the process that stopped it; others look again for this long.
   */
  private static final Duration STOPPED_LATELY = Duration.ofHours(1);

  private static final Duration BETWEEN_LOOKS_AT_STOPPED = Duration.ofMinutes(1);

  /** How much earlier than the account's any user's clock may show a time. */
  private static final Duration MOST_AHEAD = Duration.ofHours(36);

  private static final int PAGE = 500;

  private final CampaignStore campaigns;
  private final RunStarter runs;
  private final WaitingClock clock;
  private final ProcessHealth health;
  private final OutageLog outage = new OutageLog(LOG, "Campaigns wait for the store");
  private boolean waiting;
  private Instant nextLookAtStopped = Instant.MIN;
  private @Nullable BackgroundLoop loop;

  public CampaignTimer(
      CampaignStore campaigns, RunStarter runs, WaitingClock clock, ProcessHealth health) {
    this.campaigns = campaigns;
    this.runs = runs;
    this.clock = clock;
    this.health = health;
  }

  /** Takes up what an earlier process left, then looks until closed. Returns at once. */
  public synchronized void start() {
    if (loop == null) {
      AtomicBoolean recovered = new AtomicBoolean();
      loop =
          BackgroundLoop.start(
              "campaign-timer",
              health,
              clock,
              BETWEEN_LOOKS,
              () -> {
                if (recovered.get()) {
                  look();
                } else {
                  recover();
                  recovered.set(true);
                }
                clock.sleep(BETWEEN_LOOKS);
              });
    }
  }

  /** Takes up everything that an earlier process left. */
  void recover() {
    stopped(Instant.MIN);
    look();
  }

  /** Looks once: starts what is due and sees to what runs. */
  public void look() {
    Instant now = clock.instant();
    waiting = false;
    all(CampaignStatus.SCHEDULED).forEach(campaign -> guarded(campaign, this::beginIfDue));
    all(CampaignStatus.AWAITING_NEXT_RUN).forEach(campaign -> guarded(campaign, this::beginIfDue));
    all(CampaignStatus.PAUSED).forEach(campaign -> guarded(campaign, runs::passOver));
    all(CampaignStatus.RUNNING).forEach(campaign -> guarded(campaign, runs::carryOn));
    if (!now.isBefore(nextLookAtStopped)) {
      stopped(now.minus(STOPPED_LATELY));
      nextLookAtStopped = now.plus(BETWEEN_LOOKS_AT_STOPPED);
    }
    if (!waiting) {
      outage.ended();
    }
  }

  private void beginIfDue(Campaign campaign) {
    Instant start = campaign.startsAt();
    if (start != null && soon(start) && runs.isDue(campaign)) {
      runs.begin(campaign);
    }
  }

  /** Whether it may be time somewhere on earth. */
  private boolean soon(Instant start) {
    return !start.isAfter(clock.instant().plus(MOST_AHEAD));
  }

  private void stopped(Instant since) {
    for (Campaign campaign : all(CampaignStatus.STOPPED)) {
      Instant ended = campaign.endedAt();
      if (ended == null || ended.isAfter(since)) {
        guarded(campaign, runs::sweep);
      }
    }
  }

  /** One campaign's trouble does not keep the others waiting. */
  private void guarded(Campaign campaign, Consumer<Campaign> step) {
    try {
      step.accept(campaign);
    } catch (StoreUnavailableException trouble) {
      waiting = true;
      outage.failed(trouble);
    } catch (RuntimeException | Error defect) {
      FatalErrors.rethrow(defect);
      LOG.error("Campaign {} cannot be seen to now", campaign.id(), defect);
    }
  }

  private List<Campaign> all(CampaignStatus status) {
    List<Campaign> found = new ArrayList<>();
    List<Campaign> page;
    do {
      page =
          campaigns
              .campaigns(
                  new CampaignQuery(null, null, Set.of(status), null, null, PAGE, found.size()))
              .campaigns();
      found.addAll(page);
    } while (page.size() == PAGE);
    return found;
  }

  @Override
  public synchronized void close() {
    if (loop != null) {
      loop.close();
      loop = null;
    }
  }
}
