package dev.carillon.simulator.meta.webhook;

import dev.carillon.simulator.meta.account.AcceptedMessage;
import dev.carillon.simulator.meta.account.GraphError;
import dev.carillon.simulator.meta.account.MessageTemplate;
import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.wire.Json;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes callbacks in the shape of API version 25: without {@code conversation}. */
public final class CallbackBodies {

  private CallbackBodies() {}

  /**
   * A status of a message.
   *
   * @param priced whether this status carries the price: {@code sent} does, and the first of
   *     delivered and read
   * @param error why it failed; null for any status but {@code failed}
   */
  public static Callback status(
      AcceptedMessage message,
      String status,
      Instant at,
      boolean priced,
      @Nullable GraphError error) {
    ObjectNode node = Json.object();
    node.put("id", message.wamid())
        .put("status", status)
        .put("timestamp", seconds(at))
        .put("recipient_id", message.waId());
    if (message.opaque() != null) {
      node.put("biz_opaque_callback_data", message.opaque());
    }
    if (priced) {
      boolean free = message.windowOpen() && !message.marketing();
      node.putObject("pricing")
          .put("billable", !free)
          .put("pricing_model", "PMP")
          .put("category", message.category())
          .put("type", free ? "free_customer_service" : "regular");
    }
    if (error != null) {
      node.putArray("errors").add(error.inStatus());
    }
    return new Callback(
        message.account(), message.wamid() + " " + status, new Callback.Status(node));
  }

  /**
   * Words that a person typed.
   *
   * @param context the message that they reply to, where the person pointed at one
   */
  public static Callback text(
      WhatsAppAccount account,
      Sender sender,
      String wamid,
      Instant at,
      String text,
      @Nullable String context) {
    ObjectNode node = incoming(account, sender, wamid, at, "text", context);
    node.putObject("text").put("body", text);
    return message(account, sender, node, wamid);
  }

  /** A press of a template's quick-reply button, which always says of which message. */
  public static Callback button(
      WhatsAppAccount account,
      Sender sender,
      String wamid,
      Instant at,
      String text,
      String payload,
      String context) {
    ObjectNode node = incoming(account, sender, wamid, at, "button", context);
    node.putObject("button").put("payload", payload).put("text", text);
    return message(account, sender, node, wamid);
  }

  /** A person's opt-out of marketing messages, set in WhatsApp itself. */
  public static Callback stopPreference(WhatsAppAccount account, Sender sender, Instant at) {
    ObjectNode value = Json.object();
    value.put("messaging_product", "whatsapp");
    value
        .putObject("metadata")
        .put("display_phone_number", account.displayNumber())
        .put("phone_number_id", account.phoneNumberId());
    value.putArray("contacts").add(contact(sender));
    value
        .putArray("user_preferences")
        .addObject()
        .put("wa_id", sender.waId())
        .put("detail", "User requested to stop marketing messages")
        .put("category", "marketing_messages")
        .put("value", "stop")
        .put("timestamp", at.getEpochSecond());
    return new Callback(
        account,
        "preference " + sender.waId() + " " + at,
        new Callback.Other("user_preferences", value));
  }

  /** A change of a template's status. */
  public static Callback templateStatus(
      WhatsAppAccount account, MessageTemplate template, Instant at) {
    ObjectNode value = Json.object();
    value
        .put("event", template.status())
        .put("message_template_id", Long.parseLong(template.id()))
        .put("message_template_name", template.name())
        .put("message_template_language", template.language())
        .put("reason", "NONE");
    return new Callback(
        account,
        "template " + template.id() + " " + template.status() + " " + at,
        new Callback.Other("message_template_status_update", value));
  }

  /** Who wrote. */
  public record Sender(String waId, String profileName) {}

  private static Callback message(
      WhatsAppAccount account, Sender sender, ObjectNode node, String wamid) {
    return new Callback(account, wamid, new Callback.Message(node, Optional.of(contact(sender))));
  }

  private static ObjectNode incoming(
      WhatsAppAccount account,
      Sender sender,
      String wamid,
      Instant at,
      String type,
      @Nullable String context) {
    ObjectNode node = Json.object();
    if (context != null) {
      node.putObject("context").put("from", account.displayNumber()).put("id", context);
    }
    return node.put("from", sender.waId())
        .put("id", wamid)
        .put("timestamp", seconds(at))
        .put("type", type);
  }

  private static ObjectNode contact(Sender sender) {
    ObjectNode contact = Json.object();
    contact.putObject("profile").put("name", sender.profileName());
    return contact.put("wa_id", sender.waId());
  }

  private static String seconds(Instant at) {
    return Long.toString(at.getEpochSecond());
  }
}
