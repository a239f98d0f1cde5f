package dev.carillon.engine.callback;

import dev.carillon.core.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.channel.CallbackAnswer;
import dev.carillon.engine.channel.CallbackAnswer.Challenge;
import dev.carillon.engine.channel.CallbackAnswer.Elsewhere;
import dev.carillon.engine.channel.CallbackAnswer.Item;
import dev.carillon.engine.channel.CallbackAnswer.Received;
import dev.carillon.engine.channel.CallbackAnswer.Rejected;
import dev.carillon.engine.channel.CallbackRequest;
import dev.carillon.engine.channel.Connections.Connected;
import dev.carillon.engine.consent.OptOutWords;
import dev.carillon.engine.port.CampaignStore;
import dev.carillon.engine.port.Entry;
import dev.carillon.engine.port.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what providers call back: the raw bytes and what was understood of them are durable
 * before the provider hears 200. Thread-safe.
 */
public final class Callbacks {
  private static final CallbackReply LATER = new CallbackReply(503, "");

  private final Journal journal;
  private final Supplier<List<Connected>> connections;
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
      Supplier<List<Connected>> connections,
      References references,
      CampaignStore campaigns,
      CallbackHealth health,
      InstantSource clock) {
    this.journal = journal;
    this.connections = connections;
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
    if (connected.sealed()) {
      return LATER;
    }
    CallbackAnswer answer = connected.provider().receive(connected.connection(), request);
    return switch (answer) {
      case Challenge challenge -> new CallbackReply(200, challenge.text());
      case Rejected rejected -> reject(connected, rejected);
      case Received received -> take(connected, request, received);
    };
  }

  /**
   * Keeps what was understood. What is about other numbers goes to the connections that have them;
   * where none has, only statuses of our own messages are kept.
   */
  private CallbackReply take(Connected connected, CallbackRequest request, Received received) {
    Map<Integer, Part> parts = new LinkedHashMap<>();
    parts.put(connected.connection().id(), new Part(connected, received));
    List<Elsewhere> strangers = new ArrayList<>();
    for (Elsewhere elsewhere : received.elsewhere()) {
      Optional<Connected> owner = owner(connected, elsewhere.number());
      if (owner.isPresent() && owner.get().sealed()) {
        return LATER;
      }
      Optional<Part> part = owner.flatMap(one -> authentic(one, request));
      part.ifPresentOrElse(
          one -> parts.putIfAbsent(one.connected().connection().id(), one),
          () -> strangers.add(elsewhere));
    }
    Entry.RawCallback raw =
        new Entry.RawCallback(
            ids.next(), connected.connection().id(), request.receivedAt(), request.body());
    Set<Entry> entries = new LinkedHashSet<>();
    entries.add(raw);
    Map<Part, Integer> unmatched = new LinkedHashMap<>();
    for (Part part : parts.values()) {
      Reading reading = new Reading(part.connected(), raw, entries);
      part.received().items().forEach(reading::read);
      unmatched.put(part, reading.unmatched);
    }
    Reading ours = new Reading(connected, raw, entries);
    long others = strangers.stream().filter(stranger -> !ours.readOurs(stranger.items())).count();
    boolean nothing = parts.values().stream().allMatch(Part::isEmpty) && entries.size() == 1;
    if (others == 0 || !nothing) {
      journal.append(List.copyOf(entries));
    }
    unmatched.forEach(
        (part, count) ->
            health.received(
                part.connected().connection().id(), request.receivedAt(), part.received(), count));
    health.otherNumber(connected.connection().id(), others);
    return new CallbackReply(200, "");
  }

  /** The connection that has the number; empty when none has. */
  private Optional<Connected> owner(Connected asked, String number) {
    String type = asked.connection().type();
    return connections.get().stream()
        .filter(one -> one.connection().type().equals(type))
        .filter(one -> one.provider().number(one.connection()).filter(number::equals).isPresent())
        .findFirst();
  }

  /** What the callback tells another connection, where it is of that one's app too. */
  private static Optional<Part> authentic(Connected owner, CallbackRequest request) {
    return owner.provider().receive(owner.connection(), request) instanceof Received received
        ? Optional.of(new Part(owner, received))
        : Optional.empty();
  }

  /** What a callback tells one connection. */
  private record Part(Connected connected, Received received) {
    boolean isEmpty() {
      return received.items().isEmpty() && received.notUnderstood() == 0;
    }
  }

  /** A part of a callback being turned into entries. */
  private final class Reading {
    private final int connection;
    private final Channel channel;
    private final OptOutWords words;
    private final Instant receivedAt;
    private final long inbox;
    private final Set<Entry> entries;
    private int unmatched;

    private Reading(Connected connected, Entry.RawCallback raw, Set<Entry> entries) {
      this.connection = connected.connection().id();
      this.channel = connected.provider().channel();
      this.words = OptOutWords.of(connected.connection());
      this.receivedAt = raw.receivedAt();
      this.inbox = raw.id();
      this.entries = entries;
    }

    private void read(Item item) {
      switch (item) {
        case Item.Status status -> status(status);
        case Item.Incoming incoming -> incoming(incoming);
        case Item.Wish wish -> wish(wish.address(), wish.subscribed(), wish.at());
        case Item.Named named ->
            entries.add(new Entry.AddressAlias(channel, named.name(), named.address()));
        case Item.Recipient recipient -> recipient(recipient);
        case Item.Moved moved ->
            entries.add(
                new Entry.AddressChange(channel, moved.from(), moved.to(), notLater(moved.at())));
        case Item.Notice _ -> {
          // Kept raw, and shown on the connection's page.
        }
      }
    }

    /** Reads what bears a reference of ours; false when nothing does. */
    private boolean readOurs(List<Item> items) {
      boolean any = false;
      for (Item item : items) {
        boolean ours =
            switch (item) {
              case Item.Status status -> isOurs(status.reference());
              case Item.Recipient recipient -> isOurs(recipient.reference());
              default -> false;
            };
        if (ours) {
          any = true;
          read(item);
        }
      }
      return any;
    }

    private boolean isOurs(@Nullable String reference) {
      return reference != null && (references.isTest(reference) || message(reference).isPresent());
    }

    private Optional<MessageRef> message(@Nullable String reference) {
      return Optional.ofNullable(reference).flatMap(references::read).filter(known::knows);
    }

    private void status(Item.Status status) {
      if (status.reference() != null && references.isTest(status.reference())) {
        return; // Kept raw: a message sent as a test is in nobody's numbers.
      }
      Optional<MessageRef> message = message(status.reference());
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

    private void recipient(Item.Recipient recipient) {
      Optional<MessageRef> message = message(recipient.reference());
      if (message.isPresent() || recipient.providerMessageId() != null) {
        entries.add(
            new Entry.MessageRecipient(
                channel,
                recipient.name(),
                message.orElse(null),
                message.isPresent() ? null : recipient.providerMessageId()));
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
              inbox,
              incoming.act().isReply()));
      words.wish(incoming).ifPresent(wish -> wish(incoming.from(), wish, at));
    }

    private void wish(String address, boolean subscribed, Instant at) {
      entries.add(new Entry.Consent(channel, address, subscribed, notLater(at), connection));
    }

    /** A clock ahead of ours would put a fact into a day that has not come. */
    private Instant notLater(Instant at) {
      return at.isAfter(receivedAt) ? receivedAt : at;
    }
  }
}
