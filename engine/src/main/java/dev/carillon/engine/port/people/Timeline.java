package dev.carillon.engine.port.people;

import dev.carillon.core.message.MessageRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of what happened with a user, latest first.
 *
 * @param next where the part before this one begins; null at the beginning of all
 */
public record Timeline(List<Entry> entries, @Nullable TimelinePlace next) {
  public Timeline {
    entries = List.copyOf(entries);
  }

  /** One line. */
  public sealed interface Entry {
    Instant at();
  }

  /** Something that the user did. */
  public record Did(Instant at, String event, String properties) implements Entry {}

  /**
   * What happened in the conversation with the user without anything being said.
   *
   * @param type the provider's word: reaction, system, ...
   * @param text the reaction, or what happened; null without
   */
  public record Incoming(Instant at, String type, @Nullable String text) implements Entry {}

  /**
   * What became of a message to the user.
   *
   * @param control whether the user is held out of it
   * @param detail the reason, the error code, or the link's number; null without
   * @param text the provider's words, or what the person wrote; null without
   */
  public record OfMessage(
      Instant at,
      MessageRef message,
      Kind kind,
      boolean control,
      @Nullable String detail,
      @Nullable String text)
      implements Entry {}

  /** The kinds of entries; {@link #key()} is the name in JSON. */
  public enum Kind {
    EVENT("event"),
    PLANNED("planned"),
    SUPPRESSED("suppressed"),
    HELD_OUT("heldOut"),
    SENT("sent"),
    DISPATCH_ERROR("dispatchError"),
    DELIVERED("delivered"),
    DELIVERY_ERROR("deliveryError"),
    VIEWED("viewed"),
    CLICKED("clicked"),
    REPLIED("replied"),
    CONVERTED("converted"),
    INCOMING("incoming");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }

    /** The kind with this key; empty when there is none. */
    public static Optional<Kind> ofKey(String key) {
      for (Kind kind : values()) {
        if (kind.key.equals(key)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }
}
