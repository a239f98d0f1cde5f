package dev.carillon.engine.dispatch;

import dev.carillon.engine.port.Entry;
import dev.carillon.engine.port.Journal;
import dev.carillon.engine.port.WaitingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the results of calls: groups those of a few milliseconds, and tries again until each group
 * is durable, because a result that is forgotten makes a message uncertain for ever.
 */
final class ResultWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);
  private static final int QUEUE = 10_000;
  private static final Duration LINGER = Duration.ofMillis(2);

  private final Journal journal;
  private final WaitingClock clock;
  private final Duration pause;
  private final BlockingQueue<Result> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Thread thread;
  private volatile boolean troubled;

  ResultWriter(Journal journal, WaitingClock clock, Duration pause) {
    this.journal = journal;
    this.clock = clock;
    this.pause = pause;
    this.thread = Thread.ofVirtual().name("dispatch-results").start(this::run);
  }

  /**
   * Hands a result over; waits while too many are on their way.
   *
   * @param durable called once the entries survive a crash
   */
  void put(List<Entry> entries, Runnable durable) throws InterruptedException {
    queue.put(new Result(entries, durable));
  }

  /** Whether the last group could not be kept yet. */
  boolean troubled() {
    return troubled;
  }

  /** Ends without waiting for what is still queued. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    List<Result> group = new ArrayList<>();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        group.clear();
        group.add(queue.take());
        Thread.sleep(LINGER);
        queue.drainTo(group, QUEUE);
        keep(group);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(List<Result> group) throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    group.forEach(result -> entries.addAll(result.entries));
    while (true) {
      try {
        journal.append(entries);
        break;
      } catch (RuntimeException trouble) {
        if (!troubled) {
          LOG.warn("Results of sends cannot be kept now and are tried again", trouble);
        }
        troubled = true;
        clock.sleep(pause);
      }
    }
    troubled = false;
    group.forEach(result -> result.durable.run());
  }

  private record Result(List<Entry> entries, Runnable durable) {}
}
