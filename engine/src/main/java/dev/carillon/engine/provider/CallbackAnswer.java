package dev.carillon.engine.provider;

import dev.carillon.core.message.FactKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a provider's callback was understood. */
public sealed interface CallbackAnswer {

  /** A handshake, or another question that asks for nothing but an answer: nothing is kept. */
  record Answered(CallbackReply reply) implements CallbackAnswer {}

  /**
   * Not from the provider, or not for us: nothing is kept.
   *
   * @param status HTTP status to answer
   * @param reason a stable word for counters: unsigned, badSignature, badToken, badMethod, tooLarge
   */
  record Rejected(int status, String reason) implements CallbackAnswer {}

  /**
   * Authentic: keep the raw bytes and what was understood, then answer. What could not be
   * understood is kept raw and counted in {@code notUnderstood}.
   *
   * @param elsewhere what it says about other numbers that have the same callback address
   * @param reply what to answer once it is kept, with a status of 200 to 299
   */
  record Received(
      List<Item> items, int notUnderstood, List<Elsewhere> elsewhere, CallbackReply reply)
      implements CallbackAnswer {
    public Received {
      items = List.copyOf(items);
      elsewhere = List.copyOf(elsewhere);
    }

    /** One that is answered by 200 alone. */
    public Received(List<Item> items, int notUnderstood, List<Elsewhere> elsewhere) {
      this(items, notUnderstood, elsewhere, CallbackReply.OK);
    }

    /** One that is only about the connection's own number. */
    public Received(List<Item> items, int notUnderstood) {
      this(items, notUnderstood, List.of());
    }
  }

  /**
   * A part of a callback about another number than the connection's.
   *
   * @param number the provider's id of that number
   */
  record Elsewhere(String number, List<Item> items) {
    public Elsewhere {
      items = List.copyOf(items);
    }
  }

  /** One item of a callback. */
  sealed interface Item {

    /**
     * What became of a message.
     *
     * @param reference our reference as echoed; null when it is absent
     * @param providerMessageId the provider's id; null when it is absent
     * @param kind what became known
     * @param detail as the kind has it: the provider's error code of a failure, the route of a view
     *     (null for direct), the number of the link of a click; else null
     * @param event the provider's id of what happened, by which one that comes twice is known; null
     *     where the kind and its detail are enough, or the provider has none
     * @param text the provider's words, for failures; else null
     * @param at when it happened, by the provider's clock
     */
    record Status(
        @Nullable String reference,
        @Nullable String providerMessageId,
        FactKind kind,
        @Nullable String detail,
        @Nullable String event,
        @Nullable String text,
        Instant at)
        implements Item {}

    /**
     * Something that a person sent, or that happened in the conversation with them.
     *
     * @param messageId the provider's id of it
     * @param from the person's address, as the provider writes it
     * @param contextId the provider's id of the message replied to; null when it names none
     * @param type text, button, image, ...
     * @param text what was written, the label that was pressed, a caption, or what happened; null
     *     for others
     * @param act what the person did
     */
    record Incoming(
        String messageId,
        String from,
        Instant at,
        @Nullable String contextId,
        String type,
        @Nullable String text,
        Act act)
        implements Item {

      /** What a person did to send something. */
      public sealed interface Act {
        /** Whether it is an answer to what was sent to them. */
        default boolean isReply() {
          return true;
        }
      }

      /** Wrote the text. */
      public record Wrote() implements Act {}

      /**
       * Pressed a button.
       *
       * @param payload what we put behind the button; null without
       */
      public record Pressed(@Nullable String payload) implements Act {}

      /** Sent something else: a picture, a place, a form. */
      public record Shared() implements Act {}

      /** Nothing that was said: a reaction, an opened conversation, news of the person. */
      public record Happened() implements Act {
        @Override
        public boolean isReply() {
          return false;
        }
      }
    }

    /**
     * A person's wish as the provider reports it.
     *
     * @param address the person's address, as the provider writes it
     */
    record Wish(String address, boolean subscribed, Instant at) implements Item {}

    /**
     * Nothing can be sent to an address any more.
     *
     * @param address as our messages or the provider write it
     * @param code the provider's error code
     * @param at since when the provider has known it
     */
    record Dead(String address, String code, Instant at) implements Item {}

    /**
     * Another name of a person's address.
     *
     * @param name a name by which the provider knows the person
     * @param address the address, or another such name
     */
    record Named(String name, String address) implements Item {}

    /**
     * The provider's name of the person that a message went to.
     *
     * @param reference our reference as echoed; null when it is absent
     * @param providerMessageId the provider's id of the message; null when it is absent
     */
    record Recipient(String name, @Nullable String reference, @Nullable String providerMessageId)
        implements Item {}

    /** A person left an address for another. */
    record Moved(String from, String to, Instant at) implements Item {}

    /**
     * News of the account (template paused, quality changed), shown on the connection's page.
     *
     * @param topic the provider's word for it
     * @param text what it says
     */
    record Notice(String topic, String text) implements Item {}
  }
}
