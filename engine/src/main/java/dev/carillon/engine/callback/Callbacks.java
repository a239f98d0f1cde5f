package dev.carillon.engine.callback;

import dev.carillon.core.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.channel.CallbackAnswer;
import dev.carillon.engine.channel.CallbackAnswer.Challenge;
import dev.carillon.engine.channel.CallbackAnswer.Item;
import dev.carillon.engine.channel.CallbackAnswer.Received;
import dev.carillon.engine.channel.CallbackAnswer.Rejected;
import dev.carillon.engine.channel.CallbackRequest;
import dev.carillon.engine.channel.Connections.Connected;
import dev.carillon.engine.port.CampaignStore;
import dev.carillon.engine.port.Entry;
import dev.carillon.engine.port.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what providers call back: the raw bytes and what was understood of them are durable
 * before the provider hears 200. Thread-safe.
 */
public final class Callbacks {
  private static final CallbackReply LATER = new CallbackReply(503, "");

  private final Journal journal;
  private final References references;
  private final KnownMessages known;
  private final CallbackHealth health;
  private final CallbackIds ids;

  /**
   * @param journal the way in; what it throws when it is full reaches the caller, who answers that
   *     the provider should try again
   */
  public Callbacks(
      Journal journal,
      References references,
      CampaignStore campaigns,
      CallbackHealth health,
      InstantSource clock) {
    this.journal = journal;
    this.references = references;
    this.known = new KnownMessages(campaigns);
    this.health = health;
    this.ids = new CallbackIds(clock);
  }

  /**
   * Refuses a request that is wrong for certain, or cannot be judged now, before its body is read.
   *
   * @param head the request without its body
   * @return empty when the body must be read and {@link #receive} decides
   */
  public Optional<CallbackReply> refuseUnread(Connected connected, CallbackRequest head) {
    if (connected.sealed()) {
      return Optional.of(LATER);
    }
    return connected
        .provider()
        .rejectUnread(connected.connection(), head)
        .map(rejected -> reject(connected, rejected));
  }

  private CallbackReply reject(Connected connected, Rejected rejected) {
    health.rejected(connected.connection().id(), rejected.reason());
    return new CallbackReply(rejected.status(), "");
  }

  /**
   * Takes in one request to a connection's address. Where the connection's secrets cannot be
   * opened, nothing can be proven, and the provider is to try again.
   *
   * @throws RuntimeException when it cannot be kept now; nothing was kept
   */
  public CallbackReply receive(Connected connected, CallbackRequest request) {
    int connection = connected.connection().id();
    if (connected.sealed()) {
      return LATER;
    }
    CallbackAnswer answer = connected.provider().receive(connected.connection(), request);
    return switch (answer) {
      case Challenge challenge -> new CallbackReply(200, challenge.text());
      case Rejected rejected -> reject(connected, rejected);
      case Received received -> {
        Reading reading = new Reading(connected, request, ids.next());
        received.items().forEach(reading::read);
        journal.append(reading.entries);
        health.received(connection, request.receivedAt(), received, reading.unmatched);
        yield new CallbackReply(200, "");
      }
    };
  }

  /** One callback being turned into entries. */
  private final class Reading {
    private final int connection;
    private final Channel channel;
    private final Instant receivedAt;
    private final long inbox;
    private final List<Entry> entries = new ArrayList<>();
    private int unmatched;

    private Reading(Connected connected, CallbackRequest request, long inbox) {
      this.connection = connected.connection().id();
      this.channel = connected.provider().channel();
      this.receivedAt = request.receivedAt();
      this.inbox = inbox;
      entries.add(new Entry.RawCallback(inbox, connection, receivedAt, request.body()));
    }

    private void read(Item item) {
      switch (item) {
        case Item.Status status -> status(status);
        case Item.Incoming incoming -> incoming(incoming);
        case Item.Wish wish ->
            entries.add(
                new Entry.Consent(channel, wish.address(), wish.subscribed(), notLater(wish.at())));
        case Item.Notice _ -> {
          // Kept raw, and shown on the connection's page.
        }
      }
    }

    private void status(Item.Status status) {
      if (status.reference() != null && references.isTest(status.reference())) {
        return; // Kept raw: a message sent as a test is in nobody's numbers.
      }
      Optional<MessageRef> message =
          Optional.ofNullable(status.reference()).flatMap(references::read).filter(known::knows);
      Instant at = notLater(status.at());
      @Nullable String code = status.kind() == FactKind.RECEIPT_FAILED ? status.code() : null;
      if (message.isPresent()) {
        MessageRef ref = message.get();
        entries.add(
            new Entry.OfFact(
                new Fact(
                    ref.campaign(),
                    ref.seq(),
                    status.kind(),
                    code,
                    null,
                    at,
                    receivedAt,
                    status.text(),
                    inbox)));
        return;
      }
      unmatched++;
      if (status.providerMessageId() != null) {
        entries.add(
            new Entry.UnmatchedStatus(
                connection,
                status.providerMessageId(),
                status.kind(),
                code,
                at,
                receivedAt,
                status.text(),
                inbox));
      }
    }

    private void incoming(Item.Incoming incoming) {
      Instant at = notLater(incoming.at());
      entries.add(
          new Entry.IncomingMessage(
              connection,
              channel,
              incoming.messageId(),
              incoming.from(),
              at,
              receivedAt,
              incoming.contextId(),
              incoming.type(),
              incoming.text(),
              inbox));
      Keywords.wish(incoming.text())
          .ifPresent(
              subscribed ->
                  entries.add(new Entry.Consent(channel, incoming.from(), subscribed, at)));
    }

    /** A clock ahead of ours would put a fact into a day that has not come. */
    private Instant notLater(Instant at) {
      return at.isAfter(receivedAt) ? receivedAt : at;
    }
  }
}
