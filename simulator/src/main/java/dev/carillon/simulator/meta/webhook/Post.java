package dev.carillon.simulator.meta.webhook;

import java.time.Duration;
import java.time.Instant;

/** A body on its way to a subscriber, the same bytes at every attempt. Thread-safe. */
final class Post {

  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
  private static final int MOST_DOUBLINGS = 20;

  private final Subscription subscription;
  private final byte[] body;
  private final int items;
  private final Instant firstTried;
  private final long generation;
  private int attempts;

  /**
   * @param items how many callbacks it carries
   * @param generation of the courier that made it; posts of an older one are not repeated
   */
  Post(Subscription subscription, byte[] body, int items, Instant firstTried, long generation) {
    this.subscription = subscription;
    this.body = body;
    this.items = items;
    this.firstTried = firstTried;
    this.generation = generation;
  }

  Subscription subscription() {
    return subscription;
  }

  byte[] body() {
    return body;
  }

  int items() {
    return items;
  }

  Instant firstTried() {
    return firstTried;
  }

  long generation() {
    return generation;
  }

  /** The pause before the next attempt: {@code first}, then twice as long each time. */
  synchronized Duration nextPause(Duration first) {
    Duration pause = first.multipliedBy(1L << Math.min(attempts++, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
