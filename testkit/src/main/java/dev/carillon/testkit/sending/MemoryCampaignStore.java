package dev.carillon.testkit.sending;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import dev.carillon.engine.audience.SavedRules;
import dev.carillon.engine.port.CampaignStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Campaigns, runs and chunks in memory, for tests that need thousands of steps a second. */
public final class MemoryCampaignStore implements CampaignStore {
  private final Map<Integer, Campaign> campaigns = new TreeMap<>();
  private final Map<Integer, List<Run>> runs = new HashMap<>();
  private final List<Slot> slots = new ArrayList<>();

  @Override
  public synchronized Campaign createCampaign(
      CampaignDefinition definition, String createdBy, Instant at) {
    int id = campaigns.size() + 1;
    Campaign campaign =
        new Campaign(id, 1, definition, CampaignStatus.DRAFT, null, at, createdBy, null, null);
    campaigns.put(id, campaign);
    return campaign;
  }

  @Override
  public synchronized Optional<Campaign> campaign(int id) {
    return Optional.ofNullable(campaigns.get(id));
  }

  @Override
  public synchronized CampaignPage campaigns(CampaignQuery query) {
    List<Campaign> found =
        campaigns.values().stream()
            .filter(
                campaign ->
                    query.statuses().isEmpty() || query.statuses().contains(campaign.status()))
            .sorted(Comparator.comparingInt(Campaign::id).reversed())
            .toList();
    return new CampaignPage(
        found.stream().skip(query.offset()).limit(query.limit()).toList(), found.size());
  }

  @Override
  public synchronized Campaign changeCampaign(int id, int version, CampaignDefinition definition) {
    Campaign old = campaign(id).orElseThrow();
    if (old.version() != version) {
      throw new StaleVersionException("campaign " + id + " is at version " + old.version());
    }
    return put(old, definition, old.status(), old.statusReason(), old.startsAt(), old.endedAt());
  }

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
        .sorted()
        .toList();
  }

  @Override
  public synchronized List<Run> runs(int campaign) {
    return List.copyOf(runs.getOrDefault(campaign, List.of()));
  }

  @Override
  public synchronized Run createRun(int campaign, int number, Instant dueAt) {
    List<Run> of = runs.computeIfAbsent(campaign, _ -> new ArrayList<>());
    if (of.size() < number) {
      of.add(new Run(campaign, number, dueAt, null, 0, 0, null));
    }
    return of.get(number - 1);
  }

  @Override
  public synchronized Run runPlanned(
      int campaign, int number, Instant plannedAt, int firstSeq, int planned, int chunkSize) {
    Run old = runs(campaign).get(number - 1);
    if (old.plannedAt() != null) {
      return old;
    }
    Run run = new Run(campaign, number, old.dueAt(), plannedAt, firstSeq, planned, null);
    runs.getOrDefault(campaign, new ArrayList<>()).set(number - 1, run);
    for (int from = firstSeq; from < firstSeq + planned; from += chunkSize) {
      int to = Math.min(from + chunkSize, firstSeq + planned);
      slots.add(new Slot(campaign, number, from, to, plannedAt));
    }
    return run;
  }

  @Override
  public synchronized void runFinished(int campaign, int number, Instant at) {
    runs.getOrDefault(campaign, new ArrayList<>())
        .replaceAll(
            run ->
                run.number() != number || run.finishedAt() != null
                    ? run
                    : new Run(
                        campaign,
                        number,
                        run.dueAt(),
                        run.plannedAt(),
                        run.firstSeq(),
                        run.planned(),
                        at));
  }

  @Override
  public synchronized Optional<Chunk> claimChunk(
      int campaign, String owner, Instant now, Duration lease) {
    for (Slot slot : slots) {
      if (slot.campaign == campaign && !slot.finished && !slot.freeAt.isAfter(now)) {
        slot.owner = owner;
        slot.freeAt = now.plus(lease);
        return Optional.of(new Chunk(campaign, slot.run, slot.fromSeq, slot.toSeq, owner));
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized boolean renewChunk(Chunk chunk, Instant now, Duration lease) {
    Optional<Slot> slot = held(chunk);
    slot.ifPresent(held -> held.freeAt = now.plus(lease));
    return slot.isPresent();
  }

  @Override
  public synchronized void finishChunk(Chunk chunk) {
    held(chunk).ifPresent(slot -> slot.finished = true);
  }

  @Override
  public synchronized void releaseChunk(Chunk chunk, Instant notBefore) {
    held(chunk)
        .ifPresent(
            slot -> {
              slot.owner = "";
              slot.freeAt = notBefore;
            });
  }

  @Override
  public synchronized int openChunks(int campaign) {
    return (int) slots.stream().filter(slot -> slot.campaign == campaign && !slot.finished).count();
  }

  @Override
  public synchronized long openMessages(int campaign) {
    return slots.stream()
        .filter(slot -> slot.campaign == campaign && !slot.finished)
        .mapToLong(slot -> slot.toSeq - slot.fromSeq)
        .sum();
  }

  private Optional<Slot> held(Chunk chunk) {
    return slots.stream()
        .filter(
            slot ->
                slot.campaign == chunk.campaign()
                    && slot.run == chunk.run()
                    && slot.fromSeq == chunk.fromSeq()
                    && slot.owner.equals(chunk.owner())
                    && !slot.finished)
        .findFirst();
  }

  private static final class Slot {
    private final int campaign;
    private final int run;
    private final int fromSeq;
    private final int toSeq;
    private Instant freeAt;
    private String owner = "";
    private boolean finished;

    private Slot(int campaign, int run, int fromSeq, int toSeq, Instant freeAt) {
      this.campaign = campaign;
      this.run = run;
      this.fromSeq = fromSeq;
      this.toSeq = toSeq;
      this.freeAt = freeAt;
    }
  }
}
