package dev.carillon.engine.dispatch;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.What;
import dev.carillon.engine.port.CampaignStore.Chunk;
import dev.carillon.engine.port.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on one campaign of this node for as long as there is something to do: claims chunks and has
 * them sent, or swept when the campaign was stopped, and completes it after the last.
 */
final class CampaignWorker {
  private static final Logger LOG = LoggerFactory.getLogger(CampaignWorker.class);

  /** How often the campaign's status and free chunks are looked at while nothing else happens. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private final int campaign;
  private final Sending sending;
  private final WaitingClock clock;
  private final Lanes lanes;
  private final SendGuard guard;
  private final ResultWriter results;
  private final RetrySchedule schedule;
  private final Supplier<String> owners;
  private final BooleanSupplier closing;
  private final Map<Integer, Instant> waiting = new ConcurrentHashMap<>();
  private final RateMeter meter;
  private final Passes passes = new Passes();
  private volatile Stint stint;

  CampaignWorker(
      int campaign,
      Sending sending,
      Lanes lanes,
      SendGuard guard,
      ResultWriter results,
      RetrySchedule schedule,
      Supplier<String> owners,
      BooleanSupplier closing) {
    this.campaign = campaign;
    this.sending = sending;
    this.clock = sending.clock();
    this.lanes = lanes;
    this.guard = guard;
    this.results = results;
    this.schedule = schedule;
    this.owners = owners;
    this.closing = closing;
    this.meter = new RateMeter(clock);
    this.stint = newStint();
  }

  /** Ends what is under way; the status is read again then. */
  void halt() {
    stint.halt().set(true);
    passes.signal();
  }

  /** Something may have changed: look now. */
  void signal() {
    passes.signal();
  }

  /** Works until there is nothing to do any more. */
  void run() throws InterruptedException {
    boolean more = true;
    while (more) {
      try {
        more = step();
      } catch (RuntimeException trouble) {
        LOG.warn("Sending campaign {} waits for the store", campaign, trouble);
        clock.sleep(sending.settings().storePause());
      }
    }
  }

  private boolean step() throws InterruptedException {
    if (stint.halted() || closing.getAsBoolean()) {
      stint.halt().set(true);
      passes.awaitNone();
      if (closing.getAsBoolean()) {
        return false;
      }
      stint = newStint();
    }
    Optional<Campaign> now = sending.campaigns().campaign(campaign);
    CampaignStatus status = now.map(Campaign::status).orElse(CampaignStatus.DRAFT);
    return switch (status) {
      case RUNNING -> send(now.orElseThrow());
      case STOPPED -> sweep();
      case DRAFT, SCHEDULED, PAUSED, COMPLETED, AWAITING_NEXT_RUN -> {
        stint.halt().set(true);
        passes.awaitNone();
        waiting.clear();
        yield false;
      }
    };
  }

  private boolean send(Campaign now) throws InterruptedException {
    boolean room =
        passes.count() < sending.settings().chunksInHand()
            && waiting.size() < sending.settings().waitingMessages();
    if (room) {
      Instant claimedAt = clock.instant();
      Optional<Chunk> chunk = claim(claimedAt);
      if (chunk.isPresent()) {
        return begin(now.definition(), chunk.get(), claimedAt);
      }
    }
    if (passes.count() == 0 && sending.campaigns().openChunks(campaign) == 0) {
      complete();
      return false;
    }
    rest();
    return true;
  }

  private Optional<Chunk> claim(Instant now) {
    return sending.campaigns().claimChunk(campaign, owners.get(), now, sending.settings().lease());
  }

  private boolean begin(CampaignDefinition definition, Chunk chunk, Instant claimedAt) {
    @Nullable What what = definition.what();
    if (what == null) {
      return cannotSend(chunk, "It says nothing: the content is missing.");
    }
    Optional<Lane> lane;
    try {
      lane = lanes.enter(what.connection());
    } catch (RuntimeException defect) {
      LOG.warn("Connection {} cannot be opened", what.connection(), defect);
      return cannotSend(
          chunk, "Its connection cannot be opened. Check the connection's settings, then resume.");
    }
    if (lane.isEmpty()) {
      return cannotSend(chunk, "Its connection does not exist any more.");
    }
    Lease lease =
        new Lease(sending.campaigns(), chunk, clock, sending.settings().lease(), claimedAt);
    PassLimits limits = new PassLimits(sending, guard, definition, chunk);
    ChunkPass pass = new ChunkPass(sending, stint, lane.get(), what, chunk, lease, limits);
    passes.start(() -> pass(pass, lane.get(), chunk));
    return true;
  }

  private boolean cannotSend(Chunk chunk, String reason) {
    sending.campaigns().releaseChunk(chunk, clock.instant());
    stint.pause(reason);
    return true;
  }

  private void pass(ChunkPass pass, Lane lane, Chunk chunk) {
    try {
      pass.run();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException trouble) {
      LOG.warn("A chunk of campaign {} is put back for a while", campaign, trouble);
      putBack(chunk);
    } finally {
      lane.leave();
    }
  }

  private void putBack(Chunk chunk) {
    try {
      sending
          .campaigns()
          .releaseChunk(chunk, clock.instant().plus(sending.settings().storePause()));
    } catch (RuntimeException trouble) {
      LOG.warn("It comes back when its lease has run out", trouble);
    }
  }

  private boolean sweep() throws InterruptedException {
    stint.halt().set(true);
    passes.awaitNone();
    Optional<Chunk> chunk = claim(clock.instant());
    if (chunk.isPresent()) {
      new StopSweep(sending).run(chunk.get());
      return true;
    }
    if (sending.campaigns().openChunks(campaign) > 0) {
      clock.sleep(LOOK);
      return true;
    }
    finishRuns();
    return false;
  }

  private void complete() {
    sending.facts().settle();
    if (finishRuns()) {
      sending
          .campaigns()
          .moveCampaign(
              campaign,
              EnumSet.of(CampaignStatus.RUNNING),
              CampaignStatus.COMPLETED,
              null,
              null,
              clock.instant());
    }
  }

  /** Notes the end of planned runs; false when there is none yet, or one that is not planned. */
  private boolean finishRuns() {
    List<Run> runs = sending.campaigns().runs(campaign);
    for (Run run : runs) {
      if (run.plannedAt() != null && run.finishedAt() == null) {
        sending.campaigns().runFinished(campaign, run.number(), clock.instant());
      }
    }
    return !runs.isEmpty() && runs.stream().allMatch(run -> run.plannedAt() != null);
  }

  private void rest() throws InterruptedException {
    if (passes.count() > 0) {
      passes.awaitChange(LOOK);
      return;
    }
    clock.sleep(LOOK);
  }

  private Stint newStint() {
    return new Stint(new AtomicBoolean(), waiting, results, schedule, meter, this::pause);
  }

  private void pause(String reason) {
    try {
      sending
          .campaigns()
          .moveCampaign(
              campaign,
              EnumSet.of(CampaignStatus.RUNNING),
              CampaignStatus.PAUSED,
              reason,
              null,
              clock.instant());
    } catch (RuntimeException trouble) {
      LOG.warn("Campaign {} should pause but that cannot be kept now", campaign, trouble);
    }
    passes.signal();
  }

  /** How far it has come. */
  Progress progress() {
    double perSecond = meter.perSecond();
    long remaining = sending.campaigns().openMessages(campaign);
    @Nullable Instant end =
        perSecond > 0 ? clock.instant().plusMillis((long) (remaining * 1000 / perSecond)) : null;
    return new Progress(meter.total(), perSecond, waiting.size(), remaining, end);
  }

  /** Ends without waiting: what is under way is interrupted. */
  void abandon() {
    passes.interrupt();
  }
}
