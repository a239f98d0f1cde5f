package dev.carillon.engine.dispatch.outcome;

import dev.carillon.engine.health.BackgroundLoop;
import dev.carillon.engine.health.FatalErrors;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.intake.OverloadedException;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the results of calls: groups those of a few milliseconds, and tries again while the store
 * has trouble, because a result that is forgotten makes a message uncertain for ever. A result that
 * can never be kept is found by halves and given up, so that it holds up no other.
 */
public final class ResultWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);
  private static final String NAME = "dispatch-results";
  private static final int QUEUE = 10_000;
  private static final Duration LINGER = Duration.ofMillis(2);

  private final EntryJournal journal;
  private final WaitingClock clock;
  private final Duration pause;
  private final ProcessHealth health;
  private final BlockingQueue<Result> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong lost = new AtomicLong();
  private final BackgroundLoop loop;
  private volatile boolean troubled;

  public ResultWriter(
      EntryJournal journal, WaitingClock clock, Duration pause, ProcessHealth health) {
    this.journal = journal;
    this.clock = clock;
    this.pause = pause;
    this.health = health;
    this.loop = BackgroundLoop.start(NAME, health, clock, pause, this::keepNext);
  }

  /** What is done once it is known whether a result is kept; exactly one of both, once. */
  public interface Outcome {

    /** The entries survive a crash. */
    void durable();

    /** The entries can never be kept: what they say is lost. */
    void lost();
  }

  private record Result(List<Entry> entries, Outcome outcome) {}

  /** Hands a result over; waits while too many are on their way. */
  public void put(List<Entry> entries, Outcome outcome) throws InterruptedException {
    queue.put(new Result(entries, outcome));
  }

  /** Whether the last group could not be kept yet. */
  public boolean troubled() {
    return troubled;
  }

  /** How many results were lost since the start, because they could never be kept. */
  public long lost() {
    return lost.get();
  }

  /** Ends without waiting for what is still queued. */
  @Override
  public void close() {
    loop.close();
  }

  private void keepNext() throws InterruptedException {
    List<Result> group = new ArrayList<>();
    group.add(queue.take());
    Thread.sleep(LINGER);
    queue.drainTo(group, QUEUE);
    keep(group);
  }

  private void keep(List<Result> group) throws InterruptedException {
    try {
      append(group);
    } catch (RuntimeException | Error refused) {
      FatalErrors.rethrow(refused);
      if (group.size() == 1) {
        giveUp(group.getFirst(), refused);
      } else {
        int half = group.size() / 2;
        keep(group.subList(0, half));
        keep(group.subList(half, group.size()));
      }
      return;
    }
    group.forEach(result -> conclude(result.outcome::durable));
  }

  /** Makes the group durable, however long the store's trouble lasts. */
  private void append(List<Result> group) throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    group.forEach(result -> entries.addAll(result.entries));
    while (true) {
      try {
        journal.append(entries);
        recovered();
        return;
      } catch (StoreUnavailableException | OverloadedException trouble) {
        waits(trouble);
        clock.sleep(pause);
      }
    }
  }

  private void waits(RuntimeException trouble) {
    if (!troubled) {
      LOG.warn("Results of sends cannot be kept now and are tried again", trouble);
      health.troubled(
          NAME, "Results of sends cannot be kept now and are tried again; nothing is sent.");
    }
    troubled = true;
  }

  private void recovered() {
    if (troubled) {
      troubled = false;
      health.recovered(NAME);
    }
  }

  private void giveUp(Result result, Throwable reason) {
    lost.incrementAndGet();
    LOG.error(
        "A result of a send can never be kept and is lost; its message stays uncertain: {}",
        messages(result),
        reason);
    conclude(result.outcome::lost);
  }

  private static List<String> messages(Result result) {
    return result.entries.stream()
        .filter(Entry.OfFact.class::isInstance)
        .map(entry -> ((Entry.OfFact) entry).fact())
        .map(fact -> fact.campaign() + "/" + fact.seq() + " " + fact.kind())
        .toList();
  }

  /** One that fails when it hears of its result keeps no other from hearing. */
  private static void conclude(Runnable outcome) {
    try {
      outcome.run();
    } catch (RuntimeException | Error defect) {
      FatalErrors.rethrow(defect);
      LOG.error("What follows from a result of a send failed", defect);
    }
  }
}
