package dev.carillon.engine.campaign;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.What;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.engine.audience.SavedAudiences;
import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.health.FatalErrors;
import dev.carillon.engine.health.OutageLog;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.audience.Audience;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.ControlShares;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.campaign.RunPlan;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.campaign.TooManyQualifyException;
import dev.carillon.engine.port.work.ChunkQueue;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.schedule.RunSchedule;
import dev.carillon.engine.schedule.RunSchedule.Upcoming;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a launched campaign from its status to its sending: notes its runs, has each planned and
 * cut into chunks, and wakes the dispatcher. Each step finds out what the one before left, so all
 * of it may be done again after a crash at any point, and by several nodes. Thread-safe.
 */
public final class RunStarter {
  private static final Logger LOG = LoggerFactory.getLogger(RunStarter.class);

  private final CampaignStore campaigns;
  private final RunStore runs;
  private final ChunkQueue chunks;
  private final PlanningStore facts;
  private final SavedAudiences saved;
  private final Connections connections;
  private final Dispatcher dispatcher;
  private final InstantSource clock;
  private final RunSchedule calendar;
  private final OutageLog outage = new OutageLog(LOG, "Runs cannot be planned for now");

  /** The campaigns that are being seen to, each with whether that was asked for again meanwhile. */
  private final Map<Integer, Boolean> planning = new ConcurrentHashMap<>();

  public RunStarter(
      CampaignStore campaigns,
      RunStore runs,
      ChunkQueue chunks,
      PlanningStore facts,
      SavedAudiences saved,
      Connections connections,
      Dispatcher dispatcher,
      InstantSource clock,
      RunSchedule calendar) {
    this.campaigns = campaigns;
    this.runs = runs;
    this.chunks = chunks;
    this.facts = facts;
    this.saved = saved;
    this.connections = connections;
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.calendar = calendar;
  }

  /**
   * Sees to a running campaign in the background: plans what is not planned and sends. What becomes
   * due while that goes on is seen to after it.
   */
  public void carryOn(Campaign campaign) {
    int id = campaign.id();
    if (planning.merge(id, false, (underWay, first) -> true)) {
      return;
    }
    Thread.ofVirtual()
        .name("plan-" + id)
        .start(
            () -> {
              guarded(id, () -> startRun(campaign));
              while (!planning.remove(id, false)) {
                planning.put(id, false);
                guarded(id, () -> runningCampaign(id).ifPresent(this::startRun));
              }
            });
  }

  /** A campaign that cannot be planned is paused; one that waits for the store is seen to later. */
  private void guarded(int campaign, Runnable step) {
    try {
      step.run();
      outage.ended();
    } catch (StoreUnavailableException trouble) {
      outage.failed(trouble);
    } catch (RuntimeException | Error defect) {
      FatalErrors.rethrow(defect);
      LOG.error("Campaign {} cannot be planned", campaign, defect);
      pause(campaign, "It could not be planned: " + defect.getMessage());
    }
  }

  private Optional<Campaign> runningCampaign(int id) {
    return campaigns.campaign(id).filter(known -> known.status() == CampaignStatus.RUNNING);
  }

  /**
   * Notes what is due, plans what is not planned, and wakes the dispatcher.
   *
   * @throws StoreUnavailableException when the store is in trouble; to be called again
   */
  public void startRun(Campaign campaign) {
    for (Run run : noteDue(campaign, null)) {
      if (run.waits()) {
        planOrSkip(campaign, run);
      }
    }
    dispatcher.wake(campaign.id());
  }

  /**
   * Notes the runs that are due. Of several that were missed, the last may still be sent.
   *
   * @param skip why none of them is sent; null when they may be
   * @return all the campaign's runs
   */
  private List<Run> noteDue(Campaign campaign, @Nullable SkipReason skip) {
    List<Run> noted = new ArrayList<>(runs.runs(campaign.id()));
    List<Upcoming> due = calendar.due(campaign, noted, clock.instant());
    for (Upcoming upcoming : due) {
      @Nullable SkipReason reason = skip;
      if (reason == null && upcoming.number() < due.getLast().number()) {
        reason = SkipReason.MISSED;
      }
      Run run = runs.createRun(campaign.id(), upcoming.number(), upcoming.dueAt(), reason);
      tellSkipped(run);
      noted.add(run);
    }
    return noted;
  }

  private void planOrSkip(Campaign campaign, Run run) {
    boolean late = calendar.tooLate(campaign.definition(), run.dueAt(), clock.instant());
    if (late && facts.planned(campaign.id(), run.number()).isEmpty()) {
      tellSkipped(runs.skipRun(campaign.id(), run.number(), new Skipped(SkipReason.MISSED)));
    } else {
      plan(campaign, run);
    }
  }

  private static void tellSkipped(Run run) {
    if (run.skipped() != null) {
      LOG.warn(
          "Run {} of campaign {}, due at {}, is left out: {}",
          run.number(),
          run.campaign(),
          run.dueAt(),
          run.skipped().words());
    }
  }

  /** Whether the next run of a campaign that waits for it is to begin. */
  boolean isDue(Campaign campaign) {
    return !calendar.due(campaign, runs.runs(campaign.id()), clock.instant()).isEmpty()
        || runs.runs(campaign.id()).stream().anyMatch(Run::waits);
  }

  /** Leaves out the runs of a paused campaign that are due. */
  void passOver(Campaign campaign) {
    if (campaign.definition().when() != null && campaign.definition().when().repeats()) {
      noteDue(campaign, SkipReason.PAUSED);
    }
  }

  private void plan(Campaign campaign, Run run) {
    CampaignDefinition definition = campaign.definition();
    if (definition.who() == null) {
      throw new IllegalStateException("its audience is missing");
    }
    if (definition.what() == null) {
      throw new IllegalStateException("its content is missing");
    }
    facts.settle();
    RunPlan plan;
    try {
      plan = facts.plan(order(campaign, run, saved.resolved(definition.who()), definition.what()));
    } catch (TooManyQualifyException tooMany) {
      skip(run, tooMany.qualified(), definition.limits());
      return;
    }
    PlannedRun planned = plan.run();
    runs.runPlanned(
        campaign.id(),
        run.number(),
        planned.plannedAt(),
        planned.firstSeq(),
        plan.sections(),
        dispatcher.settings().chunkSize(planned.count()));
  }

  /** The share of the system control group is noted first, so that a second try takes the same. */
  private PlanOrder order(Campaign campaign, Run run, Rule who, What what) {
    CampaignDefinition definition = campaign.definition();
    AccountSettings settings = calendar.account().settings();
    boolean system = definition.controlGroup().system();
    Run noted =
        runs.runHoldsOut(
            campaign.id(), run.number(), system ? settings.systemControlGroup().percent() : 0);
    return new PlanOrder(
        campaign.id(),
        run.number(),
        new Audience(definition.channel(), who, new Evaluation(clock.instant(), settings.zone())),
        new ControlShares(definition.controlGroup().percent(), noted.systemControlPercent()),
        definition.limits(),
        definition.goal(),
        calendar.userTimes(definition, run.dueAt()),
        what instanceof Variants variants ? variants : null,
        Routes.of(what, connections));
  }

  private void skip(Run run, long qualified, Limits limits) {
    String reason =
        "%,d people qualified, more than the safety check allows (%,d)."
            .formatted(qualified, limits.safety());
    tellSkipped(
        runs.skipRun(run.campaign(), run.number(), new Skipped(SkipReason.TOO_MANY, reason)));
  }

  /** Goes on through connections that somebody has just looked after. */
  void resumed(Campaign campaign, Set<Integer> connections) {
    connections.forEach(dispatcher::calm);
    carryOn(campaign);
  }

  /** A campaign was paused or stopped. */
  void halt(int campaign) {
    dispatcher.halt(campaign);
  }

  /** Starts a campaign whose (next) time has come; at most one caller starts it. */
  void begin(Campaign campaign) {
    Optional<Campaign> running =
        campaigns.moveCampaign(
            campaign.id(),
            EnumSet.of(CampaignStatus.SCHEDULED, CampaignStatus.AWAITING_NEXT_RUN),
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
    for (Run run : runs.runs(campaign.id())) {
      if (run.waits() && facts.planned(campaign.id(), run.number()).isPresent()) {
        plan(campaign, run);
      }
    }
    if (chunks.openChunks(campaign.id()) > 0) {
      dispatcher.wake(campaign.id());
    }
  }

  private void pause(int campaign, String reason) {
    try {
      campaigns.moveCampaign(
          campaign,
          EnumSet.of(CampaignStatus.RUNNING),
          CampaignStatus.PAUSED,
          reason,
          null,
          clock.instant());
    } catch (StoreUnavailableException trouble) {
      LOG.warn(
          "Campaign {} should pause; planning it is tried again: {}",
          campaign,
          trouble.getMessage());
    }
  }
}
