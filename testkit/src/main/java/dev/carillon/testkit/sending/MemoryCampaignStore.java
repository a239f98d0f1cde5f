package dev.carillon.testkit.sending;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.engine.audience.SavedRules;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.campaign.CampaignPage;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.engine.port.campaign.DefinitionChange;
import dev.carillon.engine.port.campaign.Revision;
import dev.carillon.engine.port.campaign.RunSection;
import dev.carillon.engine.port.work.Chunk;
import dev.carillon.engine.port.work.HeldConnection;
import dev.carillon.engine.port.work.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Campaigns, runs and chunks in memory, for tests that need thousands of steps a second. */
public final class MemoryCampaignStore implements SendingStore {
  private final Map<Integer, Campaign> campaigns = new TreeMap<>();
  private int lastId;
  private final List<Kept> revisions = new ArrayList<>();
  private final Map<Integer, List<Run>> runs = new HashMap<>();
  private final Set<String> heldOut = new HashSet<>();
  private final MemoryChunks chunks = new MemoryChunks();
  private final Map<Integer, TreeMap<Integer, HeldConnection>> held = new HashMap<>();
  private final Map<Integer, TreeMap<Instant, Integer>> turns = new HashMap<>();
  private final Map<Integer, TreeMap<Integer, VariantDecision>> decisions = new HashMap<>();

  @Override
  public synchronized VariantDecision decideVariant(VariantDecision decision) {
    return decisions
        .computeIfAbsent(decision.campaign(), any -> new TreeMap<>())
        .computeIfAbsent(decision.run(), any -> decision);
  }

  @Override
  public synchronized List<VariantDecision> variantDecisions(int campaign) {
    return List.copyOf(decisions.getOrDefault(campaign, new TreeMap<>()).values());
  }

  @Override
  public synchronized Campaign createCampaign(
      CampaignDefinition definition, String createdBy, Instant at) {
    int id = ++lastId;
    Campaign campaign =
        new Campaign(id, 1, definition, CampaignStatus.DRAFT, null, at, createdBy, null, null);
    campaigns.put(id, campaign);
    revisions.add(new Kept(id, new Revision(1, definition, createdBy, at)));
    return campaign;
  }

  @Override
  public synchronized Optional<Campaign> campaign(int id) {
    return Optional.ofNullable(campaigns.get(id));
  }

  @Override
  public synchronized CampaignPage campaigns(CampaignQuery query) {
    return MemoryCampaignList.page(campaigns.values(), query);
  }

  @Override
  public synchronized Campaign changeCampaign(
      int id, int version, CampaignDefinition definition, DefinitionChange change) {
    @Nullable Campaign old = campaigns.get(id);
    if (old == null || old.version() != version) {
      throw new StaleVersionException("campaign " + id + " is not at version " + version);
    }
    Instant start = change.startsAt() == null ? old.startsAt() : change.startsAt();
    Campaign now = put(old, definition, old.status(), old.statusReason(), start, old.endedAt());
    revisions.add(new Kept(id, new Revision(now.version(), definition, change.by(), change.at())));
    return now;
  }

  @Override
  public synchronized List<Revision> revisions(int id, int version) {
    List<Revision> all =
        revisions.stream().filter(kept -> kept.campaign() == id).map(Kept::revision).toList();
    int base =
        all.stream().mapToInt(Revision::version).filter(one -> one <= version).max().orElse(0);
    return all.stream().filter(revision -> revision.version() >= base).toList();
  }

  @Override
  public synchronized Optional<Campaign> archiveCampaign(
      int id, Set<CampaignStatus> from, @Nullable Instant at) {
    @Nullable Campaign old = campaigns.get(id);
    if (old == null || !from.contains(old.status())) {
      return Optional.empty();
    }
    Campaign now =
        new Campaign(
            id,
            old.version(),
            old.definition(),
            old.status(),
            old.statusReason(),
            old.createdAt(),
            old.createdBy(),
            old.startsAt(),
            old.endedAt(),
            at);
    campaigns.put(id, now);
    return Optional.of(now);
  }

  @Override
  public synchronized Map<Integer, Integer> plannedMessages(Set<Integer> ids) {
    Map<Integer, Integer> planned = new HashMap<>();
    for (int id : ids) {
      planned.put(id, runs(id).stream().mapToInt(Run::messages).sum());
    }
    return planned;
  }

  @Override
  public synchronized List<String> creators() {
    return campaigns.values().stream()
        .map(Campaign::createdBy)
        .distinct()
        .sorted(MemoryCampaignList.BY_NAME)
        .toList();
  }

  /** A revision of a campaign. */
  private record Kept(int campaign, Revision revision) {}

  @Override
  public synchronized Optional<Campaign> moveCampaign(
      int id,
      Set<CampaignStatus> from,
      CampaignStatus to,
      @Nullable String reason,
      @Nullable Instant startsAt,
      Instant at) {
    @Nullable Campaign old = campaigns.get(id);
    if (old == null || !from.contains(old.status())) {
      return Optional.empty();
    }
    if (!old.status().next().contains(to)) {
      throw new IllegalArgumentException(old.status() + " cannot become " + to);
    }
    Instant start = startsAt == null && to != CampaignStatus.DRAFT ? old.startsAt() : startsAt;
    return Optional.of(put(old, old.definition(), to, reason, start, to.ended() ? at : null));
  }

  @Override
  public synchronized Optional<Campaign> launchCampaign(
      int id, int version, CampaignStatus to, Instant startsAt, Instant at) {
    return campaign(id)
        .filter(draft -> draft.version() == version)
        .flatMap(draft -> moveCampaign(id, Set.of(CampaignStatus.DRAFT), to, null, startsAt, at));
  }

  private Campaign put(
      Campaign old,
      CampaignDefinition definition,
      CampaignStatus status,
      @Nullable String reason,
      @Nullable Instant startsAt,
      @Nullable Instant endedAt) {
    Campaign changed =
        new Campaign(
            old.id(),
            old.version() + 1,
            definition,
            status,
            reason,
            old.createdAt(),
            old.createdBy(),
            startsAt,
            endedAt);
    campaigns.put(old.id(), changed);
    return changed;
  }

  @Override
  public synchronized boolean deleteCampaign(int id) {
    boolean draft = campaign(id).filter(c -> c.status() == CampaignStatus.DRAFT).isPresent();
    if (draft) {
      campaigns.remove(id);
    }
    return draft;
  }

  @Override
  public synchronized List<Campaign> campaignsUsing(Set<Rule.Saved> saved) {
    return campaigns.values().stream()
        .filter(
            campaign ->
                campaign.definition().who() != null
                    && SavedRules.in(campaign.definition().who()).stream()
                        .anyMatch(saved::contains))
        .sorted(Comparator.comparingInt(Campaign::id).reversed())
        .toList();
  }

  @Override
  public synchronized List<String> labels() {
    return campaigns.values().stream()
        .flatMap(campaign -> campaign.definition().labels().stream())
        .distinct()
        .sorted(MemoryCampaignList.BY_NAME)
        .toList();
  }

  @Override
  public synchronized List<Run> runs(int campaign) {
    return List.copyOf(runs.getOrDefault(campaign, List.of()));
  }

  @Override
  public synchronized Run createRun(
      int campaign, int number, Instant dueAt, @Nullable SkipReason skipped) {
    if (!campaigns.containsKey(campaign)) {
      throw new IllegalArgumentException("there is no campaign " + campaign);
    }
    List<Run> of = runs.computeIfAbsent(campaign, _ -> new ArrayList<>());
    if (of.size() < number) {
      of.add(
          new Run(campaign, number, dueAt, 0, null, skipped == null ? null : new Skipped(skipped)));
    }
    return of.get(number - 1);
  }

  @Override
  public synchronized Run skipRun(int campaign, int number, Skipped skipped) {
    Run old = run(campaign, number);
    return old.waits()
        ? keep(new Run(campaign, number, old.dueAt(), old.systemControlPercent(), null, skipped))
        : old;
  }

  private static Run with(Run run, Run.Planned planned) {
    return new Run(
        run.campaign(),
        run.number(),
        run.dueAt(),
        run.systemControlPercent(),
        planned,
        run.skipped());
  }

  private Run run(int campaign, int number) {
    return runs(campaign).stream()
        .filter(run -> run.number() == number)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("campaign " + campaign + " has no run " + number));
  }

  private Run keep(Run run) {
    runs.getOrDefault(run.campaign(), new ArrayList<>()).set(run.number() - 1, run);
    return run;
  }

  @Override
  public synchronized Run runPlanned(
      int campaign,
      int number,
      Instant plannedAt,
      int firstSeq,
      List<RunSection> sections,
      int chunkSize) {
    int planned = RunSection.messages(firstSeq, sections);
    Run old = run(campaign, number);
    if (!old.waits()) {
      return old;
    }
    Run run = keep(with(old, new Run.Planned(plannedAt, firstSeq, planned, null)));
    sections.forEach(section -> chunks.cut(campaign, number, section, chunkSize, plannedAt));
    return run;
  }

  @Override
  public synchronized Run runHoldsOut(int campaign, int number, int systemControlPercent) {
    Run run = run(campaign, number);
    return heldOut.add(campaign + "/" + number)
        ? keep(
            new Run(
                campaign, number, run.dueAt(), systemControlPercent, run.planned(), run.skipped()))
        : run;
  }

  @Override
  public synchronized List<Run> skippedRuns(Instant since, int limit) {
    return runs.values().stream()
        .flatMap(List::stream)
        .filter(run -> run.skipped() != null && !run.dueAt().isBefore(since))
        .sorted(Comparator.comparing(Run::dueAt).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void finishRuns(int campaign, Instant at) {
    runs.getOrDefault(campaign, new ArrayList<>())
        .replaceAll(
            run -> {
              Run.Planned planned = run.planned();
              return planned == null
                      || planned.finishedAt() != null
                      || chunks.open(campaign, run.number())
                  ? run
                  : with(
                      run,
                      new Run.Planned(planned.at(), planned.firstSeq(), planned.messages(), at));
            });
  }

  @Override
  public synchronized void freeWaitingChunks(int campaign, Instant now) {
    chunks.freeWaiting(campaign, now);
  }

  @Override
  public synchronized Map<Integer, Instant> nextChunks(int campaign) {
    return chunks.next(campaign);
  }

  @Override
  public synchronized Turns takeTurns(
      int campaign, int wanted, int most, Duration within, Instant now) {
    TreeMap<Instant, Integer> taken = turns.computeIfAbsent(campaign, _ -> new TreeMap<>());
    int ahead = taken.tailMap(now, false).values().stream().mapToInt(Integer::intValue).sum();
    taken.tailMap(now, false).clear();
    taken.headMap(now.minus(within), true).clear();
    taken.merge(now, ahead, Integer::sum);
    int sum = taken.values().stream().mapToInt(Integer::intValue).sum();
    int given = Math.clamp(most - sum, 0, wanted);
    taken.merge(now, given, Integer::sum);
    taken.values().removeIf(messages -> messages == 0);
    return new Turns(given, taken.firstKey().plus(within));
  }

  @Override
  public synchronized Optional<Chunk> claimChunk(
      int campaign, int connection, String owner, Instant now, Duration lease) {
    return chunks.claim(campaign, connection, owner, now, lease);
  }

  @Override
  public synchronized boolean renewChunk(Chunk chunk, Instant now, Duration lease) {
    return chunks.renew(chunk, now.plus(lease));
  }

  @Override
  public synchronized void finishChunk(Chunk chunk) {
    chunks.finish(chunk);
  }

  @Override
  public synchronized void releaseChunk(Chunk chunk, Instant notBefore) {
    chunks.release(chunk, notBefore);
  }

  @Override
  public synchronized void holdConnection(HeldConnection connection) {
    held.computeIfAbsent(connection.campaign(), _ -> new TreeMap<>())
        .putIfAbsent(connection.connection(), connection);
  }

  @Override
  public synchronized List<HeldConnection> heldConnections(int campaign) {
    return List.copyOf(held.getOrDefault(campaign, new TreeMap<>()).values());
  }

  @Override
  public synchronized void freeConnection(int campaign, int connection) {
    held.getOrDefault(campaign, new TreeMap<>()).remove(connection);
  }

  @Override
  public synchronized int openChunks(int campaign) {
    return chunks.open(campaign);
  }

  @Override
  public synchronized long openMessages(int campaign) {
    return chunks.openMessages(campaign);
  }
}
