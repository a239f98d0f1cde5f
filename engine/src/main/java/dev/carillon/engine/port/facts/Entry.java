package dev.carillon.engine.port.facts;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing to be kept: what intake hands to the store. */
public sealed interface Entry {

  /** About how many bytes an entry takes beside its texts. */
  int OVERHEAD_BYTES = 100;

  /** About how many bytes it takes, so that what waits can be bounded. */
  default int bytes() {
    return OVERHEAD_BYTES;
  }

  record OfProfile(ProfileChange change) implements Entry {
    @Override
    public int bytes() {
      return OVERHEAD_BYTES + change.properties().length();
    }
  }

  record OfEvent(UserEvent event) implements Entry {
    @Override
    public int bytes() {
      return OVERHEAD_BYTES + event.properties().length();
    }
  }

  record OfLink(IdentityLink link) implements Entry {}

  record OfDevice(DeviceChange change) implements Entry {}

  record OfFact(Fact fact) implements Entry {}

  /**
   * A provider's callback as it came.
   *
   * @param id unique, 1 or more, growing with time
   * @param connection id of the connection that it came to
   * @param receivedAt when it came
   * @param body the raw bytes
   */
  record RawCallback(long id, int connection, Instant receivedAt, byte[] body) implements Entry {
    @Override
    public int bytes() {
      return OVERHEAD_BYTES + body.length;
    }
  }

  /**
   * A status callback that carries no reference of ours; the store matches it by the provider's
   * message id, now or when that becomes known, and adds the fact.
   *
   * @param connection id of the connection that it came to
   * @param providerMessageId the provider's id of the message
   * @param kind the fact that it proves
   * @param detail error code, route or link, as the kind says
   * @param event the provider's id of what happened; null where it has none
   * @param at when it happened, by the provider's clock
   * @param receivedAt when it came
   * @param text the provider's words
   * @param inbox id of the raw callback
   */
  record UnmatchedStatus(
      int connection,
      String providerMessageId,
      FactKind kind,
      @Nullable String detail,
      @Nullable String event,
      Instant at,
      Instant receivedAt,
      @Nullable String text,
      long inbox)
      implements Entry {}

  /**
   * Something that a person sent, or that happened in the conversation with them. To a reply the
   * store adds {@link FactKind#REPLIED} at the last message of the channel that was attempted to
   * that address at or before {@code at} (in whole seconds) and not refused, and {@link
   * FactKind#REPLIED_IN_CONTEXT} at the message that it names.
   *
   * @param connection id of the connection that it came to
   * @param channel the channel
   * @param messageId the provider's id of the incoming message
   * @param from the person's address, as the provider writes it: the digits of a phone number, or
   *     another name that the provider has for the person
   * @param at when it was sent, by the provider's clock
   * @param receivedAt when it came
   * @param contextId the provider's id of the message replied to; null when it names none
   * @param type text, button, image, ...
   * @param text what was written or pressed, a caption, or what happened; null for others
   * @param inbox id of the raw callback
   * @param reply whether the person wrote, pressed or sent it; otherwise it only happened
   */
  record IncomingMessage(
      int connection,
      Channel channel,
      String messageId,
      String from,
      Instant at,
      Instant receivedAt,
      @Nullable String contextId,
      String type,
      @Nullable String text,
      long inbox,
      boolean reply)
      implements Entry {}

  /**
   * A person's wish for one address and channel. The latest by {@code at} wins.
   *
   * @param channel the channel
   * @param address the address, digits for phone numbers, or another name of the provider's
   * @param subscribed false after STOP
   * @param at when it was said
   * @param connection id of the connection that it came to; 0 when it came to none
   */
  record Consent(Channel channel, String address, boolean subscribed, Instant at, int connection)
      implements Entry {

    /** A wish that came to no connection. */
    public Consent(Channel channel, String address, boolean subscribed, Instant at) {
      this(channel, address, subscribed, at, 0);
    }
  }

  /**
   * A provider said that nothing can be sent to an address any more. It holds until the address is
   * registered anew after that moment.
   *
   * @param channel the channel
   * @param address the address, digits for phone numbers
   * @param code the provider's error code
   * @param at since when the provider has known it, or else when it said so
   * @param connection id of the connection that the provider said it to
   */
  record EndpointDead(Channel channel, String address, String code, Instant at, int connection)
      implements Entry {}

  /**
   * The provider knows an address by another name: another spelling of the number, or an id of the
   * person's.
   *
   * @param channel the channel
   * @param providerAddress the provider's name
   * @param address how our messages write the address, or another of the provider's names
   */
  record AddressAlias(Channel channel, String providerAddress, String address) implements Entry {}

  /**
   * The provider's name of the person that a message went to, so of the message's address. The
   * message is named by our reference, or else by the provider's id, which may become known later.
   *
   * @param channel the channel
   * @param name the provider's name
   * @param message the message; null where only the provider's id is known
   * @param providerMessageId the provider's id of the message; null where our reference came
   */
  record MessageRecipient(
      Channel channel,
      String name,
      @Nullable MessageRef message,
      @Nullable String providerMessageId)
      implements Entry {}

  /**
   * A person left an address for another on the channel. What was said from the old one until then
   * holds for the new one as well.
   *
   * @param channel the channel
   * @param from the address that was left
   * @param to the new one
   * @param at when it was left, by the provider's clock
   */
  record AddressChange(Channel channel, String from, String to, Instant at) implements Entry {}

  /**
   * A user is deleted. Whatever was kept before of the identity, and of those merged with it, is
   * erased; what comes later and is from that time or before is dropped.
   *
   * @param identity one of the user's identities
   * @param at when it was decided
   */
  record Erasure(Identity identity, Instant at) implements Entry {}

  /**
   * A dead letter is to be applied again. Where there is none of that id any more, nothing happens.
   *
   * @param id the dead letter's id
   */
  record DeadLetterRetry(long id) implements Entry {}
}
