package dev.carillon.channels.meta.whatsapp;

import static dev.carillon.channels.support.json.ScalarText.text;

import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.CallbackAnswer.Item.Incoming;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands one item among the messages that come in. Not all of them were sent by a person. */
final class IncomingReader {
  private static final int LONGEST_TEXT = 4096;

  /** What people send beside words. */
  private static final Set<String> SHARED =
      Set.of(
          "image",
          "audio",
          "voice",
          "video",
          "document",
          "sticker",
          "location",
          "contacts",
          "order");

  /** What happens in a conversation without anything being said. */
  private static final Set<String> HAPPENED =
      Set.of("reaction", "request_welcome", "system", "unsupported");

  /** Changes of earlier messages; what was said stays said. */
  private static final Set<String> CHANGES = Set.of("edit", "revoke");

  private IncomingReader() {}

  /** Adds what the item says; false when it makes no sense, or its type is not known. */
  static boolean read(JsonNode message, Instant receivedAt, List<Item> items) {
    String type = text(message.path("type"));
    String id = text(message.path("id"));
    WhatsAppUser sender = sender(message, type);
    String from = sender.address();
    if (id == null || from == null || type == null) {
      return false;
    }
    sender.learn(items);
    if (CHANGES.contains(type)) {
      return true;
    }
    if (type.equals("reaction") && text(message.path("reaction").path("emoji")) == null) {
      return true; // a reaction taken back says nothing new
    }
    Instant at = ProviderTime.of(text(message.path("timestamp")), receivedAt);
    items.add(
        new Incoming(
            id,
            from,
            at,
            context(type, message),
            type,
            written(type, message),
            act(type, message.path(type))));
    if (type.equals("system")) {
      IdentityChange.read(sender, message.path("system"), at, items);
    }
    return isKnown(type);
  }

  /** A notice about a person may name only the ids that the person had. */
  private static WhatsAppUser sender(JsonNode message, @Nullable String type) {
    WhatsAppUser sender = WhatsAppUser.senderOf(message);
    return "system".equals(type) && sender.address() == null
        ? IdentityChange.before(message.path("system"))
        : sender;
  }

  private static boolean isKnown(String type) {
    return switch (type) {
      case "text", "button", "interactive" -> true;
      default -> SHARED.contains(type) || HAPPENED.contains(type);
    };
  }

  private static Incoming.Act act(String type, JsonNode content) {
    return switch (type) {
      case "text" -> new Incoming.Wrote();
      case "button" -> new Incoming.Pressed(text(content.path("payload")));
      case "interactive" -> {
        JsonNode reply = reply(content);
        yield reply.has("title")
            ? new Incoming.Pressed(text(reply.path("id")))
            : new Incoming.Shared();
      }
      default -> SHARED.contains(type) ? new Incoming.Shared() : new Incoming.Happened();
    };
  }

  private static @Nullable String context(String type, JsonNode message) {
    return text(
        type.equals("reaction")
            ? message.path("reaction").path("message_id")
            : message.path("context").path("id"));
  }

  /** What was written or pressed; for media the caption, for others what happened. */
  private static @Nullable String written(String type, JsonNode message) {
    JsonNode content = message.path(type);
    String text =
        switch (type) {
          case "text" -> text(content.path("body"));
          case "button" -> first(content.path("text"), content.path("payload"));
          case "interactive" -> interactive(content);
          case "reaction" -> text(content.path("emoji"));
          case "location" -> first(content.path("name"), content.path("address"));
          case "system" -> IdentityChange.words(content);
          default -> text(content.path("caption"));
        };
    return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }

  private static @Nullable String interactive(JsonNode content) {
    JsonNode reply = reply(content);
    String pressed = first(reply.path("title"), reply.path("body"));
    return pressed != null ? pressed : first(reply.path("name"), reply.path("id"));
  }

  private static JsonNode reply(JsonNode content) {
    return content.path(content.path("type").asString(""));
  }

  private static @Nullable String first(JsonNode one, JsonNode other) {
    String text = text(one);
    return text != null ? text : text(other);
  }
}
