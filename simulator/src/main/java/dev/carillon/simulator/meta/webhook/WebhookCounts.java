package dev.carillon.simulator.meta.webhook;

import dev.carillon.simulator.wire.Json;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.node.ObjectNode;

/** What became of the callbacks. Thread-safe. */
public final class WebhookCounts {

  private final LongAdder queued = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder duplicated = new LongAdder();
  private final LongAdder delayed = new LongAdder();
  private final LongAdder posts = new LongAdder();
  private final LongAdder posted = new LongAdder();
  private final LongAdder taken = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder givenUp = new LongAdder();

  void queued() {
    queued.increment();
  }

  void dropped() {
    dropped.increment();
  }

  void duplicated() {
    duplicated.increment();
  }

  void delayed() {
    delayed.increment();
  }

  void posted(int items) {
    posts.increment();
    posted.add(items);
  }

  void taken(int items) {
    taken.add(items);
  }

  void retried() {
    retries.increment();
  }

  void givenUp(int items) {
    givenUp.add(items);
  }

  long retries() {
    return retries.sum();
  }

  void clear() {
    for (LongAdder adder :
        new LongAdder[] {
          queued, dropped, duplicated, delayed, posts, posted, taken, retries, givenUp
        }) {
      adder.reset();
    }
  }

  /** As the control endpoint shows them. Items are single statuses and messages. */
  public ObjectNode json() {
    return Json.object()
        .put("items", queued.sum())
        .put("dropped", dropped.sum())
        .put("duplicated", duplicated.sum())
        .put("delayed", delayed.sum())
        .put("posts", posts.sum())
        .put("itemsPosted", posted.sum())
        .put("itemsTaken", taken.sum())
        .put("retries", retries.sum())
        .put("itemsGivenUp", givenUp.sum());
  }
}
