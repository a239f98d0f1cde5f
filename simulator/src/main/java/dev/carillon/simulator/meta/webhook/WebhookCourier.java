package dev.carillon.simulator.meta.webhook;

import dev.carillon.simulator.time.SeededDraws;
import dev.carillon.simulator.time.SimulatedTime;
import dev.carillon.simulator.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Brings callbacks to their subscribers: gathers them into batches, misbehaves as far as the chaos
 * settings say, and repeats what was not answered with 200. Thread-safe.
 */
public final class WebhookCourier implements AutoCloseable {

  /** Callbacks that wait for one subscriber's next post. */
  private static final class Outbox {
    private List<Callback> waiting = new ArrayList<>();
    private long posts;
  }

  private final SimulatedTime time;
  private final long seed;
  private final WebhookPoster poster;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final Map<Subscription, Outbox> outboxes = new ConcurrentHashMap<>();
  private final WebhookCounts counts = new WebhookCounts();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CallsUnderWay underWay = new CallsUnderWay();
  private final AtomicLong generation = new AtomicLong();
  private volatile Semaphore slots;
  private volatile WebhookDelivery delivery;
  private volatile WebhookChaos chaos;

  public WebhookCourier(
      SimulatedTime time,
      long seed,
      WebhookPoster poster,
      WebhookDelivery delivery,
      WebhookChaos chaos) {
    this.time = time;
    this.seed = seed;
    this.poster = poster;
    this.delivery = delivery;
    this.chaos = chaos;
    this.slots = new Semaphore(delivery.parallel());
    time.onSettle(underWay::awaitIdle);
  }

  public WebhookDelivery delivery() {
    return delivery;
  }

  public WebhookChaos chaos() {
    return chaos;
  }

  public WebhookCounts counts() {
    return counts;
  }

  List<Subscription> subscriptions() {
    return List.copyOf(subscriptions);
  }

  public void deliver(WebhookDelivery changed) {
    slots = new Semaphore(changed.parallel());
    delivery = changed;
  }

  public void misbehave(WebhookChaos changed) {
    chaos = changed;
  }

  /** Adds a subscriber, in place of one of the same account and URL. */
  void subscribe(Subscription subscription) {
    subscriptions.removeIf(
        old ->
            old.businessAccountId().equals(subscription.businessAccountId())
                && old.callbackUrl().equals(subscription.callbackUrl()));
    subscriptions.add(subscription);
  }

  void unsubscribe(String businessAccountId) {
    subscriptions.removeIf(old -> old.businessAccountId().equals(businessAccountId));
  }

  /** Forgets what waits to be posted; posts under way are not repeated. */
  public void reset() {
    generation.incrementAndGet();
    outboxes.clear();
    counts.clear();
  }

  /** Notifies all subscribers, in time. */
  public void notifySubscribers(Callback callback) {
    List<Subscription> subscribers = subscribersOf(callback);
    for (Subscription subscription : subscribers) {
      counts.queued();
      WebhookChaos now = chaos;
      RandomGenerator draws =
          SeededDraws.of(
              seed, "chaos", callback.key(), Integer.toString(subscribers.indexOf(subscription)));
      if (draws.nextDouble() < now.drop()) {
        counts.dropped();
        continue;
      }
      Duration hold = Duration.ZERO;
      if (draws.nextDouble() < now.shuffle()) {
        hold = hold.plus(share(now.shuffleWithin(), draws));
      }
      if (draws.nextDouble() < now.delay()) {
        counts.delayed();
        hold = hold.plus(share(now.delayWithin(), draws));
      }
      join(subscription, callback, hold);
      if (draws.nextDouble() < now.duplicate()) {
        counts.duplicated();
        join(subscription, callback, hold.plus(share(now.duplicateWithin(), draws)));
      }
    }
  }

  /** Notifies all subscribers now, on this thread, each in a separate post. */
  public void notifyAtOnce(Callback callback) {
    for (Subscription subscription : subscribersOf(callback)) {
      counts.queued();
      attempt(post(subscription, List.of(callback), callback.key()));
    }
  }

  public boolean drawsBeforeAnswer(String wamid) {
    double probability = chaos.beforeAnswer();
    return probability > 0
        && SeededDraws.of(seed, "before-answer", wamid).nextDouble() < probability;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    poster.close();
  }

  private List<Subscription> subscribersOf(Callback callback) {
    String account = callback.account().businessAccountId();
    return subscriptions.stream()
        .filter(subscription -> subscription.businessAccountId().equals(account))
        .toList();
  }

  private void join(Subscription subscription, Callback callback, Duration hold) {
    if (hold.isPositive()) {
      time.schedule(
          time.instant().plus(hold),
          SeededDraws.hash(seed, callback.key()),
          () -> join(subscription, callback, Duration.ZERO));
      return;
    }
    Outbox outbox = outboxes.computeIfAbsent(subscription, any -> new Outbox());
    boolean first;
    boolean full;
    synchronized (outbox) {
      outbox.waiting.add(callback);
      first = outbox.waiting.size() == 1;
      full = outbox.waiting.size() >= delivery.maxBatch();
    }
    if (full) {
      empty(subscription, outbox);
    } else if (first) {
      time.schedule(time.instant().plus(delivery.linger()), 0, () -> empty(subscription, outbox));
    }
  }

  private void empty(Subscription subscription, Outbox outbox) {
    List<Callback> batch;
    String name;
    synchronized (outbox) {
      batch = outbox.waiting;
      outbox.waiting = new ArrayList<>();
      name = "batch " + outbox.posts++;
    }
    if (batch.isEmpty()) {
      return;
    }
    if (chaos.shuffle() > 0) {
      Collections.shuffle(batch, new Random(SeededDraws.hash(seed, "order", name)));
    }
    dispatch(post(subscription, batch, name));
  }

  private Post post(Subscription subscription, List<Callback> batch, String name) {
    RandomGenerator draws = SeededDraws.of(seed, "envelope", name);
    byte[] body = Json.writeEscaped(Envelope.of(batch, draws));
    return new Post(subscription, body, batch.size(), time.instant(), generation.get());
  }

  private void dispatch(Post post) {
    if (delivery.parallel() == 1 && time.isStopped()) {
      attempt(post);
      return;
    }
    Semaphore slot = slots;
    underWay.begin();
    threads.execute(
        () -> {
          try {
            slot.acquireUninterruptibly();
            try {
              attempt(post);
            } finally {
              slot.release();
            }
          } finally {
            underWay.end();
          }
        });
  }

  private void attempt(Post post) {
    if (post.generation() != generation.get()) {
      return;
    }
    counts.posted(post.items());
    if (poster.post(post.subscription(), post.body())) {
      counts.taken(post.items());
      return;
    }
    Instant retry = time.instant().plus(post.nextPause(delivery.firstRetry()));
    if (retry.isAfter(post.firstTried().plus(delivery.retryFor()))) {
      counts.givenUp(post.items());
    } else {
      counts.retried();
      time.schedule(retry, 0, () -> dispatch(post));
    }
  }

  private static Duration share(Duration most, RandomGenerator draws) {
    return Duration.ofMillis((long) (most.toMillis() * draws.nextDouble()));
  }
}
