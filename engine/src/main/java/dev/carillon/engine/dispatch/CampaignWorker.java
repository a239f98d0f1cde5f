package dev.carillon.engine.dispatch;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.What;
import dev.carillon.engine.dispatch.outcome.ResultWriter;
import dev.carillon.engine.dispatch.outcome.RetrySchedule;
import dev.carillon.engine.dispatch.sender.ConnectionSender;
import dev.carillon.engine.dispatch.sender.SenderPool;
import dev.carillon.engine.dispatch.sender.ThroughputMeter;
import dev.carillon.engine.health.FatalErrors;
import dev.carillon.engine.health.OutageLog;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.work.Chunk;
import dev.carillon.engine.port.work.HeldConnection;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.schedule.RunSchedule.Upcoming;
import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on one campaign of this node for as long as there is something to do: claims chunks and has
 * them sent, or swept when the campaign was stopped, and completes it, or lets it wait for its next
 * run, after the last.
 */
final class CampaignWorker {
  private static final Logger LOG = LoggerFactory.getLogger(CampaignWorker.class);

  /** How often the campaign's status and free chunks are looked at while nothing else happens. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private static final Duration LONG_LOOK = Duration.ofSeconds(2);

  /** No throttle holds longer; one that seems to is of before the clock was set back. */
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

  private final int campaign;
  private final DispatchContext sending;
  private final WaitingClock clock;
  private final SenderPool senders;
  private final FrequencyCapGuard guard;
  private final ResultWriter results;
  private final RetrySchedule schedule;
  private final Supplier<String> owners;
  private final BooleanSupplier closing;
  private final ThroughputMeter meter;
  private final ChunkRuns passes = new ChunkRuns();
  private final CampaignConnections connections;
  private final AtomicBoolean chunkEnded = new AtomicBoolean();
  private final OutageLog outage;
  private final OutageLog chunkOutage;
  private volatile SendingSession session;

  CampaignWorker(
      int campaign,
      DispatchContext sending,
      SenderPool senders,
      FrequencyCapGuard guard,
      ResultWriter results,
      RetrySchedule schedule,
      Supplier<String> owners,
      BooleanSupplier closing) {
    this.campaign = campaign;
    this.sending = sending;
    this.clock = sending.clock();
    this.senders = senders;
    this.guard = guard;
    this.results = results;
    this.schedule = schedule;
    this.owners = owners;
    this.closing = closing;
    this.connections = new CampaignConnections(campaign, sending, passes);
    this.meter = new ThroughputMeter(clock);
    this.outage = new OutageLog(LOG, "Campaign " + campaign + " waits for the store");
    this.chunkOutage = new OutageLog(LOG, "Campaign " + campaign + " cannot send a chunk");
    this.session = newSession();
  }

  /** Ends what is under way; the status is read again then. */
  void halt() {
    session.halt().set(true);
    passes.signal();
  }

  /** Something may have changed: look now. */
  void signal() {
    passes.signal();
  }

  /** Works until there is nothing to do any more, whatever a step throws. */
  void run() throws InterruptedException {
    String component = "campaign-" + campaign;
    boolean more = true;
    try {
      while (more) {
        try {
          more = step();
          sending.health().recovered(component);
          outage.ended();
        } catch (StoreUnavailableException trouble) {
          outage.failed(trouble);
          clock.sleep(sending.settings().storePause());
        } catch (RuntimeException | Error defect) {
          FatalErrors.rethrow(defect);
          LOG.error("Sending campaign {} broke", campaign, defect);
          sending.health().troubled(component, SendingSession.defect(defect));
          session.pause(SendingSession.defect(defect));
          clock.sleep(sending.settings().storePause());
        }
      }
    } finally {
      sending.health().recovered(component);
    }
  }

  private boolean step() throws InterruptedException {
    if (session.halted() || closing.getAsBoolean()) {
      session.halt().set(true);
      passes.awaitNone();
      if (closing.getAsBoolean()) {
        return false;
      }
      session = newSession();
    }
    Optional<Campaign> now = sending.campaigns().campaign(campaign);
    CampaignStatus status = now.map(Campaign::status).orElse(CampaignStatus.DRAFT);
    return switch (status) {
      case RUNNING -> send(now.orElseThrow());
      case STOPPED -> sweep();
      case DRAFT, SCHEDULED, PAUSED, COMPLETED, AWAITING_NEXT_RUN -> {
        session.halt().set(true);
        passes.awaitNone();
        connections.forgetWaiting();
        yield false;
      }
    };
  }

  private boolean send(Campaign now) throws InterruptedException {
    if (chunkEnded.compareAndSet(true, false)) {
      sending.runs().finishRuns(campaign, clock.instant());
    }
    Instant claimedAt = clock.instant();
    connections.refresh(session);
    Map<Integer, Instant> open = sending.chunks().nextChunks(campaign);
    if (connections.pauseWhenAllHeld(session)) {
      return true;
    }
    if (open.isEmpty() && passes.count() == 0) {
      complete(now);
      return false;
    }
    @Nullable Instant next = null;
    for (Map.Entry<Integer, Instant> ready : connections.ready(open)) {
      Instant free = nextClaim(ready.getValue(), claimedAt);
      if (!free.isAfter(claimedAt)) {
        Optional<Chunk> chunk = claim(ready.getKey(), claimedAt);
        if (chunk.isPresent()) {
          return begin(now.definition(), chunk.get(), claimedAt);
        }
      }
      next = next == null || free.isBefore(next) ? free : next;
    }
    rest(next);
    return true;
  }

  /** When a chunk that is free from a moment on may be claimed. */
  private Instant nextClaim(Instant free, Instant now) {
    Instant held = session.hold().until();
    return held.isBefore(now.plus(LONGEST_HOLD)) && free.isBefore(held) ? held : free;
  }

  private Optional<Chunk> claim(int connection, Instant now) {
    return sending
        .chunks()
        .claimChunk(campaign, connection, owners.get(), now, sending.settings().lease());
  }

  private boolean begin(CampaignDefinition definition, Chunk chunk, Instant claimedAt) {
    @Nullable What what = definition.what();
    if (what == null) {
      sending.chunks().releaseChunk(chunk, clock.instant());
      session.pause("It says nothing: the content is missing.");
      return true;
    }
    ConnectionSession through = connections.session(chunk.connection(), session);
    Optional<ConnectionSender> connectionSender;
    try {
      if (senders.sealed(chunk.connection())) {
        return cannotSend(through, chunk, Connected.SEALED);
      }
      connectionSender = senders.enter(chunk.connection());
    } catch (RuntimeException defect) {
      LOG.warn("Connection {} cannot be opened", chunk.connection(), defect);
      return cannotSend(
          through,
          chunk,
          "Its connection cannot be opened. Check the connection's settings, then resume.");
    }
    if (connectionSender.isEmpty()) {
      return cannotSend(through, chunk, "Its connection does not exist any more.");
    }
    Lease lease = new Lease(sending.chunks(), chunk, clock, sending.settings().lease(), claimedAt);
    Run run = run(chunk);
    SendingPace pace = new SendingPace(sending, session, chunk, definition.delivery(), run.dueAt());
    VariantChoice variants = new VariantChoice(sending, what, run);
    FrequencyLimits limits = new FrequencyLimits(sending, guard, definition, chunk);
    ChunkSender pass =
        new ChunkSender(
            sending, through, connectionSender.get(), variants, chunk, lease, pace, limits);
    passes.start(chunk.connection(), () -> pass(pass, connectionSender.get(), chunk));
    return true;
  }

  private Run run(Chunk chunk) {
    return sending.runs().runs(campaign).stream()
        .filter(run -> run.number() == chunk.run())
        .findFirst()
        .orElseThrow();
  }

  private boolean cannotSend(ConnectionSession through, Chunk chunk, String reason) {
    sending.chunks().releaseChunk(chunk, clock.instant());
    through.hold(reason);
    return true;
  }

  private void pass(ChunkSender pass, ConnectionSender connectionSender, Chunk chunk) {
    try {
      pass.run();
      chunkOutage.ended();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (StoreUnavailableException trouble) {
      chunkOutage.failed(trouble);
      putBack(chunk);
    } catch (RuntimeException | Error defect) {
      FatalErrors.rethrow(defect);
      LOG.error("A chunk of campaign {} is put back: sending it broke", campaign, defect);
      session.pause(SendingSession.defect(defect));
      putBack(chunk);
    } finally {
      chunkEnded.set(true);
      connectionSender.leave();
    }
  }

  private void putBack(Chunk chunk) {
    try {
      sending.chunks().releaseChunk(chunk, clock.instant().plus(sending.settings().storePause()));
    } catch (RuntimeException trouble) {
      LOG.warn(
          "A chunk of campaign {} comes back when its lease has run out: {}",
          campaign,
          trouble.getMessage());
    }
  }

  private boolean sweep() throws InterruptedException {
    session.halt().set(true);
    passes.awaitNone();
    sending.chunks().freeWaitingChunks(campaign, clock.instant());
    for (int connection : sending.chunks().nextChunks(campaign).keySet()) {
      Optional<Chunk> chunk = claim(connection, clock.instant());
      if (chunk.isPresent()) {
        new StoppedCampaignCleanup(sending).run(chunk.get());
        return true;
      }
    }
    if (sending.chunks().openChunks(campaign) > 0) {
      clock.sleep(LOOK);
      return true;
    }
    sending.runs().finishRuns(campaign, clock.instant());
    for (HeldConnection held : sending.held().heldConnections(campaign)) {
      sending.held().freeConnection(campaign, held.connection());
    }
    return false;
  }

  /** Ends the campaign, or lets it wait for its next run; not while one is still to be planned. */
  private void complete(Campaign now) {
    sending.messages().settle();
    sending.runs().finishRuns(campaign, clock.instant());
    List<Run> runs = sending.runs().runs(campaign);
    if (runs.isEmpty() || runs.stream().anyMatch(Run::waits)) {
      return;
    }
    Optional<Upcoming> next = sending.calendar().next(now, runs);
    Instant moment = clock.instant();
    if (next.isPresent() && !next.get().opensAt().isAfter(moment)) {
      return;
    }
    sending
        .campaigns()
        .moveCampaign(
            campaign,
            EnumSet.of(CampaignStatus.RUNNING),
            next.isPresent() ? CampaignStatus.AWAITING_NEXT_RUN : CampaignStatus.COMPLETED,
            null,
            next.map(Upcoming::dueAt).orElse(null),
            moment);
  }

  /** Messages may wait for hours: then it is looked less often. */
  private void rest(@Nullable Instant next) throws InterruptedException {
    if (passes.count() > 0) {
      passes.awaitChange(LOOK);
      return;
    }
    Duration ahead = next == null ? LOOK : Duration.between(clock.instant(), next).dividedBy(4);
    Duration pause = ahead.compareTo(LONG_LOOK) > 0 ? LONG_LOOK : ahead;
    clock.sleep(pause.compareTo(LOOK) < 0 ? LOOK : pause);
  }

  private SendingSession newSession() {
    connections.begin();
    return new SendingSession(
        new AtomicBoolean(), new ThrottleHold(), results, schedule, meter, this::pause);
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
  SendProgress progress() {
    double perSecond = meter.perSecond();
    long remaining = sending.chunks().openMessages(campaign);
    @Nullable Instant end =
        perSecond > 0 ? clock.instant().plusMillis((long) (remaining * 1000 / perSecond)) : null;
    return new SendProgress(
        meter.total(), perSecond, connections.waitingMessages(), remaining, end);
  }

  /** Ends without waiting: what is under way is interrupted. */
  void abandon() {
    passes.interrupt();
  }
}
