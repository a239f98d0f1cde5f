package dev.carillon.engine.campaign;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignAction;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.audience.SavedAudiences;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.DefinitionChange;
import dev.carillon.engine.port.campaign.Revision;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.work.HeldConnection;
import dev.carillon.engine.port.work.HeldConnectionStore;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.schedule.RunSchedule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people do with campaigns: write, launch, pause, resume, stop. Thread-safe.
 *
 * <p>Each method throws {@link CampaignException} when it cannot be done, and {@link
 * dev.carillon.engine.port.StoreUnavailableException} when the store is in trouble.
 */
public final class CampaignService {
  private static final int LONGEST_NAME = 200;
  private static final String COPY = " (copy)";

  private final CampaignStore store;
  private final RunStore runs;
  private final HeldConnectionStore held;
  private final Connections connections;
  private final SavedAudiences saved;
  private final RunStarter starter;
  private final InstantSource clock;
  private final RunSchedule calendar;

  public CampaignService(
      CampaignStore store,
      RunStore runs,
      HeldConnectionStore held,
      Connections connections,
      SavedAudiences saved,
      RunStarter starter,
      InstantSource clock,
      RunSchedule calendar) {
    this.store = store;
    this.runs = runs;
    this.held = held;
    this.connections = connections;
    this.saved = saved;
    this.starter = starter;
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
  public List<LaunchProblem> problems(CampaignDefinition definition) {
    return LaunchCheck.problems(definition, connections, saved, calendar.zone(), clock.instant());
  }

  /**
   * Replaces the definition. One that is scheduled must stay ready to be launched, and starts when
   * its new definition says. One that awaits its next run says from then on what is new; its
   * earlier runs stay as they were. Elsewhere only name and labels can be changed.
   *
   * @param by login or API key name of who changes it
   * @throws StaleVersionException when somebody else changed it first
   */
  public Campaign change(int id, int version, CampaignDefinition definition, String by) {
    Campaign campaign = find(id);
    return switch (campaign.status()) {
      case DRAFT -> store.changeCampaign(id, version, definition, change(by));
      case SCHEDULED -> changeScheduled(campaign, version, definition, by);
      case AWAITING_NEXT_RUN -> changeFuture(campaign, version, definition, by);
      case RUNNING, PAUSED, STOPPED, COMPLETED -> {
        if (!ScheduledChangeCheck.sameButForName(campaign.definition(), definition)) {
          throw new CampaignException.WrongStatus(campaign.status(), "changed");
        }
        yield store.changeCampaign(id, version, definition, change(by));
      }
    };
  }

  private DefinitionChange change(String by) {
    return new DefinitionChange(by, clock.instant(), null);
  }

  /** What was changed since a version, and by whom; the first is how it was at that version. */
  public List<Revision> revisions(int id, int version) {
    return store.revisions(id, version);
  }

  /**
   * A scheduled campaign is a draft while it is changed, so that it cannot start half-changed. A
   * crash in between leaves the draft.
   */
  private Campaign changeScheduled(
      Campaign before, int version, CampaignDefinition definition, String by) {
    List<LaunchProblem> problems = problems(definition);
    if (!problems.isEmpty()) {
      throw new CampaignException.NotReady(problems);
    }
    if (before.version() != version) {
      throw stale(before);
    }
    Campaign draft =
        move(before.id(), EnumSet.of(CampaignStatus.SCHEDULED), CampaignStatus.DRAFT, "changed");
    store.changeCampaign(before.id(), draft.version(), definition, change(by));
    return launch(before.id());
  }

  /** What is planned stays as it is; the next run is of the new definition, at its time. */
  private Campaign changeFuture(
      Campaign before, int version, CampaignDefinition definition, String by) {
    Campaign changed =
        new Campaign(
            before.id(),
            before.version(),
            definition,
            before.status(),
            before.statusReason(),
            before.createdAt(),
            before.createdBy(),
            before.startsAt(),
            before.endedAt());
    Optional<Instant> next =
        definition.when() == null
            ? Optional.empty()
            : calendar.next(changed, runs.runs(before.id())).map(RunSchedule.Upcoming::dueAt);
    List<LaunchProblem> problems =
        ScheduledChangeCheck.problems(
            before.definition(), definition, problems(definition), next.isPresent());
    if (!problems.isEmpty()) {
      throw new CampaignException.NotReady(problems);
    }
    return store.changeCampaign(
        before.id(),
        version,
        definition,
        new DefinitionChange(by, clock.instant(), next.orElseThrow()));
  }

  /** Launches a draft as it stands now. */
  public Campaign launch(int id) {
    return launch(id, null);
  }

  /**
   * Launches a draft: it starts now, or at its time. What was checked is what is launched.
   *
   * @param version that the launcher has seen; null for the one that it has now
   * @throws CampaignException.NotReady with everything that is wrong
   * @throws StaleVersionException when somebody changed it since
   */
  public Campaign launch(int id, @Nullable Integer version) {
    Campaign campaign = find(id);
    if (version != null && version != campaign.version()) {
      throw stale(campaign);
    }
    if (campaign.status() != CampaignStatus.DRAFT) {
      throw new CampaignException.WrongStatus(campaign.status(), "launched");
    }
    Instant now = clock.instant();
    List<LaunchProblem> problems =
        LaunchCheck.problems(campaign.definition(), connections, saved, calendar.zone(), now);
    if (!problems.isEmpty()) {
      throw new CampaignException.NotReady(problems);
    }
    Instant start = calendar.first(campaign.definition(), now).orElse(now);
    boolean later = start.isAfter(now);
    Campaign launched =
        store
            .launchCampaign(
                id,
                campaign.version(),
                later ? CampaignStatus.SCHEDULED : CampaignStatus.RUNNING,
                start,
                now)
            .orElseThrow(() -> overtaken(find(id)));
    if (!later) {
      starter.carryOn(launched);
    }
    return launched;
  }

  private static RuntimeException overtaken(Campaign now) {
    return now.status() == CampaignStatus.DRAFT
        ? stale(now)
        : new CampaignException.WrongStatus(now.status(), "launched");
  }

  private static StaleVersionException stale(Campaign now) {
    return new StaleVersionException("campaign " + now.id() + " is at version " + now.version());
  }

  /** Takes a scheduled campaign back to a draft. */
  public Campaign unschedule(int id) {
    return move(id, CampaignAction.UNSCHEDULE.from(), CampaignStatus.DRAFT, "unscheduled");
  }

  /** Holds a campaign between its start and its end; calls under way are finished. */
  public Campaign pause(int id, @Nullable String reason) {
    Campaign paused =
        move(id, CampaignAction.PAUSE.from(), CampaignStatus.PAUSED, "paused", reason);
    starter.halt(id);
    return paused;
  }

  /**
   * The connections that a campaign waits to send through, because they had trouble; empty when it
   * has ended.
   */
  public List<HeldConnection> waiting(Campaign campaign) {
    return campaign.status().ended() ? List.of() : held.heldConnections(campaign.id());
  }

  /**
   * Lets a paused campaign go on, through all its connections. Runs that were due meanwhile stay
   * left out. One that runs goes on through those that had trouble.
   */
  public Campaign resume(int id) {
    return resume(id, null);
  }

  /**
   * Lets a campaign go on.
   *
   * @param connection the only one of those that had trouble to send through again; null for all
   */
  public Campaign resume(int id, @Nullable Integer connection) {
    Campaign before = find(id);
    Set<Integer> connections = new HashSet<>(before.definition().connections());
    waiting(before).forEach(waits -> connections.add(waits.connection()));
    if (connection != null) {
      connections.retainAll(Set.of(connection));
    }
    Campaign resumed = resumed(before, connections);
    starter.resumed(resumed, connections);
    return resumed;
  }

  private Campaign resumed(Campaign before, Set<Integer> connections) {
    boolean goesOn =
        before.status() == CampaignStatus.RUNNING
            && waiting(before).stream().anyMatch(waits -> connections.contains(waits.connection()));
    if (!goesOn && !CampaignAction.RESUME.from().contains(before.status())) {
      throw new CampaignException.WrongStatus(before.status(), "resumed");
    }
    if (!goesOn) {
      starter.passOver(before);
    }
    connections.forEach(connection -> held.freeConnection(before.id(), connection));
    return goesOn
        ? before
        : move(before.id(), CampaignAction.RESUME.from(), CampaignStatus.RUNNING, "resumed");
  }

  /** Ends a campaign: what was not tried yet is suppressed as stopped, soon after. */
  public Campaign stop(int id) {
    Campaign stopped = move(id, CampaignAction.STOP.from(), CampaignStatus.STOPPED, "stopped");
    starter.halt(id);
    return stopped;
  }

  /** Hides a campaign that sends nothing from the list; its numbers stay. */
  public Campaign archive(int id) {
    return archive(id, CampaignAction.ARCHIVE, clock.instant(), "archived");
  }

  /** Shows an archived campaign in the list again. */
  public Campaign unarchive(int id) {
    return archive(id, CampaignAction.UNARCHIVE, null, "taken out of the archive");
  }

  private Campaign archive(int id, CampaignAction action, @Nullable Instant at, String wish) {
    Campaign campaign = find(id);
    return store
        .archiveCampaign(id, action.from(), at)
        .orElseThrow(() -> new CampaignException.WrongStatus(campaign.status(), wish));
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
    return create(original.named(shortened + COPY, original.labels()), createdBy);
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
