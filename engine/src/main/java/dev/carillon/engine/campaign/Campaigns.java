package dev.carillon.engine.campaign;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.audience.SavedAudiences;
import dev.carillon.engine.channel.Connections;
import dev.carillon.engine.port.CampaignStore;
import dev.carillon.engine.schedule.RunCalendar;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people do with campaigns: write, launch, pause, resume, stop. Thread-safe.
 *
 * <p>Each method throws {@link CampaignException} when it cannot be done, and {@link
 * dev.carillon.engine.port.StoreUnavailableException} when the store is in trouble.
 */
public final class Campaigns {
  private static final int LONGEST_NAME = 200;
  private static final String COPY = " (copy)";

  private final CampaignStore store;
  private final Connections connections;
  private final SavedAudiences saved;
  private final RunStarter runs;
  private final InstantSource clock;
  private final RunCalendar calendar;

  public Campaigns(
      CampaignStore store,
      Connections connections,
      SavedAudiences saved,
      RunStarter runs,
      InstantSource clock,
      RunCalendar calendar) {
    this.store = store;
    this.connections = connections;
    this.saved = saved;
    this.runs = runs;
    this.clock = clock;
    this.calendar = calendar;
  }

  /** Keeps a new draft. */
  public Campaign create(CampaignDefinition definition, String createdBy) {
    return store.createCampaign(definition, createdBy, clock.instant());
  }

  public Campaign find(int id) {
    return store.campaign(id).orElseThrow(() -> new CampaignException.Unknown(id));
  }

  /** What would keep the definition from being launched now; empty when nothing would. */
  public List<Problem> problems(CampaignDefinition definition) {
    return LaunchCheck.problems(definition, connections, saved, calendar.zone(), clock.instant());
  }

  /**
   * Replaces the definition of a campaign that has not started. One that is scheduled must stay
   * ready to be launched, and starts when its new definition says.
   *
   * @throws CampaignStore.StaleVersionException when somebody else changed it first
   */
  public Campaign change(int id, int version, CampaignDefinition definition) {
    Campaign campaign = find(id);
    return switch (campaign.status()) {
      case DRAFT -> store.changeCampaign(id, version, definition);
      case SCHEDULED -> changeScheduled(campaign, version, definition);
      case RUNNING, PAUSED, STOPPED, COMPLETED, AWAITING_NEXT_RUN ->
          throw new CampaignException.WrongStatus(campaign.status(), "changed");
    };
  }

  /**
   * A scheduled campaign is a draft while it is changed, so that it cannot start half-changed. A
   * crash in between leaves the draft.
   */
  private Campaign changeScheduled(Campaign before, int version, CampaignDefinition definition) {
    List<Problem> problems = problems(definition);
    if (!problems.isEmpty()) {
      throw new CampaignException.NotReady(problems);
    }
    if (before.version() != version) {
      throw new CampaignStore.StaleVersionException(
          "campaign " + before.id() + " is at version " + before.version());
    }
    Campaign draft =
        move(before.id(), EnumSet.of(CampaignStatus.SCHEDULED), CampaignStatus.DRAFT, "changed");
    store.changeCampaign(before.id(), draft.version(), definition);
    return launch(before.id());
  }

  /**
   * Launches a draft: it starts now, or at its time.
   *
   * @throws CampaignException.NotReady with everything that is wrong
   */
  public Campaign launch(int id) {
    Campaign campaign = find(id);
    if (campaign.status() != CampaignStatus.DRAFT) {
      throw new CampaignException.WrongStatus(campaign.status(), "launched");
    }
    Instant now = clock.instant();
    List<Problem> problems =
        LaunchCheck.problems(campaign.definition(), connections, saved, calendar.zone(), now);
    if (!problems.isEmpty()) {
      throw new CampaignException.NotReady(problems);
    }
    Instant start = calendar.first(campaign.definition(), now).orElse(now);
    boolean later = start.isAfter(now);
    Campaign launched =
        store
            .moveCampaign(
                id,
                EnumSet.of(CampaignStatus.DRAFT),
                later ? CampaignStatus.SCHEDULED : CampaignStatus.RUNNING,
                null,
                start,
                now)
            .orElseThrow(() -> new CampaignException.WrongStatus(find(id).status(), "launched"));
    if (!later) {
      runs.carryOn(launched);
    }
    return launched;
  }

  /** Takes a scheduled campaign back to a draft. */
  public Campaign unschedule(int id) {
    return move(id, EnumSet.of(CampaignStatus.SCHEDULED), CampaignStatus.DRAFT, "unscheduled");
  }

  /** Holds a campaign between its start and its end; calls under way are finished. */
  public Campaign pause(int id, @Nullable String reason) {
    Campaign paused =
        move(
            id,
            EnumSet.of(CampaignStatus.RUNNING, CampaignStatus.AWAITING_NEXT_RUN),
            CampaignStatus.PAUSED,
            "paused",
            reason);
    runs.halt(id);
    return paused;
  }

  /** Lets a paused campaign go on. Runs that were due meanwhile stay left out. */
  public Campaign resume(int id) {
    Campaign held = find(id);
    if (held.status() == CampaignStatus.PAUSED) {
      runs.passOver(held);
    }
    Campaign resumed =
        move(id, EnumSet.of(CampaignStatus.PAUSED), CampaignStatus.RUNNING, "resumed");
    runs.resumed(resumed);
    return resumed;
  }

  /** Ends a campaign: what was not tried yet is suppressed as stopped, soon after. */
  public Campaign stop(int id) {
    Campaign stopped =
        move(
            id,
            EnumSet.of(
                CampaignStatus.SCHEDULED,
                CampaignStatus.RUNNING,
                CampaignStatus.PAUSED,
                CampaignStatus.AWAITING_NEXT_RUN),
            CampaignStatus.STOPPED,
            "stopped");
    runs.halt(id);
    return stopped;
  }

  /** Deletes a draft. */
  public void delete(int id) {
    Campaign campaign = find(id);
    if (!store.deleteCampaign(id)) {
      throw new CampaignException.WrongStatus(campaign.status(), "deleted");
    }
  }

  /** Makes a draft like a campaign. */
  public Campaign copy(int id, String createdBy) {
    CampaignDefinition original = find(id).definition();
    String name = original.name();
    int room = LONGEST_NAME - COPY.length();
    String shortened = name.length() > room ? name.substring(0, room) : name;
    return create(
        new CampaignDefinition(
            shortened + COPY,
            original.channel(),
            original.labels(),
            original.when(),
            original.who(),
            original.controlGroup(),
            original.what(),
            original.goal(),
            original.delivery(),
            original.limits()),
        createdBy);
  }

  private Campaign move(int id, Set<CampaignStatus> from, CampaignStatus to, String wish) {
    return move(id, from, to, wish, null);
  }

  private Campaign move(
      int id, Set<CampaignStatus> from, CampaignStatus to, String wish, @Nullable String reason) {
    Campaign campaign = find(id);
    return store
        .moveCampaign(id, from, to, reason, null, clock.instant())
        .orElseThrow(() -> new CampaignException.WrongStatus(campaign.status(), wish));
  }
}
