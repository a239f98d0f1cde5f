package dev.carillon.engine.campaign;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.engine.audience.SavedAudiences;
import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.port.AudienceStore.Evaluation;
import dev.carillon.engine.port.AudienceStore.PlanOrder;
import dev.carillon.engine.port.CampaignStore;
import dev.carillon.engine.port.FactStore;
import dev.carillon.engine.port.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a launched campaign from its status to its sending: notes its run, has the run planned and
 * cut into chunks, and wakes the dispatcher. Each step finds out what the one before left, so all
 * of it may be done again after a crash at any point, and by several nodes. Thread-safe.
 */
public final class RunStarter {
  private static final Logger LOG = LoggerFactory.getLogger(RunStarter.class);

  private final CampaignStore campaigns;
  private final FactStore facts;
  private final SavedAudiences saved;
  private final Dispatcher dispatcher;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Set<Integer> planning = ConcurrentHashMap.newKeySet();

  public RunStarter(
      CampaignStore campaigns,
      FactStore facts,
      SavedAudiences saved,
      Dispatcher dispatcher,
      InstantSource clock,
      ZoneId zone) {
    this.campaigns = campaigns;
    this.facts = facts;
    this.saved = saved;
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.zone = zone;
  }

  /** Sees to a running campaign in the background: plans what is not planned and sends. */
  public void carryOn(Campaign campaign) {
    if (!planning.add(campaign.id())) {
      return;
    }
    Thread.ofVirtual()
        .name("plan-" + campaign.id())
        .start(
            () -> {
              try {
                startRun(campaign);
              } catch (StoreUnavailableException trouble) {
                LOG.warn("Campaign {} waits for the store", campaign.id(), trouble);
              } catch (RuntimeException defect) {
                LOG.error("Campaign {} cannot be planned", campaign.id(), defect);
                pause(campaign.id(), "It could not be planned: " + defect.getMessage());
              } finally {
                planning.remove(campaign.id());
              }
            });
  }

  /**
   * Plans the campaign's run unless it is planned already, and wakes the dispatcher.
   *
   * @throws StoreUnavailableException when the store is in trouble; to be called again
   */
  public void startRun(Campaign campaign) {
    int id = campaign.id();
    Instant due = campaign.startsAt() == null ? clock.instant() : campaign.startsAt();
    List<Run> known = campaigns.runs(id);
    Run run = known.isEmpty() ? campaigns.createRun(id, 1, due) : known.getLast();
    if (run.plannedAt() == null) {
      plan(campaign, run);
    }
    dispatcher.wake(id);
  }

  private void plan(Campaign campaign, Run run) {
    CampaignDefinition definition = campaign.definition();
    if (definition.who() == null) {
      throw new IllegalStateException("its audience is missing");
    }
    facts.settle();
    PlannedRun planned =
        facts.plan(
            new PlanOrder(
                campaign.id(),
                run.number(),
                definition.channel(),
                saved.resolved(definition.who()),
                new Evaluation(clock.instant(), zone),
                definition.controlGroup().percent(),
                definition.goal()));
    campaigns.runPlanned(
        campaign.id(),
        run.number(),
        planned.plannedAt(),
        planned.firstSeq(),
        planned.count(),
        dispatcher.settings().chunkSize(planned.count()));
  }

  /** Goes on after a pause. */
  void resumed(Campaign campaign) {
    if (campaign.definition().what() != null) {
      dispatcher.calm(campaign.definition().what().connection());
    }
    carryOn(campaign);
  }

  /** A campaign was paused or stopped. */
  void halt(int campaign) {
    dispatcher.halt(campaign);
  }

  /** Starts a scheduled campaign whose time has come; at most one caller starts it. */
  void begin(Campaign campaign) {
    Optional<Campaign> running =
        campaigns.moveCampaign(
            campaign.id(),
            EnumSet.of(CampaignStatus.SCHEDULED),
            CampaignStatus.RUNNING,
            null,
            null,
            clock.instant());
    running.ifPresent(this::carryOn);
  }

  /**
   * Sweeps up after a stopped campaign. When it was stopped while it was being planned, the plan
   * may be there without its chunks: then they are cut first.
   */
  void sweep(Campaign campaign) {
    @Nullable Run unplanned =
        campaigns.runs(campaign.id()).stream()
            .filter(run -> run.plannedAt() == null)
            .findFirst()
            .orElse(null);
    if (unplanned != null && isPlanned(campaign.id(), unplanned)) {
      plan(campaign, unplanned);
    }
    if (campaigns.openChunks(campaign.id()) > 0) {
      dispatcher.wake(campaign.id());
    }
  }

  private boolean isPlanned(int campaign, Run run) {
    int others =
        campaigns.runs(campaign).stream()
            .filter(other -> other.number() != run.number())
            .mapToInt(Run::planned)
            .sum();
    return facts.loadLedger(campaign, zone).planned() > others;
  }

  private void pause(int campaign, String reason) {
    campaigns.moveCampaign(
        campaign,
        EnumSet.of(CampaignStatus.RUNNING),
        CampaignStatus.PAUSED,
        reason,
        null,
        clock.instant());
  }
}
