package dev.carillon.simulator.meta.webhook;

import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.time.SeededDraws;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Takes in subscribers, each after the handshake that proves its callback URL. */
public final class Subscriptions {

  private final long seed;
  private final WebhookPoster poster;
  private final WebhookCourier courier;
  private final AtomicLong challenges = new AtomicLong();

  public Subscriptions(long seed, WebhookPoster poster, WebhookCourier courier) {
    this.seed = seed;
    this.poster = poster;
    this.courier = courier;
  }

  /** Subscribes when the handshake succeeds; what was wrong with it otherwise. */
  public Optional<String> subscribe(Subscription subscription) {
    long draw = SeededDraws.hash(seed, "challenge", Long.toString(challenges.getAndIncrement()));
    String challenge = Long.toString(1_000_000_000L + Math.floorMod(draw, 1_000_000_000L));
    Optional<String> problem =
        poster.handshake(subscription.callbackUrl(), subscription.verifyToken(), challenge);
    if (problem.isEmpty()) {
      courier.subscribe(subscription);
    }
    return problem;
  }

  public List<Subscription> of(WhatsAppAccount account) {
    return courier.subscriptions().stream()
        .filter(one -> one.businessAccountId().equals(account.businessAccountId()))
        .toList();
  }

  public void unsubscribe(WhatsAppAccount account) {
    courier.unsubscribe(account.businessAccountId());
  }
}
