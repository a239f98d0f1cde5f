package dev.carillon.channels.meta.whatsapp;

import static dev.carillon.channels.support.json.ScalarText.text;

import dev.carillon.engine.provider.CallbackAnswer.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A person as a callback names them: by phone number, by an id that is the business's own, and by
 * one of its parent business. Any of them may be absent, as people can hide their number.
 *
 * @param phone digits
 * @param userId such as US.13491208655302741918
 * @param parentId such as US.ENT.11815799212886844830
 */
record WhatsAppUser(@Nullable String phone, @Nullable String userId, @Nullable String parentId) {

  /** The person of a contact, a preference, or a notice that names its subject. */
  static WhatsAppUser of(JsonNode node) {
    return new WhatsAppUser(
        text(node.path("wa_id")), text(node.path("user_id")), text(node.path("parent_user_id")));
  }

  static WhatsAppUser senderOf(JsonNode message) {
    return new WhatsAppUser(
        text(message.path("from")),
        text(message.path("from_user_id")),
        text(message.path("from_parent_user_id")));
  }

  /** The person's address: the phone number where there is one; null when nothing is known. */
  @Nullable String address() {
    return phone != null ? phone : userId != null ? userId : parentId;
  }

  /** Adds that all these names are one person's. */
  void learn(List<Item> items) {
    String address = address();
    if (address == null) {
      return;
    }
    for (String name : new @Nullable String[] {userId, parentId}) {
      if (name != null && !name.equals(address)) {
        items.add(new Item.Named(name, address));
      }
    }
  }

  /** Adds that the person is the recipient of a message. */
  void learn(@Nullable String reference, @Nullable String messageId, List<Item> items) {
    if (phone != null) {
      learn(items);
      return;
    }
    for (String name : new @Nullable String[] {userId, parentId}) {
      if (name != null) {
        items.add(new Item.Recipient(name, reference, messageId));
      }
    }
  }
}
