package dev.carillon.engine.dispatch;

import dev.carillon.core.channel.MessageContent;
import dev.carillon.engine.dispatch.outcome.ResultWriter;
import dev.carillon.engine.dispatch.outcome.RetrySchedule;
import dev.carillon.engine.dispatch.sender.ConnectionSender;
import dev.carillon.engine.dispatch.sender.SenderPool;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.SendResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the planned messages of running campaigns, each at most once.
 *
 * <p>A message is called only after its intent is durable and while its chunk is held; what is not
 * known to have been refused or returned is never called again. Thread-safe.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final DispatchContext sending;
  private final SenderPool senders;
  private final FrequencyCapGuard guard = new FrequencyCapGuard();
  private final ResultWriter results;
  private final RetrySchedule schedule = new RetrySchedule(new Random());
  private final Map<Integer, Working> workers = new HashMap<>();
  private final String node = UUID.randomUUID().toString();
  private final AtomicLong claims = new AtomicLong();
  private volatile boolean closing;

  public Dispatcher(DispatchContext sending) {
    this.sending = sending;
    this.senders =
        new SenderPool(
            sending.connections(), sending.clock(), sending.settings().concurrentCalls());
    this.results =
        new ResultWriter(
            sending.journal(), sending.clock(), sending.settings().storePause(), sending.health());
  }

  /** How it works. */
  public DispatchSettings settings() {
    return sending.settings();
  }

  /** Sees to a campaign: sends it when it runs, sweeps it when it was stopped. Returns at once. */
  public synchronized void wake(int campaign) {
    if (closing) {
      return;
    }
    @Nullable Working known = workers.get(campaign);
    if (known != null) {
      known.again = true;
      known.worker.signal();
      return;
    }
    CampaignWorker worker =
        new CampaignWorker(
            campaign,
            sending,
            senders,
            guard,
            results,
            schedule,
            () -> node + ":" + claims.incrementAndGet(),
            () -> closing);
    Working working = new Working(worker);
    working.thread =
        Thread.ofVirtual().name("campaign-" + campaign).unstarted(() -> work(campaign, working));
    workers.put(campaign, working);
    working.thread.start();
  }

  /**
   * Ends what is under way for a campaign whose status has just changed, and acts on the new one:
   * calls that were begun are finished and recorded, no others begin.
   */
  public void halt(int campaign) {
    @Nullable Working known;
    synchronized (this) {
      known = workers.get(campaign);
    }
    if (known != null) {
      known.worker.halt();
    }
    wake(campaign);
  }

  /** Forgets the trouble that a connection had, because somebody acted. */
  public void calm(int connection) {
    senders.calm(connection);
  }

  /**
   * Makes one call that belongs to no campaign's messages, as soon as the connection's rate lets it
   * through, and waits for the answer. Nothing is kept of it and it is never repeated.
   *
   * @return empty when there is no such connection
   * @throws PersonalisationException when the content cannot be filled for this person
   */
  public Optional<SendResult> callOnce(
      int connection, MessageContent what, String address, String properties, String reference)
      throws PersonalisationException, InterruptedException {
    Optional<ConnectionSender> connectionSender = senders.enter(connection);
    if (connectionSender.isEmpty()) {
      return Optional.empty();
    }
    try {
      SingleCall call = new SingleCall(connectionSender.get(), sending.clock());
      return Optional.of(call.make(what, address, properties, reference));
    } finally {
      connectionSender.get().leave();
    }
  }

  /** How far a campaign's sending has come; empty when it is not being sent here. */
  public Optional<SendProgress> progress(int campaign) {
    @Nullable Working known;
    synchronized (this) {
      known = workers.get(campaign);
    }
    return Optional.ofNullable(known).map(working -> working.worker.progress());
  }

  /**
   * How many answers of providers could never be kept since the start, because of a defect; their
   * messages stay uncertain.
   */
  public long lostResults() {
    return results.lost();
  }

  /** Whether nothing is being worked on. */
  public synchronized boolean idle() {
    return workers.isEmpty();
  }

  private void work(int campaign, Working working) {
    try {
      do {
        working.worker.run();
      } while (goesOn(campaign, working));
    } catch (InterruptedException abandoned) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        workers.remove(campaign, working);
        notifyAll();
      }
    }
  }

  private synchronized boolean goesOn(int campaign, Working working) {
    if (working.again && !closing) {
      working.again = false;
      return true;
    }
    workers.remove(campaign, working);
    return false;
  }

  /** Waits until calls under way have ended and their results are kept; half a minute at most. */
  @Override
  public void close() {
    boolean waited;
    synchronized (this) {
      closing = true;
      workers.values().forEach(working -> working.worker.halt());
      waited = awaitIdle();
    }
    if (!waited) {
      LOG.warn("Calls did not end in time; their messages may stay uncertain");
    }
    abandon();
  }

  private synchronized boolean awaitIdle() {
    long end = System.nanoTime() + 30_000_000_000L;
    try {
      while (!workers.isEmpty()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        wait(left / 1_000_000 + 1);
      }
      return true;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends at once, as a crash would: nothing more is kept, calls under way are forgotten. */
  public void abandon() {
    synchronized (this) {
      closing = true;
      for (Working working : workers.values()) {
        working.thread.interrupt();
        working.worker.abandon();
      }
    }
    results.close();
    senders.close();
  }

  private static final class Working {
    private final CampaignWorker worker;
    private Thread thread = Thread.currentThread();
    private boolean again;

    private Working(CampaignWorker worker) {
      this.worker = worker;
    }
  }
}
