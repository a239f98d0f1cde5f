package dev.carillon.storage.embedded.journal;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.BodyPlace;
import dev.carillon.core.user.Device;
import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.duckdb.Micros;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How entries lie in the journal. A tag is never given to another kind of entry. */
public final class EntryCodec {
  /** Of a profile without its place in a body, as earlier versions wrote it. */
  private static final int UNPLACED_PROFILE = 1;

  private static final int EVENT = 2;
  private static final int LINK = 3;
  private static final int FACT = 4;
  private static final int RAW_CALLBACK = 5;

  /** As earlier versions wrote it: without an event. */
  private static final int EVENTLESS_STATUS = 6;

  /** As earlier versions wrote it: all were replies. */
  private static final int REPLY = 7;

  /** As earlier versions wrote it: without a connection. */
  private static final int CONSENT_ALONE = 8;

  private static final int ADDRESS_ALIAS = 9;
  private static final int INCOMING_MESSAGE = 10;
  private static final int CONSENT = 11;
  private static final int MESSAGE_RECIPIENT = 12;
  private static final int ADDRESS_CHANGE = 13;
  private static final int UNMATCHED_STATUS = 14;
  private static final int ENDPOINT_DEAD = 15;
  private static final int ERASURE = 20;
  private static final int DEAD_LETTER_RETRY = 21;
  private static final int PROFILE = 22;

  /** As those of trusted sources lie there. */
  private static final int PUBLIC_PROFILE = 23;

  private static final int PUBLIC_EVENT = 24;
  private static final int PUBLIC_LINK = 25;
  private static final int DEVICE = 26;

  private EntryCodec() {}

  public static byte[] encode(List<Entry> entries) {
    BinaryWriter sink = new BinaryWriter();
    for (Entry entry : entries) {
      write(sink, entry);
    }
    return sink.toBytes();
  }

  private static void write(BinaryWriter sink, Entry entry) {
    switch (entry) {
      case Entry.OfProfile(ProfileChange change) -> {
        sink.octet(change.trusted() ? PROFILE : PUBLIC_PROFILE);
        sink.text(change.identity().stored());
        sink.whole(change.userKey());
        sink.text(change.properties());
        time(sink, change.at());
        time(sink, change.receivedAt());
        sink.number(change.place().body());
        sink.number(change.place().position());
      }
      case Entry.OfEvent(UserEvent event) -> {
        sink.octet(event.trusted() ? EVENT : PUBLIC_EVENT);
        sink.text(event.identity().stored());
        sink.whole(event.userKey());
        sink.text(event.name());
        sink.text(event.properties());
        sink.whole(event.eventId());
        time(sink, event.at());
        time(sink, event.receivedAt());
      }
      case Entry.OfLink(IdentityLink link) -> {
        sink.octet(link.trusted() ? LINK : PUBLIC_LINK);
        sink.text(link.from().stored());
        sink.text(link.to().stored());
        time(sink, link.receivedAt());
      }
      case Entry.OfDevice(DeviceChange change) -> {
        Device device = change.device();
        sink.octet(DEVICE);
        sink.text(change.identity().stored());
        sink.whole(change.userKey());
        sink.text(device.id());
        sink.text(device.platform());
        sink.text(device.os());
        sink.text(device.model());
        sink.octet(device.allowed() ? 1 : 0);
        time(sink, device.registeredAt());
        sink.optional(change.address());
        time(sink, change.receivedAt());
      }
      case Entry.OfFact(Fact fact) -> {
        sink.octet(FACT);
        sink.number(fact.campaign());
        sink.number(fact.seq());
        sink.octet(fact.kind().code());
        sink.optional(fact.detail());
        sink.optional(fact.event());
        time(sink, fact.at());
        time(sink, fact.receivedAt());
        sink.optional(fact.text());
        sink.number(fact.inbox());
      }
      case Entry.RawCallback raw -> {
        sink.octet(RAW_CALLBACK);
        sink.number(raw.id());
        sink.number(raw.connection());
        time(sink, raw.receivedAt());
        sink.blob(raw.body());
      }
      case Entry.UnmatchedStatus status -> write(sink, status);
      case Entry.IncomingMessage message -> write(sink, message);
      case Entry.Consent consent -> {
        sink.octet(CONSENT);
        sink.text(consent.channel().key());
        sink.text(consent.address());
        sink.octet(consent.subscribed() ? 1 : 0);
        time(sink, consent.at());
        sink.number(consent.connection());
      }
      case Entry.EndpointDead dead -> {
        sink.octet(ENDPOINT_DEAD);
        sink.text(dead.channel().key());
        sink.text(dead.address());
        sink.text(dead.code());
        time(sink, dead.at());
        sink.number(dead.connection());
      }
      case Entry.AddressAlias alias -> {
        sink.octet(ADDRESS_ALIAS);
        sink.text(alias.channel().key());
        sink.text(alias.providerAddress());
        sink.text(alias.address());
      }
      case Entry.MessageRecipient recipient -> write(sink, recipient);
      case Entry.AddressChange change -> {
        sink.octet(ADDRESS_CHANGE);
        sink.text(change.channel().key());
        sink.text(change.from());
        sink.text(change.to());
        time(sink, change.at());
      }
      case Entry.Erasure erasure -> {
        sink.octet(ERASURE);
        sink.text(erasure.identity().stored());
        time(sink, erasure.at());
      }
      case Entry.DeadLetterRetry(long id) -> {
        sink.octet(DEAD_LETTER_RETRY);
        sink.number(id);
      }
    }
  }

  private static void write(BinaryWriter sink, Entry.UnmatchedStatus status) {
    sink.octet(UNMATCHED_STATUS);
    sink.number(status.connection());
    sink.text(status.providerMessageId());
    sink.octet(status.kind().code());
    sink.optional(status.detail());
    sink.optional(status.event());
    time(sink, status.at());
    time(sink, status.receivedAt());
    sink.optional(status.text());
    sink.number(status.inbox());
  }

  private static void write(BinaryWriter sink, Entry.IncomingMessage message) {
    sink.octet(INCOMING_MESSAGE);
    sink.number(message.connection());
    sink.text(message.channel().key());
    sink.text(message.messageId());
    sink.text(message.from());
    time(sink, message.at());
    time(sink, message.receivedAt());
    sink.optional(message.contextId());
    sink.text(message.type());
    sink.optional(message.text());
    sink.number(message.inbox());
    sink.octet(message.reply() ? 1 : 0);
  }

  private static void write(BinaryWriter sink, Entry.MessageRecipient recipient) {
    MessageRef message = recipient.message();
    sink.octet(MESSAGE_RECIPIENT);
    sink.text(recipient.channel().key());
    sink.text(recipient.name());
    sink.number(message == null ? 0 : message.campaign());
    sink.number(message == null ? 0 : message.seq());
    sink.optional(recipient.providerMessageId());
  }

  public static Entry read(BinaryReader source) {
    int tag = source.octet();
    return switch (tag) {
      case UNPLACED_PROFILE ->
          new Entry.OfProfile(
              new ProfileChange(
                  identity(source), source.whole(), source.text(), time(source), time(source)));
      case PROFILE -> new Entry.OfProfile(change(source, true));
      case PUBLIC_PROFILE -> new Entry.OfProfile(change(source, false));
      case EVENT -> new Entry.OfEvent(event(source, true));
      case PUBLIC_EVENT -> new Entry.OfEvent(event(source, false));
      case LINK -> new Entry.OfLink(link(source, true));
      case PUBLIC_LINK -> new Entry.OfLink(link(source, false));
      case DEVICE ->
          new Entry.OfDevice(
              new DeviceChange(
                  identity(source),
                  source.whole(),
                  device(source),
                  source.optional(),
                  time(source)));
      case FACT -> new Entry.OfFact(fact(source));
      case RAW_CALLBACK ->
          new Entry.RawCallback(source.number(), source.integer(), time(source), source.blob());
      case EVENTLESS_STATUS -> status(source, true);
      case UNMATCHED_STATUS -> status(source, false);
      case REPLY -> incoming(source, true);
      case INCOMING_MESSAGE -> incoming(source, false);
      case CONSENT_ALONE ->
          new Entry.Consent(channel(source), source.text(), source.octet() == 1, time(source));
      case CONSENT ->
          new Entry.Consent(
              channel(source), source.text(), source.octet() == 1, time(source), source.integer());
      case ENDPOINT_DEAD ->
          new Entry.EndpointDead(
              channel(source), source.text(), source.text(), time(source), source.integer());
      case ADDRESS_ALIAS -> new Entry.AddressAlias(channel(source), source.text(), source.text());
      case MESSAGE_RECIPIENT ->
          new Entry.MessageRecipient(
              channel(source), source.text(), message(source), source.optional());
      case ADDRESS_CHANGE ->
          new Entry.AddressChange(channel(source), source.text(), source.text(), time(source));
      case ERASURE -> new Entry.Erasure(identity(source), time(source));
      case DEAD_LETTER_RETRY -> new Entry.DeadLetterRetry(source.number());
      default -> throw new IllegalStateException("no journal entry has the tag " + tag);
    };
  }

  private static ProfileChange change(BinaryReader source, boolean trusted) {
    return new ProfileChange(
        identity(source),
        source.whole(),
        source.text(),
        time(source),
        time(source),
        new BodyPlace(source.number(), source.integer()),
        trusted);
  }

  private static UserEvent event(BinaryReader source, boolean trusted) {
    return new UserEvent(
        identity(source),
        source.whole(),
        source.text(),
        source.text(),
        source.whole(),
        time(source),
        time(source),
        trusted);
  }

  private static Device device(BinaryReader source) {
    return new Device(
        source.text(),
        source.text(),
        source.text(),
        source.text(),
        source.octet() == 1,
        time(source));
  }

  private static IdentityLink link(BinaryReader source, boolean trusted) {
    return new IdentityLink(identity(source), identity(source), time(source), trusted);
  }

  /**
   * @param earlier whether an earlier version wrote it, which kept no event
   */
  private static Entry status(BinaryReader source, boolean earlier) {
    return new Entry.UnmatchedStatus(
        source.integer(),
        source.text(),
        FactKind.ofCode(source.octet()),
        source.optional(),
        earlier ? null : source.optional(),
        time(source),
        time(source),
        source.optional(),
        source.number());
  }

  /**
   * @param earlier whether an earlier version wrote it, which kept only replies
   */
  private static Entry incoming(BinaryReader source, boolean earlier) {
    return new Entry.IncomingMessage(
        source.integer(),
        channel(source),
        source.text(),
        source.text(),
        time(source),
        time(source),
        source.optional(),
        source.text(),
        source.optional(),
        source.number(),
        earlier || source.octet() == 1);
  }

  private static @Nullable MessageRef message(BinaryReader source) {
    int campaign = source.integer();
    int seq = source.integer();
    return campaign == 0 ? null : new MessageRef(campaign, seq);
  }

  private static Fact fact(BinaryReader source) {
    return new Fact(
        source.integer(),
        source.integer(),
        FactKind.ofCode(source.octet()),
        source.optional(),
        source.optional(),
        time(source),
        time(source),
        source.optional(),
        source.number());
  }

  private static Identity identity(BinaryReader source) {
    return Identity.ofStored(source.text());
  }

  private static Channel channel(BinaryReader source) {
    String key = source.text();
    return Channel.ofKey(key)
        .orElseThrow(() -> new IllegalStateException("no channel has the key " + key));
  }

  private static void time(BinaryWriter sink, Instant instant) {
    sink.number(Micros.of(instant));
  }

  private static Instant time(BinaryReader source) {
    return Micros.instant(source.number());
  }
}
