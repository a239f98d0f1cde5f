package dev.carillon.engine.channel;

import dev.carillon.core.message.FactKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a provider's callback was understood. */
public sealed interface CallbackAnswer {

  /** A handshake: answer 200 with this text. */
  record Challenge(String text) implements CallbackAnswer {}

  /**
   * Not from the provider, or not for us: nothing is kept.
   *
   * @param status HTTP status to answer
   * @param reason a stable word for counters: unsigned, badSignature, badToken, badMethod, tooLarge
   */
  record Rejected(int status, String reason) implements CallbackAnswer {}

  /**
   * Authentic: keep the raw bytes and what was understood, then answer 200. What could not be
   * understood is kept raw and counted in {@code notUnderstood}.
   */
  record Received(List<Item> items, int notUnderstood) implements CallbackAnswer {
    public Received {
      items = List.copyOf(items);
    }
  }

  /** One thing that a callback tells. */
  sealed interface Item {

    /**
     * What became of a message.
     *
     * @param reference our reference as echoed; null when it is absent
     * @param providerMessageId the provider's id; null when it is absent
     * @param kind what became known
     * @param code the provider's error code, for failures; else null
     * @param text the provider's words, for failures; else null
     * @param at when it happened, by the provider's clock
     */
    record Status(
        @Nullable String reference,
        @Nullable String providerMessageId,
        FactKind kind,
        @Nullable String code,
        @Nullable String text,
        Instant at)
        implements Item {}

    /**
     * A message from a person.
     *
     * @param messageId the provider's id of it
     * @param from the person's address, as the provider writes it
     * @param contextId the provider's id of the message replied to; null when it names none
     * @param type text, button, image, ...
     * @param text what was written or pressed; null for other types
     */
    record Incoming(
        String messageId,
        String from,
        Instant at,
        @Nullable String contextId,
        String type,
        @Nullable String text)
        implements Item {}

    /** A person's wish as the provider reports it. */
    record Wish(String address, boolean subscribed, Instant at) implements Item {}

    /**
     * News of the account (template paused, quality changed), shown on the connection's page.
     *
     * @param topic the provider's word for it
     * @param text what it says
     */
    record Notice(String topic, String text) implements Item {}
  }
}
