package dev.carillon.engine.dispatch;

import dev.carillon.core.campaign.SendingHours.Verdict;
import dev.carillon.engine.dispatch.SendingPace.Taken;
import dev.carillon.engine.dispatch.outcome.ResultWriter;
import dev.carillon.engine.dispatch.outcome.RetrySchedule;
import dev.carillon.engine.dispatch.outcome.SendOutcome;
import dev.carillon.engine.dispatch.outcome.SendOutcome.Try;
import dev.carillon.engine.dispatch.sender.ConnectionSender;
import dev.carillon.engine.health.FatalErrors;
import dev.carillon.engine.intake.OverloadedException;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.work.Chunk;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.provider.Provider.Referenced;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is open in one claimed chunk, once over: batch by batch the intents are made durable,
 * then the calls are made within the connection's rate, and their results are kept as they come.
 * What must be tried again stays in the chunk, which is given back for a later pass.
 */
final class ChunkSender {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkSender.class);
  private static final Duration HALT_NOTICED = Duration.ofMillis(200);
  private static final Duration LEASE_CHECKED = Duration.ofSeconds(1);

  private static final String RESULT_LOST =
      "The answer to a call could not be kept because of a defect, so that its message stays"
          + " uncertain. The server's log says more. Report it before you resume.";

  /** Intents are not written longer before their calls than this. */
  private static final double BATCH_SECONDS = 0.25;

  private final DispatchContext sending;
  private final WaitingClock clock;
  private final ConnectionSession session;
  private final ConnectionSender connectionSender;
  private final MessagePreparer preparer;
  private final Chunk chunk;
  private final Lease lease;
  private final SendingPace pace;
  private final FrequencyLimits limits;
  private final ChunkInFlight inFlight = new ChunkInFlight();
  private final AtomicInteger open = new AtomicInteger();
  private @Nullable Instant nextTry;

  ChunkSender(
      DispatchContext sending,
      ConnectionSession session,
      ConnectionSender connectionSender,
      VariantChoice variants,
      Chunk chunk,
      Lease lease,
      SendingPace pace,
      FrequencyLimits limits) {
    this.sending = sending;
    this.clock = sending.clock();
    this.session = session;
    this.connectionSender = connectionSender;
    this.chunk = chunk;
    this.lease = lease;
    this.pace = pace;
    this.limits = limits;
    this.preparer =
        new MessagePreparer(
            chunk.campaign(),
            session,
            connectionSender,
            variants,
            pace,
            limits,
            this::tryNotBefore);
  }

  /** Makes the pass, and finishes the chunk or gives it back. */
  void run() throws InterruptedException {
    limits.begin();
    try {
      pass();
    } finally {
      limits.end();
    }
  }

  private void pass() throws InterruptedException {
    sending.messages().settle();
    limits.read();
    List<Outgoing> messages =
        sending.messages().outgoing(chunk.campaign(), chunk.fromSeq(), chunk.toSeq()).stream()
            .filter(this::toSend)
            .toList();
    open.set(messages.size());
    Iterator<Outgoing> rest = messages.iterator();
    while (rest.hasNext() && goingOn() && lease.held()) {
      SendBatch batch = nextBatch(rest);
      Taken taken = takeTurns(batch);
      if (!keepIntents(batch)) {
        limits.dropped();
        break;
      }
      limits.kept();
      batch.ghosts().forEach(limits::settled);
      open.addAndGet(-batch.settled());
      callAll(batch.calls(), taken.until());
      if (batch.cut()) {
        tryNotBefore(taken.moreAt());
        break;
      }
    }
    while (!inFlight.awaitNone(LEASE_CHECKED)) {
      lease.held();
    }
    if (open.get() == 0) {
      sending.chunks().finishChunk(chunk);
    } else {
      sending.chunks().releaseChunk(chunk, laterThanNow());
    }
  }

  /** One whose fate is not known is sent again only where the provider may get it twice. */
  private boolean toSend(Outgoing message) {
    return switch (message.state()) {
      case OPEN -> true;
      case UNCERTAIN ->
          connectionSender.capabilities().repeatable() && RetrySchedule.mayRepeat(message.tries());
      case DONE -> false;
    };
  }

  private Instant laterThanNow() {
    Instant now = clock.instant();
    Instant next = earliestTry();
    return next == null || next.isBefore(now) || !goingOn() ? now : next;
  }

  private boolean goingOn() {
    return !session.halted();
  }

  /** Fills messages until there are as many to call as the rate lets through in a moment. */
  private SendBatch nextBatch(Iterator<Outgoing> rest) {
    double atOnce = Math.ceil(connectionSender.limiter().perSecond() * BATCH_SECONDS);
    int most = (int) Math.max(1, Math.min(sending.settings().batchSize(), atOnce));
    int full = connectionSender.capabilities().messagesPerCall();
    return preparer.next(rest, Math.max(most, full), clock.instant());
  }

  /** Takes the throttle's turns for the batch's calls; what has none is left for later. */
  private Taken takeTurns(SendBatch batch) {
    Taken taken = pace.take(batch.calls().size(), clock.instant());
    batch.cutAfter(taken.given()).forEach(limits::notKept);
    return taken;
  }

  /**
   * Makes the batch durable, however long the store's trouble lasts; false when the sending ended
   * before, or when it can never be kept.
   */
  private boolean keepIntents(SendBatch batch) throws InterruptedException {
    if (batch.intents().isEmpty()) {
      return true;
    }
    for (boolean warned = false; goingOn() && lease.held(); warned = true) {
      try {
        sending.journal().append(batch.intents());
        return true;
      } catch (StoreUnavailableException | OverloadedException trouble) {
        if (!warned) {
          LOG.warn("Campaign {} waits: intents cannot be kept now", chunk.campaign(), trouble);
        }
        clock.sleep(sending.settings().storePause());
      } catch (RuntimeException | Error defect) {
        FatalErrors.rethrow(defect);
        LOG.error("Intents of campaign {} can never be kept", chunk.campaign(), defect);
        session.pause(SendingSession.defect(defect));
        return false;
      }
    }
    return false;
  }

  /**
   * @param until when the calls' turns have run out
   */
  private void callAll(List<SendBatch.Call> calls, Instant until) throws InterruptedException {
    int most = connectionSender.capabilities().messagesPerCall();
    for (int from = 0; from < calls.size(); from += most) {
      List<SendBatch.Call> group = calls.subList(from, Math.min(from + most, calls.size()));
      group.forEach(_ -> inFlight.began());
      boolean turn = awaitTurn(group.size());
      List<SendBatch.Call> due = new ArrayList<>(group.size());
      for (SendBatch.Call call : group) {
        if (turn && stillTime(call, until)) {
          due.add(call);
        } else {
          notMade(call);
        }
      }
      if (!due.isEmpty()) {
        Thread.ofVirtual().name("send").start(() -> make(due));
      } else if (turn) {
        connectionSender.calls().release();
      }
    }
  }

  private void notMade(SendBatch.Call call) throws InterruptedException {
    if (lease.held()) {
      limits.notCalled(call.attempt().message());
      keep(call.attempt(), SendOutcome.notCalled(call.attempt(), clock.instant()));
    } else {
      // Another may have taken the chunk over: to say "not taken" could set its try free.
      open.decrementAndGet();
      limits.settled(call.attempt().message());
      inFlight.ended();
    }
  }

  /**
   * Waits for the turn of a call that holds so many messages; when true, a place among the calls
   * under way is taken.
   */
  private boolean awaitTurn(int messages) throws InterruptedException {
    while (session.resultsTroubled() && goingOn() && lease.held()) {
      clock.sleep(sending.settings().storePause());
    }
    if (!goingOn() || !lease.held()) {
      return false;
    }
    Instant turn = connectionSender.limiter().reserve(messages);
    for (Instant now = clock.instant(); now.isBefore(turn); now = clock.instant()) {
      if (!goingOn()) {
        return false;
      }
      Instant soon = now.plus(HALT_NOTICED);
      clock.sleepUntil(soon.isBefore(turn) ? soon : turn);
    }
    while (!connectionSender.calls().tryAcquire(HALT_NOTICED.toMillis(), TimeUnit.MILLISECONDS)) {
      if (!goingOn()) {
        return false;
      }
    }
    if (goingOn() && lease.held()) {
      return true;
    }
    connectionSender.calls().release();
    return false;
  }

  /** Whether what let the message into its batch holds now that its call can be made. */
  private boolean stillTime(SendBatch.Call call, Instant until) {
    Instant now = clock.instant();
    return !now.isAfter(until) && pace.verdict(call.message(), now) instanceof Verdict.Go;
  }

  private void make(List<SendBatch.Call> calls) {
    List<SendResult> results;
    try {
      results = send(calls);
    } catch (RuntimeException | Error defect) {
      FatalErrors.rethrow(defect);
      LOG.error("A call of campaign {} broke", chunk.campaign(), defect);
      String words = "The call broke: " + defect.getClass().getSimpleName();
      results = Collections.nCopies(calls.size(), new SendResult.Unknown(words));
    } finally {
      connectionSender.calls().release();
    }
    try {
      for (int i = 0; i < calls.size(); i++) {
        handle(calls.get(i).attempt(), results.get(i));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private List<SendResult> send(List<SendBatch.Call> calls) {
    if (calls.size() == 1) {
      Referenced only = referenced(calls.getFirst());
      return List.of(connectionSender.sender().send(only.message(), only.reference()));
    }
    List<SendResult> results =
        connectionSender.sender().sendMany(calls.stream().map(this::referenced).toList());
    if (results.size() != calls.size()) {
      throw new IllegalStateException(
          results.size() + " results for " + calls.size() + " messages of one call");
    }
    return results;
  }

  private Referenced referenced(SendBatch.Call call) {
    return new Referenced(call.prepared(), sending.references().of(call.attempt().message()));
  }

  /** Keeps what the answer says, and where a defect hinders that, what is true all the same. */
  private void handle(Try attempt, SendResult result) throws InterruptedException {
    SendOutcome sendOutcome = SendOutcome.UNKNOWN;
    try {
      Instant now = clock.instant();
      sendOutcome =
          SendOutcome.of(
              attempt,
              result,
              now,
              session.schedule(),
              connectionSender.capabilities().repeatable());
      act(attempt, result, sendOutcome, now);
    } catch (RuntimeException | Error defect) {
      FatalErrors.rethrow(defect);
      LOG.error("An answer in campaign {} could not be handled", chunk.campaign(), defect);
      session.pause(SendingSession.defect(defect));
    }
    keep(attempt, sendOutcome);
  }

  private void act(Try attempt, SendResult result, SendOutcome sendOutcome, Instant now) {
    session.meter().count();
    connectionSender.slowDownAfter(result);
    limits.answered(attempt.message(), result, now);
    connectionSender.noteAnswer(result, sending.settings().troubleLimit()).ifPresent(session::hold);
    if (sendOutcome.pauseReason() != null) {
      session.hold(sendOutcome.pauseReason());
    }
    Instant retryAt = sendOutcome.retryAt();
    if (retryAt != null) {
      session.waiting().put(attempt.message().seq(), retryAt);
      tryNotBefore(retryAt);
    }
  }

  private void keep(Try attempt, SendOutcome sendOutcome) throws InterruptedException {
    if (!sendOutcome.returned()) {
      open.decrementAndGet();
    }
    if (sendOutcome.entries().isEmpty()) {
      ended(attempt);
    } else {
      session.results().put(sendOutcome.entries(), new Kept(attempt));
    }
  }

  private void ended(Try attempt) {
    try {
      limits.settled(attempt.message());
    } finally {
      inFlight.ended();
    }
  }

  /** What follows once the result of a try is durable, or lost. */
  private final class Kept implements ResultWriter.Outcome {
    private final Try attempt;

    private Kept(Try attempt) {
      this.attempt = attempt;
    }

    @Override
    public void durable() {
      ended(attempt);
    }

    @Override
    public void lost() {
      try {
        session.pause(RESULT_LOST);
      } finally {
        ended(attempt);
      }
    }
  }

  private synchronized void tryNotBefore(Instant moment) {
    if (nextTry == null || moment.isBefore(nextTry)) {
      nextTry = moment;
    }
  }

  private synchronized @Nullable Instant earliestTry() {
    return nextTry;
  }
}
