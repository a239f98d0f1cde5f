package dev.carillon.channels.meta.whatsapp;

import static dev.carillon.channels.support.json.ScalarText.text;

import dev.carillon.channels.support.json.ScalarText;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Understands that a person has another phone number or id than before. A new number brings a new
 * id with it; where the number is private, there are only the ids.
 */
final class IdentityChange {
  private IdentityChange() {}

  /** The ids that the person of a system message had before. */
  static WhatsAppUser before(JsonNode system) {
    return new WhatsAppUser(
        null, text(system.path("previous_user_id")), text(system.path("previous_parent_user_id")));
  }

  /**
   * Adds what a system message says.
   *
   * @param sender the person as they were
   */
  static void read(WhatsAppUser sender, JsonNode system, Instant at, List<Item> items) {
    WhatsAppUser before = before(system);
    add(
        new WhatsAppUser(
            sender.phone(),
            before.userId() != null ? before.userId() : sender.userId(),
            before.parentId() != null ? before.parentId() : sender.parentId()),
        WhatsAppUser.of(system),
        at,
        items);
  }

  /** Adds what a separate change says, whose ids are pairs of the earlier and the new. */
  static boolean readPairs(JsonNode update, Instant receivedAt, List<Item> items) {
    JsonNode ids = update.path("user_id");
    JsonNode parents = update.path("parent_user_id");
    WhatsAppUser before =
        new WhatsAppUser(null, text(ids.path("previous")), text(parents.path("previous")));
    WhatsAppUser after =
        new WhatsAppUser(
            text(update.path("wa_id")), text(ids.path("current")), text(parents.path("current")));
    if (before.address() == null || after.address() == null) {
      return false;
    }
    add(before, after, ProviderTime.of(text(update.path("timestamp")), receivedAt), items);
    return true;
  }

  private static void add(WhatsAppUser before, WhatsAppUser after, Instant at, List<Item> items) {
    before.learn(items);
    after.learn(items);
    String from = before.address();
    String to = after.address();
    if (from == null || to == null || from.equals(to)) {
      return;
    }
    if (after.phone() == null) {
      // The new number is hidden, so what the new id says must reach the person by the old one.
      items.add(new Item.Named(to, from));
    }
    items.add(new Item.Moved(from, to, at));
  }

  /** Without the numbers that the provider's own sentence holds. */
  static String words(JsonNode system) {
    String kind = text(system.path("type"));
    return kind == null
        ? "Something changed in the conversation"
        : switch (kind) {
          case "user_changed_number", "customer_changed_number" -> "Changed their WhatsApp number";
          case "user_changed_user_id" -> "Changed their WhatsApp number, which is hidden";
          case "customer_identity_changed", "user_identity_changed" -> "Set up WhatsApp anew";
          default -> ScalarText.shortened(kind);
        };
  }
}
