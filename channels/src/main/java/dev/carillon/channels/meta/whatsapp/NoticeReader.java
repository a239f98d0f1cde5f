package dev.carillon.channels.meta.whatsapp;

import static dev.carillon.channels.support.json.ScalarText.text;

import dev.carillon.channels.meta.graph.GraphErrorReader;
import dev.carillon.channels.support.errors.ErrorCodes;
import dev.carillon.channels.support.json.ScalarText;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a change has besides statuses and messages: account notices and consent changes. */
final class NoticeReader {

  /** Parts of a change of messages without meaning by themselves. */
  private static final Set<String> ACCOMPANYING =
      Set.of("messaging_product", "contacts", "statuses", "messages");

  /** Changes that are account notices. */
  private static final Set<String> NEWS =
      Set.of(
          "message_template_status_update",
          "message_template_quality_update",
          "message_template_components_update",
          "template_category_update",
          "template_correct_category_detection",
          "phone_number_quality_update",
          "phone_number_name_update",
          "account_update",
          "account_alerts",
          "account_review_update",
          "account_settings_update",
          "business_capability_update",
          "business_status_update",
          "security");

  /** A change of ids, as its own field or beside others. */
  private static final String IDS = "user_id_update";

  private static final Set<String> WISHES = Set.of("stop", "resume");

  private NoticeReader() {}

  /**
   * Adds what the rest of a change says.
   *
   * @param field what the change is about; null when it does not say
   * @param rest its value without statuses and messages
   * @return false when it is of a kind that is not known here
   */
  static boolean read(
      @Nullable String field, ObjectNode rest, Instant receivedAt, List<Item> items) {
    if (field != null && NEWS.contains(field)) {
      items.add(new Item.Notice(field, sentence(rest)));
      return true;
    }
    boolean understood = field == null || field.equals("messages") || field.equals(IDS);
    for (Map.Entry<String, JsonNode> part : rest.properties()) {
      switch (part.getKey()) {
        case "user_preferences" -> understood = preferences(part.getValue(), receivedAt, items);
        case IDS -> understood = updates(part.getValue(), receivedAt, items);
        case "errors" -> errors(part.getValue(), items);
        default -> understood &= ACCOMPANYING.contains(part.getKey());
      }
    }
    return understood;
  }

  private static boolean preferences(JsonNode node, Instant receivedAt, List<Item> items) {
    boolean understood = true;
    for (JsonNode one : all(node)) {
      WhatsAppUser person = WhatsAppUser.of(one);
      String address = person.address();
      String value = text(one.path("value"));
      if (address == null || value == null || !WISHES.contains(value)) {
        understood = false;
        continue;
      }
      Instant at = ProviderTime.of(text(one.path("timestamp")), receivedAt);
      person.learn(items);
      items.add(new Item.Wish(address, value.equals("resume"), at));
    }
    return understood;
  }

  private static boolean updates(JsonNode node, Instant receivedAt, List<Item> items) {
    boolean understood = true;
    for (JsonNode one : all(node)) {
      understood &= IdentityChange.readPairs(one, receivedAt, items);
    }
    return understood;
  }

  /** The elements of a list, or the node itself where it is none. */
  private static List<JsonNode> all(JsonNode node) {
    List<JsonNode> all = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(all::add);
    } else {
      all.add(node);
    }
    return all;
  }

  private static void errors(JsonNode errors, List<Item> items) {
    for (JsonNode error : errors) {
      String code = text(error.path("code"));
      String known = code == null ? ErrorCodes.UNSPECIFIED : code;
      items.add(
          new Item.Notice(
              "errors",
              known + ": " + GraphErrorReader.words(error, CloudErrors.CODES.meaning(known))));
    }
  }

  /** The parts of a notice in order: "event: PAUSED, reason: …". */
  private static String sentence(JsonNode value) {
    List<String> parts = new ArrayList<>();
    collect(value, parts);
    return ScalarText.shortened(String.join(", ", parts));
  }

  private static void collect(JsonNode value, List<String> parts) {
    for (Map.Entry<String, JsonNode> part : value.properties()) {
      JsonNode content = part.getValue();
      if (content.isObject()) {
        collect(content, parts);
      } else if (content.isValueNode() && !content.isNull()) {
        parts.add(part.getKey().replace('_', ' ') + ": " + content.asString());
      }
    }
  }
}
