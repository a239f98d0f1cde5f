package dev.carillon.simulator.meta;

import dev.carillon.simulator.meta.account.AcceptedMessage;
import dev.carillon.simulator.meta.account.GraphError;
import dev.carillon.simulator.meta.account.Wamids;
import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.meta.webhook.Callback;
import dev.carillon.simulator.meta.webhook.CallbackBodies;
import dev.carillon.simulator.meta.webhook.WebhookCourier;
import dev.carillon.simulator.people.Encounter;
import dev.carillon.simulator.people.People;
import dev.carillon.simulator.people.Purchase;
import dev.carillon.simulator.people.PurchaseSink;
import dev.carillon.simulator.people.Reaction;
import dev.carillon.simulator.people.SimulatedPerson;
import dev.carillon.simulator.time.SeededDraws;
import dev.carillon.simulator.time.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What becomes of a message once it is accepted: plans its statuses, the person's answers and
 * purchases, each at its simulated moment. Thread-safe.
 */
final class MessageOutcomes {

  private static final Duration TOGETHER = Duration.ofSeconds(1);
  private static final int SENT_WITHIN_MILLIS = 1500;

  private final SimulatedTime time;
  private final long seed;
  private final WebhookCourier courier;
  private final Limiter limiter;
  private final PurchaseSink purchases;
  private final Set<String> stoppedMarketing = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> incoming = new ConcurrentHashMap<>();
  private volatile People people;

  MessageOutcomes(
      SimulatedTime time,
      long seed,
      People people,
      WebhookCourier courier,
      Limiter limiter,
      PurchaseSink purchases) {
    this.time = time;
    this.seed = seed;
    this.people = people;
    this.courier = courier;
    this.limiter = limiter;
    this.purchases = purchases;
  }

  People people() {
    return people;
  }

  /** Puts other people behind the numbers, for messages from now on. */
  void populate(People others) {
    people = others;
  }

  void reset() {
    stoppedMarketing.clear();
    incoming.clear();
  }

  /** Plans the life of a message; {@code sentPosted} when its {@code sent} is posted already. */
  void begin(AcceptedMessage message, boolean sentPosted) {
    SimulatedPerson person = people.person(message.waId());
    Reaction reaction =
        people.react(
            person,
            new Encounter(
                message.topic(), message.number(), message.marketing(), message.quickReplies()));
    Instant sent = time.instant().plus(sentDelay(message));
    Optional<GraphError> failure = failure(message, person, reaction);
    if (failure.isPresent()) {
      // Meta mostly fails these without a sent before, but not always
      boolean afterSent = SeededDraws.hash(seed, "fails", message.wamid()) % 2 == 0;
      planFailure(message, failure.get(), sent, afterSent && !sentPosted);
      return;
    }
    if (!sentPosted) {
      plan(message, "sent", sent, true);
    }
    reaction.delivered().ifPresent(delivered -> planReceipts(message, reaction, sent, delivered));
    for (Reaction.Answer answer : reaction.answers()) {
      planAnswer(message, person, answer, sent.plus(answer.after()));
    }
    for (Reaction.PromptedPurchase purchase : reaction.purchases()) {
      planPurchase(message, purchase, sent.plus(purchase.after()));
    }
  }

  /** Plans that a message fails by callback. */
  void fail(AcceptedMessage message, GraphError error, Duration after, boolean afterSent) {
    Instant sent = time.instant().plus(sentDelay(message));
    planFailure(message, error, sent.plus(after), afterSent);
  }

  /** Posts a message's {@code sent} now, separately. */
  void postSentAtOnce(AcceptedMessage message) {
    courier.notifyAtOnce(CallbackBodies.status(message, "sent", time.instant(), true, null));
  }

  /** Has a person write to a business now. */
  String write(WhatsAppAccount account, String waId, String text, Optional<String> context) {
    String wamid = incomingId(account, waId);
    courier.notifySubscribers(
        CallbackBodies.text(
            account, sender(waId), wamid, time.instant(), text, context.orElse(null)));
    limiter.personWrote(account.phoneNumberId(), waId, time.instant());
    return wamid;
  }

  private Optional<GraphError> failure(
      AcceptedMessage message, SimulatedPerson person, Reaction reaction) {
    if (!person.onWhatsApp()) {
      return Optional.of(GraphError.of(131026));
    }
    if (message.marketing() && stoppedMarketing.contains(pair(message))) {
      return Optional.of(GraphError.of(131050));
    }
    return reaction.capped() ? Optional.of(GraphError.of(131049)) : Optional.empty();
  }

  private void planFailure(
      AcceptedMessage message, GraphError error, Instant at, boolean afterSent) {
    Instant failed = at;
    if (afterSent) {
      plan(message, "sent", at, true);
      failed = at.plusMillis(400);
    }
    schedule(
        failed,
        message.wamid() + " failed",
        () ->
            courier.notifySubscribers(
                CallbackBodies.status(message, "failed", time.instant(), false, error)));
  }

  private void planReceipts(
      AcceptedMessage message, Reaction reaction, Instant sent, Duration delivered) {
    Optional<Duration> read = reaction.readReported() ? reaction.read() : Optional.empty();
    boolean together = read.filter(at -> at.minus(delivered).compareTo(TOGETHER) < 0).isPresent();
    if (!together) {
      plan(message, "delivered", sent.plus(delivered), true);
    }
    read.ifPresent(at -> plan(message, "read", sent.plus(at), together));
  }

  private void plan(AcceptedMessage message, String status, Instant at, boolean priced) {
    schedule(
        at,
        message.wamid() + " " + status,
        () ->
            courier.notifySubscribers(
                CallbackBodies.status(message, status, time.instant(), priced, null)));
  }

  private void planAnswer(
      AcceptedMessage message, SimulatedPerson person, Reaction.Answer answer, Instant at) {
    schedule(
        at,
        message.wamid() + " answer",
        () -> {
          courier.notifySubscribers(answerCallback(message, person, answer));
          if (answer.stop() == Reaction.Stop.BY_PREFERENCE) {
            stoppedMarketing.add(pair(message));
          } else {
            limiter.personWrote(message.account().phoneNumberId(), message.waId(), time.instant());
          }
        });
  }

  private Callback answerCallback(
      AcceptedMessage message, SimulatedPerson person, Reaction.Answer answer) {
    WhatsAppAccount account = message.account();
    CallbackBodies.Sender sender = new CallbackBodies.Sender(person.phone(), person.profileName());
    if (answer.stop() == Reaction.Stop.BY_PREFERENCE) {
      return CallbackBodies.stopPreference(account, sender, time.instant());
    }
    String wamid = incomingId(account, message.waId());
    if (answer.button() >= 0) {
      return CallbackBodies.button(
          account,
          sender,
          wamid,
          time.instant(),
          answer.text(),
          message.payloads().get(answer.button()),
          message.wamid());
    }
    return CallbackBodies.text(
        account,
        sender,
        wamid,
        time.instant(),
        answer.text(),
        answer.inContext() ? message.wamid() : null);
  }

  private void planPurchase(
      AcceptedMessage message, Reaction.PromptedPurchase purchase, Instant at) {
    schedule(
        at,
        message.wamid() + " purchase",
        () ->
            purchases.bought(
                new Purchase(
                    message.digits(), time.instant(), purchase.amount(), purchase.items(), true)));
  }

  private void schedule(Instant at, String key, Runnable action) {
    time.schedule(at, SeededDraws.hash(seed, key), action);
  }

  private Duration sentDelay(AcceptedMessage message) {
    double millis = SENT_WITHIN_MILLIS * SeededDraws.of(seed, "sent", message.wamid()).nextDouble();
    return Duration.ofMillis((long) (millis / Math.max(1, people.settings().pace())));
  }

  private CallbackBodies.Sender sender(String waId) {
    return new CallbackBodies.Sender(waId, people.person(waId).profileName());
  }

  private String incomingId(WhatsAppAccount account, String waId) {
    int number = incoming.merge(account.phoneNumberId() + "/" + waId, 1, Integer::sum);
    return Wamids.of(seed, account.phoneNumberId(), waId, "in", number, time.instant());
  }

  private static String pair(AcceptedMessage message) {
    return message.account().phoneNumberId() + "/" + message.waId();
  }
}
