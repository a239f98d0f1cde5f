package dev.carillon.storage.embedded.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What planning and applying, which work beside each other, must know of each other. Thread-safe.
 */
final class PlanBoard {
  /** A run whose users may have become others while it was planned. */
  record Overtaken(int campaign, int run) {}

  private final AtomicInteger plans = new AtomicInteger();
  private final AtomicLong links = new AtomicLong();
  private final ConcurrentLinkedQueue<Overtaken> overtaken = new ConcurrentLinkedQueue<>();

  /** Counts the beginnings and ends of transactions that joined users. */
  long links() {
    return links.get();
  }

  /** Says that users are about to be joined, and again that they are. */
  void linking() {
    links.incrementAndGet();
  }

  /** Counts the planned runs. */
  int plans() {
    return plans.get();
  }

  /**
   * Says that a run is planned and committed.
   *
   * @param linksBefore {@link #links()} before the plan's transaction began
   */
  void planned(int campaign, int run, long linksBefore) {
    if (links.get() != linksBefore) {
      overtaken.add(new Overtaken(campaign, run));
    }
    plans.incrementAndGet();
  }

  /** The runs whose messages must be looked through before anything more is applied. */
  List<Overtaken> overtaken() {
    return new ArrayList<>(overtaken);
  }

  void settled(List<Overtaken> done) {
    overtaken.removeAll(done);
  }
}
