package dev.carillon.core.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that became known of one message. Facts are appended and never changed; the same fact
 * twice says no more than once.
 *
 * @param campaign the campaign's id
 * @param seq the message's number in it
 * @param kind what became known
 * @param detail code, reason, link or number of the try, as the kind says
 * @param event id of the event where one message can have several (a click, a reply) or the
 *     provider's message id where the kind says so
 * @param at when it happened, as the source reports it
 * @param receivedAt when Carillon learned of it
 * @param text the provider's own words
 * @param inbox id of the raw callback it came in with; 0 when it came another way
 */
public record Fact(
    int campaign,
    int seq,
    FactKind kind,
    @Nullable String detail,
    @Nullable String event,
    Instant at,
    Instant receivedAt,
    @Nullable String text,
    long inbox) {

  /** A fact that Carillon itself witnessed: it happened when it became known. */
  public static Fact witnessed(
      MessageRef message, FactKind kind, @Nullable String detail, Instant at) {
    return new Fact(message.campaign(), message.seq(), kind, detail, null, at, at, null, 0);
  }

  /** The message that this fact is about. */
  public MessageRef message() {
    return new MessageRef(campaign, seq);
  }
}
