package dev.carillon.simulator.meta.webhook;

import dev.carillon.simulator.meta.account.WhatsAppAccount;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One notification to the subscribers of an account.
 *
 * @param key names it for seeded draws; different for different callbacks
 * @param content what it says
 */
public record Callback(WhatsAppAccount account, String key, Content content) {

  /** What a callback is about. */
  sealed interface Content {}

  /** One status of one message. */
  record Status(ObjectNode status) implements Content {}

  /** What a person wrote, and who the person is. */
  record Message(ObjectNode message, Optional<ObjectNode> contact) implements Content {}

  /** A whole {@code value} under another field than {@code messages}. */
  record Other(String field, ObjectNode value) implements Content {}
}
