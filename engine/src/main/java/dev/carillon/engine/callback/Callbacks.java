package dev.carillon.engine.callback;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.consent.OptOutWords;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackAnswer.Answered;
import dev.carillon.engine.provider.CallbackAnswer.Elsewhere;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.CallbackAnswer.Received;
import dev.carillon.engine.provider.CallbackAnswer.Rejected;
import dev.carillon.engine.provider.CallbackReply;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.reference.References;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what providers call back: the raw bytes and what was understood of them are durable
 * before the provider gets its answer. Thread-safe.
 */
public final class Callbacks {
  private static final CallbackReply LATER = CallbackReply.empty(503);

  private final EntryJournal journal;
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
      EntryJournal journal,
      Supplier<List<Connected>> connections,
      References references,
      RunStore runs,
      CallbackHealth health,
      InstantSource clock) {
    this.journal = journal;
    this.connections = connections;
    this.references = references;
    this.known = new KnownMessages(runs);
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
    if (!connected.provider().capabilities().callbackMethods().contains(head.method())) {
      return Optional.of(reject(connected, new Rejected(405, "badMethod")));
    }
    return connected
        .provider()
        .rejectUnread(connected.connection(), head)
        .map(rejected -> reject(connected, rejected));
  }

  private CallbackReply reject(Connected connected, Rejected rejected) {
    health.rejected(connected.connection().id(), rejected.reason());
    return CallbackReply.empty(rejected.status());
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
      case Answered answered -> answered.reply();
      case Rejected rejected -> reject(connected, rejected);
      case Received received -> take(connected, request, received);
    };
  }

  /**
   * Keeps what was understood. What is about other numbers goes to the connections that have them;
   * where none has, only statuses of our own messages are kept.
   */
  private CallbackReply take(Connected connected, CallbackRequest request, Received received) {
    Entry.RawCallback raw =
        new Entry.RawCallback(
            ids.next(), connected.connection().id(), request.receivedAt(), request.raw());
    Understood entries = new Understood();
    entries.add(raw);
    Reading ours = new Reading(connected, received, raw, entries);
    List<Reading> readings = new ArrayList<>(1);
    readings.add(ours);
    List<Elsewhere> strangers = new ArrayList<>(0);
    for (Elsewhere elsewhere : received.elsewhere()) {
      Optional<Connected> owner = owner(connected, elsewhere.number());
      if (owner.isPresent() && owner.get().sealed()) {
        return LATER;
      }
      Optional<Received> theirs = owner.flatMap(one -> authentic(one, request));
      if (theirs.isEmpty()) {
        strangers.add(elsewhere);
      } else if (readings.stream().noneMatch(one -> one.isOf(owner.get()))) {
        readings.add(new Reading(owner.get(), theirs.get(), raw, entries));
      }
    }
    boolean nothing = true;
    for (Reading reading : readings) {
      reading.readAll();
      nothing &= reading.isEmpty();
    }
    int others = 0;
    for (Elsewhere stranger : strangers) {
      others += ours.readOurs(stranger.items()) ? 0 : 1;
    }
    if (others == 0 || !nothing || entries.list.size() > 1) {
      journal.append(List.copyOf(entries.list));
    }
    for (Reading reading : readings) {
      health.received(
          reading.connection, request.receivedAt(), reading.received, reading.unmatched);
    }
    health.otherNumber(connected.connection().id(), others);
    return received.reply();
  }

  /** The connection that has the number; empty when none has. */
  private Optional<Connected> owner(Connected asked, String number) {
    String type = asked.connection().type();
    return connections.get().stream()
        .filter(one -> one.connection().type().equals(type))
        .filter(one -> one.provider().number(one.connection()).filter(number::equals).isPresent())
        .findFirst();
  }

  /** What the callback says to another connection, where it is of that one's app too. */
  private static Optional<Received> authentic(Connected owner, CallbackRequest request) {
    return owner.provider().receive(owner.connection(), request) instanceof Received received
        ? Optional.of(received)
        : Optional.empty();
  }

  /** The entries that a callback becomes. */
  private static final class Understood {
    private final List<Entry> list = new ArrayList<>();
    private @Nullable Set<Entry> once;

    void add(Entry entry) {
      list.add(entry);
    }

    /** What is said of a person is said once, however many messages of a callback say it. */
    void addOnce(Entry entry) {
      Set<Entry> said = once;
      if (said == null) {
        said = new HashSet<>();
        once = said;
      }
      if (said.add(entry)) {
        list.add(entry);
      }
    }
  }

  /** What a callback says to one connection, being turned into entries. */
  private final class Reading {
    private final Connected connected;
    private final Received received;
    private final int connection;
    private final Channel channel;
    private final Instant receivedAt;
    private final long inbox;
    private final Understood entries;
    private int unmatched;

    private Reading(
        Connected connected, Received received, Entry.RawCallback raw, Understood entries) {
      this.connected = connected;
      this.received = received;
      this.connection = connected.connection().id();
      this.channel = connected.provider().channel();
      this.receivedAt = raw.receivedAt();
      this.inbox = raw.id();
      this.entries = entries;
    }

    private boolean isOf(Connected one) {
      return connection == one.connection().id();
    }

    private boolean isEmpty() {
      return received.items().isEmpty() && received.notUnderstood() == 0;
    }

    private void readAll() {
      for (Item item : received.items()) {
        read(item);
      }
    }

    private void read(Item item) {
      switch (item) {
        case Item.Status status -> status(status);
        case Item.Incoming incoming -> incoming(incoming);
        case Item.Wish wish -> wish(wish.address(), wish.subscribed(), wish.at());
        case Item.Dead dead ->
            entries.addOnce(
                new Entry.EndpointDead(
                    channel, dead.address(), dead.code(), notLater(dead.at()), connection));
        case Item.Named named ->
            entries.addOnce(new Entry.AddressAlias(channel, named.name(), named.address()));
        case Item.Recipient recipient -> recipient(recipient);
        case Item.Moved moved ->
            entries.addOnce(
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
        return; // Kept raw: a test send is in no numbers.
      }
      Optional<MessageRef> message = message(status.reference());
      Instant at = notLater(status.at());
      if (message.isPresent()) {
        MessageRef ref = message.get();
        entries.add(
            new Entry.OfFact(
                new Fact(
                    ref.campaign(),
                    ref.seq(),
                    status.kind(),
                    status.detail(),
                    status.event(),
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
                status.detail(),
                status.event(),
                at,
                receivedAt,
                status.text(),
                inbox));
      }
    }

    private void recipient(Item.Recipient recipient) {
      Optional<MessageRef> message = message(recipient.reference());
      if (message.isPresent() || recipient.providerMessageId() != null) {
        entries.addOnce(
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
      OptOutWords.of(connected.connection())
          .wish(incoming)
          .ifPresent(wish -> wish(incoming.from(), wish, at));
    }

    private void wish(String address, boolean subscribed, Instant at) {
      entries.addOnce(new Entry.Consent(channel, address, subscribed, notLater(at), connection));
    }

    /** A clock ahead of ours would put a fact into a day that has not come. */
    private Instant notLater(Instant at) {
      return at.isAfter(receivedAt) ? receivedAt : at;
    }
  }
}
