package dev.carillon.channels.whatsapp.cloud;

import static dev.carillon.channels.whatsapp.cloud.AnswerReader.text;

import dev.carillon.engine.channel.CallbackAnswer.Item;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands one message that a person sent, and the wish that it may express. */
final class IncomingReader {
  private static final int LONGEST_TEXT = 4096;

  private final StopWords words;

  IncomingReader(StopWords words) {
    this.words = words;
  }

  /** Adds what the message tells; false when it makes no sense. */
  boolean read(JsonNode message, Instant receivedAt, List<Item> items) {
    String type = text(message.path("type"));
    if ("system".equals(type)) {
      items.add(new Item.Notice("system", systemWords(message.path("system"))));
      return true;
    }
    String id = text(message.path("id"));
    String from = text(message.path("from"));
    if (id == null || from == null || type == null) {
      return false;
    }
    if (type.equals("reaction") && text(message.path("reaction").path("emoji")) == null) {
      return true; // a reaction taken back says nothing new
    }
    Instant at = ProviderTime.of(text(message.path("timestamp")), receivedAt);
    items.add(
        new Item.Incoming(id, from, at, context(type, message), type, written(type, message)));
    wish(type, message).ifPresent(wish -> items.add(new Item.Wish(from, wish, at)));
    return true;
  }

  private static @Nullable String context(String type, JsonNode message) {
    return text(
        type.equals("reaction")
            ? message.path("reaction").path("message_id")
            : message.path("context").path("id"));
  }

  /** What was written or pressed; for media the caption. */
  private static @Nullable String written(String type, JsonNode message) {
    JsonNode content = message.path(type);
    String text =
        switch (type) {
          case "text" -> text(content.path("body"));
          case "button" -> first(content.path("text"), content.path("payload"));
          case "interactive" -> interactive(content);
          case "reaction" -> text(content.path("emoji"));
          case "location" -> first(content.path("name"), content.path("address"));
          default -> text(content.path("caption"));
        };
    return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }

  private static @Nullable String interactive(JsonNode content) {
    JsonNode reply = content.path(content.path("type").asString(""));
    String pressed = first(reply.path("title"), reply.path("body"));
    return pressed != null ? pressed : first(reply.path("name"), reply.path("id"));
  }

  private Optional<Boolean> wish(String type, JsonNode message) {
    JsonNode content = message.path(type);
    return switch (type) {
      case "text" -> Optional.ofNullable(text(content.path("body"))).flatMap(words::wishOf);
      case "button" -> pressed(text(content.path("payload")), text(content.path("text")));
      case "interactive" -> {
        JsonNode reply = content.path(content.path("type").asString(""));
        yield pressed(text(reply.path("id")), text(reply.path("title")));
      }
      default -> Optional.empty();
    };
  }

  private Optional<Boolean> pressed(@Nullable String payload, @Nullable String label) {
    Optional<Boolean> byPayload = Optional.ofNullable(payload).flatMap(words::wishOfPayload);
    return byPayload.isPresent() ? byPayload : Optional.ofNullable(label).flatMap(words::wishOf);
  }

  /** Without the numbers that the provider's own sentence holds. */
  private static String systemWords(JsonNode system) {
    String kind = text(system.path("type"));
    return kind == null
        ? "Something changed in a conversation"
        : switch (kind) {
          case "user_changed_number", "customer_changed_number" ->
              "A person has changed their WhatsApp number";
          case "customer_identity_changed" -> "A person has set WhatsApp up anew";
          default -> AnswerReader.shortened(kind);
        };
  }

  private static @Nullable String first(JsonNode one, JsonNode other) {
    String text = text(one);
    return text != null ? text : text(other);
  }
}
