package dev.carillon.simulator.meta.webhook;

import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.wire.Json;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Packs callbacks into the body of one post. Statuses mostly share a change, but receivers may not
 * count on it: some get a separate change or entry.
 */
final class Envelope {

  private final RandomGenerator draws;
  private final ObjectNode root = Json.object();
  private final ArrayNode entries;
  private @Nullable ArrayNode changes;
  private @Nullable ArrayNode statuses;
  private @Nullable WhatsAppAccount account;

  private Envelope(RandomGenerator draws) {
    this.draws = draws;
    root.put("object", "whatsapp_business_account");
    this.entries = root.putArray("entry");
  }

  /** The body for {@code callbacks}, in this order; {@code draws} decides how it is split up. */
  static ObjectNode of(List<Callback> callbacks, RandomGenerator draws) {
    Envelope envelope = new Envelope(draws);
    callbacks.forEach(envelope::add);
    return envelope.root;
  }

  private void add(Callback callback) {
    if (changes == null || !callback.account().equals(account) || draws.nextInt(12) == 0) {
      account = callback.account();
      ObjectNode entry = entries.addObject().put("id", callback.account().businessAccountId());
      changes = entry.putArray("changes");
      statuses = null;
    }
    switch (callback.content()) {
      case Callback.Status(ObjectNode status) -> {
        if (statuses == null || draws.nextInt(6) == 0) {
          statuses = messagesValue(callback.account(), changes).putArray("statuses");
        }
        statuses.add(status);
      }
      case Callback.Message(var message, var contact) -> {
        ObjectNode value = messagesValue(callback.account(), changes);
        contact.ifPresent(node -> value.putArray("contacts").add(node));
        value.putArray("messages").add(message);
        statuses = null;
      }
      case Callback.Other(String field, ObjectNode value) -> {
        changes.addObject().set("value", value).put("field", field);
        statuses = null;
      }
    }
  }

  private static ObjectNode messagesValue(WhatsAppAccount account, ArrayNode changes) {
    ObjectNode change = changes.addObject();
    ObjectNode value = change.putObject("value");
    change.put("field", "messages");
    value.put("messaging_product", "whatsapp");
    value
        .putObject("metadata")
        .put("display_phone_number", account.displayNumber())
        .put("phone_number_id", account.phoneNumberId());
    return value;
  }
}
