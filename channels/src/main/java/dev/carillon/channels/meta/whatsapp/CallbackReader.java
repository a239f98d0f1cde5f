package dev.carillon.channels.meta.whatsapp;

import dev.carillon.channels.meta.graph.GraphErrorReader;
import dev.carillon.channels.support.errors.ErrorCodes;
import dev.carillon.channels.support.json.ScalarText;
import dev.carillon.core.message.FactKind;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.ErrorMeaning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Understands the body of an authentic callback: entries of changes, each with statuses, incoming
 * messages, or account notices. Statuses are the mass of it and are read as a stream. A body that
 * breaks off or is no JSON yields nothing at all; a single item that makes no sense is counted and
 * the rest is kept.
 */
final class CallbackReader {

  /** Reads trees out of the middle of a stream. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final String OBJECT = "whatsapp_business_account";
  private static final String MESSAGES = "messages";
  private static final String STATUSES = "statuses";
  private static final String CONTACTS = "contacts";

  private final String number;

  /**
   * @param number the provider's id of the connection's own phone number
   */
  CallbackReader(String number) {
    this.number = number;
  }

  CallbackAnswer.Received read(byte[] body, Instant receivedAt) {
    Reading reading = new Reading(receivedAt);
    try (JsonParser parser = JSON.createParser(body)) {
      reading.document(parser);
      return new CallbackAnswer.Received(reading.items, reading.notUnderstood, reading.elsewhere);
    } catch (JacksonException e) {
      return new CallbackAnswer.Received(List.of(), 1);
    }
  }

  private interface Part {
    void read(JsonParser parser);
  }

  /** One body on its way from bytes to items. */
  private final class Reading {
    private final Instant receivedAt;
    private final List<Item> items = new ArrayList<>();
    private final List<CallbackAnswer.Elsewhere> elsewhere = new ArrayList<>(0);
    private int notUnderstood;

    /** Which number the present change is about; null when it does not say. */
    private @Nullable String about;

    Reading(Instant receivedAt) {
      this.receivedAt = receivedAt;
    }

    void document(JsonParser parser) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        notUnderstood++;
        return;
      }
      boolean entries = false;
      boolean foreign = false;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("entry") && parser.currentToken() == JsonToken.START_ARRAY) {
          entries = true;
          each(parser, this::entry);
        } else if (name.equals("object")) {
          foreign = !OBJECT.equals(scalar(parser));
        } else {
          parser.skipChildren();
        }
      }
      if (foreign) {
        items.clear();
        elsewhere.clear();
      }
      if (foreign || !entries) {
        notUnderstood = Math.max(1, notUnderstood);
      }
    }

    private void entry(JsonParser parser) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("changes")) {
          each(parser, this::change);
        } else {
          parser.skipChildren();
        }
      }
    }

    /** A change: its field and its number may be named before or after what they explain. */
    private void change(JsonParser parser) {
      String field = null;
      about = null;
      ObjectNode rest = JSON.createObjectNode();
      int before = items.size();
      int notUnderstoodBefore = notUnderstood;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("field")) {
          field = scalar(parser);
        } else if (name.equals("value") && parser.currentToken() == JsonToken.START_OBJECT) {
          value(parser, rest);
        } else {
          parser.skipChildren();
        }
      }
      if (!NoticeReader.read(field, rest, receivedAt, items)) {
        notUnderstood++;
      }
      if (about != null && !about.equals(number)) {
        List<Item> theirs = items.subList(before, items.size());
        elsewhere.add(new CallbackAnswer.Elsewhere(about, theirs));
        theirs.clear();
        notUnderstood = notUnderstoodBefore;
      }
    }

    private void value(JsonParser parser, ObjectNode rest) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_ARRAY && name.equals(STATUSES)) {
          each(parser, this::status);
        } else if (token == JsonToken.START_ARRAY && name.equals(MESSAGES)) {
          each(parser, this::message);
        } else if (token == JsonToken.START_ARRAY && name.equals(CONTACTS)) {
          each(parser, one -> WhatsAppUser.of(JSON.readTree(one)).learn(items));
        } else if (name.equals("metadata")) {
          metadata(parser);
        } else if (name.equals("messaging_product")) {
          parser.skipChildren(); // the same in each, and no news
        } else {
          rest.set(name, JSON.readTree(parser));
        }
      }
    }

    private void metadata(JsonParser parser) {
      about = null;
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean number = parser.currentName().equals("phone_number_id");
        parser.nextToken();
        if (number) {
          about = scalar(parser);
        } else {
          parser.skipChildren();
        }
      }
    }

    private void message(JsonParser parser) {
      if (!IncomingReader.read(JSON.readTree(parser), receivedAt, items)) {
        notUnderstood++;
      }
    }

    private void status(JsonParser parser) {
      String id = null;
      String status = null;
      String timestamp = null;
      String phone = null;
      String userId = null;
      String parentId = null;
      boolean group = false;
      String reference = null;
      JsonNode errors = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "id" -> id = scalar(parser);
          case "status" -> status = scalar(parser);
          case "timestamp" -> timestamp = scalar(parser);
          case "recipient_id" -> phone = scalar(parser);
          case "recipient_user_id" -> userId = scalar(parser);
          case "recipient_parent_user_id", "parent_recipient_user_id" -> parentId = scalar(parser);
          case "recipient_type" -> group = "group".equals(scalar(parser));
          case "biz_opaque_callback_data" -> reference = scalar(parser);
          case "errors" -> errors = JSON.readTree(parser);
          default -> parser.skipChildren();
        }
      }
      FactKind kind = kind(status);
      if (kind == null || (id == null && reference == null)) {
        notUnderstood++;
        return;
      }
      Instant at = ProviderTime.of(timestamp, receivedAt);
      WhatsAppUser recipient = new WhatsAppUser(phone, userId, parentId);
      if (!group) {
        recipient.learn(reference, id, items);
      }
      if (kind != FactKind.RECEIPT_FAILED) {
        items.add(new Item.Status(reference, id, kind, null, null, null, at));
        return;
      }
      failed(reference, id, recipient.address(), errors, at);
    }

    private void failed(
        @Nullable String reference,
        @Nullable String id,
        @Nullable String recipient,
        @Nullable JsonNode errors,
        Instant at) {
      JsonNode error = errors == null ? JSON.missingNode() : errors.path(0);
      String code = ScalarText.text(error.path("code"));
      if (code == null) {
        code = ErrorCodes.UNSPECIFIED;
      }
      ErrorMeaning meaning = CloudErrors.CODES.meaning(code);
      String text = GraphErrorReader.words(error, meaning);
      items.add(new Item.Status(reference, id, FactKind.RECEIPT_FAILED, code, null, text, at));
      if (meaning.reaction() == ErrorMeaning.Reaction.UNSUBSCRIBE && recipient != null) {
        items.add(new Item.Wish(recipient, false, at));
      }
    }

    private void each(JsonParser parser, Part part) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
          part.read(parser);
        } else {
          parser.skipChildren();
          notUnderstood++;
        }
      }
    }
  }

  private static @Nullable FactKind kind(@Nullable String status) {
    return switch (status) {
      case "sent" -> FactKind.RECEIPT_SENT;
      case "delivered" -> FactKind.RECEIPT_DELIVERED;
      case "read", "played" -> FactKind.VIEWED;
      case "failed" -> FactKind.RECEIPT_FAILED;
      case null, default -> null;
    };
  }

  /** Text or a whole number as text; null for anything else, which is passed over. */
  private static @Nullable String scalar(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getString().isEmpty() ? null : parser.getString();
      case VALUE_NUMBER_INT -> parser.getString();
      case null, default -> {
        parser.skipChildren();
        yield null;
      }
    };
  }
}
