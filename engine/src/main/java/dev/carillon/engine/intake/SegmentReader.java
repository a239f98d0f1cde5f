package dev.carillon.engine.intake;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of Segment's HTTP API. Thread-safe. */
public final class SegmentReader {
  private static final JsonMapper MAPPER = JsonMapper.builder(UploadReader.JSON).build();

  /** Traits that Segment writes in lower case and Carillon knows by a reserved name. */
  private static final Map<String, String> RESERVED =
      Map.of("name", "Name", "email", "Email", "phone", "Phone");

  /**
   * Reads a whole body.
   *
   * @param type identify, track, alias, page, screen or group; null for a batch, whose messages say
   *     it themselves
   * @param body UTF-8 JSON
   * @param receivedAt when it came
   * @throws MalformedBodyException when it is not JSON of this format or has too many messages
   */
  public Batch read(@Nullable String type, byte[] body, Instant receivedAt)
      throws MalformedBodyException {
    JsonNode root;
    try {
      root = MAPPER.readTree(body);
    } catch (JacksonException malformed) {
      throw new MalformedBodyException(
          "The body is not valid JSON: " + UploadReader.where(malformed));
    }
    if (root == null || !root.isObject()) {
      throw new MalformedBodyException("The body must be an object.");
    }
    JsonNode key = root.get("writeKey");
    String writeKey = key != null && key.isString() ? key.stringValue() : null;
    Reading reading = new Reading(receivedAt);
    if (type != null) {
      reading.message(0, type, root);
    } else {
      batch(root, reading);
    }
    return new Batch(writeKey, new Upload(reading.entries, reading.processed, reading.refused));
  }

  private static void batch(JsonNode root, Reading reading) throws MalformedBodyException {
    JsonNode messages = root.get("batch");
    if (messages == null || !messages.isArray()) {
      throw new MalformedBodyException("The member batch, the list of messages, is missing.");
    }
    if (messages.size() > UploadReader.MAX_RECORDS) {
      throw new MalformedBodyException(
          "At most 1,000 messages are taken at once; send the rest in another request.");
    }
    int index = 0;
    for (JsonNode message : messages) {
      JsonNode type = message.get("type");
      reading.message(index++, type != null && type.isString() ? type.stringValue() : "", message);
    }
  }

  /**
   * A body as it was understood.
   *
   * @param writeKey the key that stands in the body; null when none does
   */
  public record Batch(@Nullable String writeKey, Upload upload) {}

  private static final class Reading {
    private final Instant receivedAt;
    private final EventIds ids = new EventIds();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Upload.Refused> refused = new ArrayList<>();
    private int processed;

    Reading(Instant receivedAt) {
      this.receivedAt = receivedAt;
    }

    void message(int index, String type, JsonNode message) {
      try {
        if (!message.isObject()) {
          throw new RecordRefusedException(RecordError.RECORD_TYPE, "A message is an object.");
        }
        take(type, message);
        processed++;
      } catch (RecordRefusedException problem) {
        refused.add(new Upload.Refused(index, problem.error(), message.toString()));
      }
    }

    private void take(String type, JsonNode message) throws RecordRefusedException {
      switch (type) {
        case "identify" -> identify(message);
        case "track" -> event(message, name(message, "event"), null);
        case "page" -> event(message, "Page Viewed", textOf(message, "name"));
        case "screen" -> event(message, "Screen Viewed", textOf(message, "name"));
        case "alias" -> alias(message);
        // Groups of users have no place here; the message is taken and says nothing of a user.
        case "group" -> who(message);
        default ->
            throw new RecordRefusedException(
                RecordError.RECORD_TYPE,
                "The type must be identify, track, page, screen, alias or group.");
      }
    }

    private void identify(JsonNode message) throws RecordRefusedException {
      Identity who = who(message);
      JsonNode traits = objectOf(message, "traits");
      ObjectNode properties = MAPPER.createObjectNode();
      for (var trait : traits.properties()) {
        properties.set(trait.getKey(), trait.getValue());
        String reserved = RESERVED.get(trait.getKey());
        if (reserved != null && !traits.has(reserved)) {
          properties.set(reserved, trait.getValue());
        }
      }
      checkProperties(properties);
      entries.add(
          new Entry.OfProfile(
              new ProfileChange(
                  who, who.key(), properties.toString(), timestamp(message), receivedAt)));
      String anonymous = textOf(message, "anonymousId");
      if (who.kind() == Identity.Kind.USER && anonymous != null && anonymous.length() <= 1024) {
        link(Identity.anonymous(anonymous), who);
      }
    }

    private void alias(JsonNode message) throws RecordRefusedException {
      String previous = textOf(message, "previousId");
      String user = textOf(message, "userId");
      if (previous == null || user == null || previous.length() > 1024 || user.length() > 1024) {
        throw new RecordRefusedException(
            RecordError.IDENTITY, "An alias needs previousId and userId.");
      }
      if (!previous.equals(user)) {
        link(Identity.user(previous), Identity.user(user));
      }
      link(Identity.anonymous(previous), Identity.user(user));
    }

    private void link(Identity from, Identity to) {
      entries.add(new Entry.OfLink(new IdentityLink(from, to, receivedAt)));
    }

    private void event(JsonNode message, String event, @Nullable String pageName)
        throws RecordRefusedException {
      Identity who = who(message);
      ObjectNode properties = MAPPER.createObjectNode();
      if (pageName != null) {
        properties.put("name", pageName);
      }
      for (var property : objectOf(message, "properties").properties()) {
        properties.set(property.getKey(), property.getValue());
      }
      checkProperties(properties);
      String messageId = textOf(message, "messageId");
      entries.add(
          new Entry.OfEvent(
              new UserEvent(
                  who,
                  who.key(),
                  event,
                  properties.toString(),
                  messageId == null ? EventIds.unique() : ids.ofMessage(messageId),
                  timestamp(message),
                  receivedAt)));
    }

    private static String name(JsonNode message, String member) throws RecordRefusedException {
      String name = textOf(message, member);
      if (name == null || name.length() > UploadReader.MAX_EVENT_NAME_LENGTH) {
        throw new RecordRefusedException(
            RecordError.EVENT_NAME, "The member " + member + " must be given.");
      }
      return name;
    }

    private static void checkProperties(ObjectNode properties) throws RecordRefusedException {
      if (properties.size() > UploadReader.MAX_PROPERTIES) {
        throw new RecordRefusedException(
            RecordError.TOO_MANY_PROPERTIES,
            "A message has at most " + UploadReader.MAX_PROPERTIES + " properties.");
      }
      for (var property : properties.properties()) {
        int length = property.getKey().length();
        if (length == 0 || length > UploadReader.MAX_NAME_LENGTH) {
          throw new RecordRefusedException(
              RecordError.EVENT_STRUCTURE,
              "A property's name has 1 to " + UploadReader.MAX_NAME_LENGTH + " characters.");
        }
      }
    }

    private static Identity who(JsonNode message) throws RecordRefusedException {
      String user = textOf(message, "userId");
      String anonymous = textOf(message, "anonymousId");
      String value = user == null ? anonymous : user;
      if (value == null || value.length() > 1024) {
        throw new RecordRefusedException(
            RecordError.IDENTITY, "One of userId and anonymousId must be given.");
      }
      return user == null ? Identity.anonymous(value) : Identity.user(value);
    }

    private Instant timestamp(JsonNode message) throws RecordRefusedException {
      JsonNode value = message.get("timestamp");
      if (value == null || value.isNull()) {
        return receivedAt;
      }
      return Timestamps.ofText(value.isString() ? value.stringValue() : "", receivedAt)
          .orElseThrow(
              () ->
                  new RecordRefusedException(
                      RecordError.TIMESTAMP,
                      "The timestamp must be ISO 8601, after 2000 and at most a year ahead."));
    }

    private static @Nullable String textOf(JsonNode message, String member) {
      JsonNode value = message.get(member);
      if (value == null) {
        return null;
      }
      String text =
          value.isString() ? value.stringValue() : value.isNumber() ? value.toString() : "";
      return text.isBlank() ? null : text;
    }

    private static ObjectNode objectOf(JsonNode message, String member)
        throws RecordRefusedException {
      JsonNode value = message.get(member);
      if (value == null || value.isNull()) {
        return MAPPER.createObjectNode();
      }
      if (value instanceof ObjectNode object) {
        return object;
      }
      throw new RecordRefusedException(
          RecordError.EVENT_STRUCTURE, "The member " + member + " must be an object.");
    }
  }
}
