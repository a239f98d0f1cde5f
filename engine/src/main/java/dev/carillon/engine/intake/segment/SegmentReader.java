package dev.carillon.engine.intake.segment;

import dev.carillon.core.user.BodyPlace;
import dev.carillon.core.user.ConsentProperty;
import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.PlaceholderIds;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.intake.BodyName;
import dev.carillon.engine.intake.DeviceClock;
import dev.carillon.engine.intake.EventIds;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.RecordError;
import dev.carillon.engine.intake.Sender;
import dev.carillon.engine.intake.Timestamps;
import dev.carillon.engine.intake.Upload;
import dev.carillon.engine.intake.clevertap.JsonBody;
import dev.carillon.engine.intake.clevertap.PropertiesCheck;
import dev.carillon.engine.intake.clevertap.RecordEcho;
import dev.carillon.engine.intake.clevertap.RecordReader;
import dev.carillon.engine.intake.clevertap.RecordRefusedException;
import dev.carillon.engine.port.facts.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of Segment's HTTP API. Thread-safe. */
public final class SegmentReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonBody.JSON)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Traits that Segment writes in lower case and Carillon knows by a reserved name. */
  private static final Map<String, String> RESERVED =
      Map.of("name", "Name", "email", "Email", "phone", "Phone");

  private final Sender sender;

  /**
   * @param sender whose bodies it reads
   */
  public SegmentReader(Sender sender) {
    this.sender = sender;
  }

  /**
   * Reads a whole body.
   *
   * @param type identify, track, alias, page, screen or group; null for a batch, whose messages say
   *     it themselves
   * @param body UTF-8 JSON
   * @param receivedAt when it came
   * @throws MalformedBodyException when it is not JSON of this format or has too many messages
   */
  public Upload read(@Nullable String type, byte[] body, Instant receivedAt)
      throws MalformedBodyException {
    JsonBody text = JsonBody.of(body);
    try (JsonParser parser = JsonBody.JSON.createParser(ObjectReadContext.empty(), text.bytes())) {
      return new Reading(parser, text, receivedAt, sender).read(type);
    } catch (JacksonException malformed) {
      throw JsonBody.refused(malformed);
    }
  }

  /** Reads a body message by message: only one of them is in memory as a tree. */
  private static final class Reading {
    private final JsonParser parser;
    private final JsonBody body;
    private final Instant receivedAt;
    private final RecordEcho echo;
    private final EventIds ids = new EventIds();
    private final BodyName name = new BodyName();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Upload.Refused> refused = new ArrayList<>();
    private final DeviceClock clock;
    private final Sender sender;
    private @Nullable Instant sentAt;
    private int processed;
    private int messages;
    private int placeholderIds;
    private int tokensMissing;

    Reading(JsonParser parser, JsonBody body, Instant receivedAt, Sender sender) {
      this.sender = sender;
      this.parser = parser;
      this.body = body;
      this.receivedAt = receivedAt;
      this.echo = new RecordEcho(body.bytes());
      this.clock = new DeviceClock(receivedAt);
    }

    Upload read(@Nullable String type) throws MalformedBodyException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedBodyException("The body must be an object.");
      }
      int from = RecordReader.tokenStart(parser);
      List<Slice> batch = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (type == null && name.equals("batch") && value == JsonToken.START_ARRAY) {
          batch = batch();
        } else if (name.equals("sentAt") && value == JsonToken.VALUE_STRING) {
          sentAt = Timestamps.ofText(parser.getString()).orElse(null);
        } else {
          parser.skipChildren();
        }
      }
      int to = RecordReader.tokenEnd(parser);
      if (parser.nextToken() != null) {
        throw new MalformedBodyException("Something follows after the end of the body.");
      }
      if (type != null) {
        message(type, from, to);
      } else if (batch == null) {
        throw new MalformedBodyException("The member batch, the list of messages, is missing.");
      } else {
        batch.forEach(one -> message(null, one.from(), one.to()));
      }
      return new Upload(placed(), processed, refused, placeholderIds, tokensMissing);
    }

    /** The entries with the body's name, which is known when all of it was read. */
    private List<Entry> placed() {
      long body = name.value();
      List<Entry> placed = new ArrayList<>(entries.size());
      for (Entry entry : entries) {
        placed.add(
            entry instanceof Entry.OfProfile(ProfileChange change)
                ? new Entry.OfProfile(change.saidAt(new BodyPlace(body, change.place().position())))
                : entry);
      }
      return placed;
    }

    /** A message's bytes in the body. */
    private record Slice(int from, int to) {}

    /** Finds the messages; they are read when all that is said of them together is known. */
    private List<Slice> batch() throws MalformedBodyException {
      List<Slice> slices = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (slices.size() == DataLimits.RECORDS) {
          throw new MalformedBodyException(
              "At most 1,000 messages are taken at once; send the rest in another request.");
        }
        int from = RecordReader.tokenStart(parser);
        parser.skipChildren();
        parser.finishToken();
        slices.add(new Slice(from, RecordReader.tokenEnd(parser)));
      }
      return slices;
    }

    /**
     * @param type null when the message says it itself
     */
    private void message(@Nullable String type, int from, int to) {
      int index = messages++;
      int before = entries.size();
      try {
        RecordError problem = body.problem(from, to);
        if (problem != null) {
          throw new RecordRefusedException(problem);
        }
        JsonNode message = MAPPER.readTree(body.bytes(), from, to - from);
        addToName(message, from, to);
        if (!message.isObject()) {
          throw new RecordRefusedException(RecordError.RECORD_TYPE, "A message is an object.");
        }
        take(type == null ? typeOf(message) : type, message);
        processed++;
      } catch (RecordRefusedException refusal) {
        entries.subList(before, entries.size()).clear();
        refused.add(new Upload.Refused(index, refusal.error(), echo.of(from, to)));
      }
    }

    /**
     * Libraries that send a body again write another {@code sentAt} into it and keep the messages'
     * ids.
     */
    private void addToName(JsonNode message, int from, int to) {
      String id = message.isObject() ? textOf(message, "messageId") : null;
      if (id == null) {
        name.add(body.bytes(), from, to);
      } else {
        byte[] bytes = (id + "\n").getBytes(StandardCharsets.UTF_8);
        name.add(bytes, 0, bytes.length);
      }
    }

    private static String typeOf(JsonNode message) {
      JsonNode type = message.get("type");
      return type != null && type.isString() ? type.stringValue() : "";
    }

    private void take(String type, JsonNode message) throws RecordRefusedException {
      placeholderIds += Ids.placeholders(message);
      switch (type) {
        case "identify" -> identify(message);
        case "track" -> event(message, name(message, "event"), null);
        case "page" -> event(message, "Page Viewed", textOf(message, "name"));
        case "screen" -> event(message, "Screen Viewed", textOf(message, "name"));
        case "alias" -> alias(message);
        // Groups of users have no place here; the message is taken and says nothing of a user.
        case "group" -> ids(message).who();
        default ->
            throw new RecordRefusedException(
                RecordError.RECORD_TYPE,
                "The type must be identify, track, page, screen, alias or group.");
      }
    }

    private void identify(JsonNode message) throws RecordRefusedException {
      Ids ids = ids(message);
      Identity who = ids.who();
      JsonNode traits = objectOf(message, "traits");
      ObjectNode properties = MAPPER.createObjectNode();
      for (var trait : traits.properties()) {
        if (!sender.trusted() && ConsentProperty.is(trait.getKey())) {
          throw new RecordRefusedException(RecordError.consentNotAllowed());
        }
        properties.set(trait.getKey(), trait.getValue());
        String reserved = RESERVED.get(trait.getKey());
        if (reserved != null && !traits.has(reserved)) {
          properties.set(reserved, trait.getValue());
        }
      }
      entries.add(
          new Entry.OfProfile(
              new ProfileChange(
                  who,
                  who.key(),
                  checked(properties),
                  timestamp(message),
                  receivedAt,
                  new BodyPlace(0, messages - 1),
                  sender.trusted())));
      String anonymous = ids.anonymous();
      if (who.kind() == Identity.Kind.USER
          && anonymous != null
          && anonymous.length() <= Identity.LONGEST) {
        link(Identity.anonymous(anonymous), who);
      }
    }

    private void alias(JsonNode message) throws RecordRefusedException {
      String previous = textOf(message, "previousId");
      String user = textOf(message, "userId");
      if (previous == null
          || user == null
          || previous.length() > Identity.LONGEST
          || user.length() > Identity.LONGEST) {
        throw new RecordRefusedException(
            RecordError.IDENTITY, "An alias needs previousId and userId.");
      }
      if (PlaceholderIds.contains(previous) || PlaceholderIds.contains(user)) {
        return;
      }
      Identity known = Identity.user(user);
      if (!sender.maySpeakFor(known, token(message), receivedAt)) {
        tokensMissing++;
        return;
      }
      // Of two persons, a key that everybody can copy makes no one.
      if (sender.trusted() && !previous.equals(user)) {
        link(Identity.user(previous), known);
      }
      link(Identity.anonymous(previous), known);
    }

    private void link(Identity from, Identity to) {
      entries.add(new Entry.OfLink(new IdentityLink(from, to, receivedAt, sender.trusted())));
    }

    private void event(JsonNode message, String event, @Nullable String pageName)
        throws RecordRefusedException {
      Identity who = ids(message).who();
      ObjectNode properties = MAPPER.createObjectNode();
      if (pageName != null) {
        properties.put("name", pageName);
      }
      for (var property : objectOf(message, "properties").properties()) {
        properties.set(property.getKey(), property.getValue());
      }
      String messageId = textOf(message, "messageId");
      entries.add(
          new Entry.OfEvent(
              new UserEvent(
                  who,
                  who.key(),
                  event,
                  checked(properties),
                  messageId == null ? EventIds.unique() : ids.ofMessage(messageId),
                  timestamp(message),
                  receivedAt,
                  sender.trusted())));
    }

    /** Whose message it is; of a person only when the sender may speak for them. */
    private Ids ids(JsonNode message) throws RecordRefusedException {
      Ids ids = Ids.of(message);
      if (ids.user() == null || sender.maySpeakFor(ids.who(), token(message), receivedAt)) {
        return ids;
      }
      tokensMissing++;
      if (ids.anonymous() == null) {
        throw new RecordRefusedException(RecordError.tokenNeeded());
      }
      return new Ids(null, ids.anonymous());
    }

    /** The identity token, in the message or, as libraries let apps say it, in its context. */
    private static @Nullable String token(JsonNode message) {
      String token = textOf(message, "identityToken");
      JsonNode context = message.get("context");
      return token == null && context != null && context.isObject()
          ? textOf(context, "identityToken")
          : token;
    }

    private static String name(JsonNode message, String member) throws RecordRefusedException {
      String name = textOf(message, member);
      if (name == null || name.length() > DataLimits.EVENT_NAME_CHARACTERS) {
        throw new RecordRefusedException(
            RecordError.EVENT_NAME, "The member " + member + " must be given.");
      }
      return name;
    }

    /** The properties as text, when they are within the limits. */
    private static String checked(ObjectNode properties) throws RecordRefusedException {
      String text = properties.toString();
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      try (JsonParser parser = JsonBody.JSON.createParser(ObjectReadContext.empty(), bytes)) {
        parser.nextToken();
        RecordError problem = PropertiesCheck.of(parser, RecordError.EVENT_STRUCTURE).problem();
        if (problem != null) {
          throw new RecordRefusedException(problem);
        }
      }
      return text;
    }

    private Instant timestamp(JsonNode message) throws RecordRefusedException {
      JsonNode value = message.get("timestamp");
      if (value == null || value.isNull()) {
        value = message.get("originalTimestamp");
      }
      if (value == null || value.isNull()) {
        return receivedAt;
      }
      return Timestamps.ofText(value.isString() ? value.stringValue() : "")
          .map(said -> clock.corrected(said, sentAt(message)))
          .filter(at -> Timestamps.plausible(at, receivedAt))
          .orElseThrow(
              () ->
                  new RecordRefusedException(
                      RecordError.TIMESTAMP,
                      "The timestamp must be ISO 8601, after 2000 and at most a year ahead."));
    }

    private @Nullable Instant sentAt(JsonNode message) {
      JsonNode own = message.get("sentAt");
      return own != null && own.isString()
          ? Timestamps.ofText(own.stringValue()).orElse(sentAt)
          : sentAt;
    }

    /**
     * Whose message it is. Placeholders are no ids.
     *
     * @param user null when the user has not said who they are
     * @param anonymous null when the message names no visitor
     */
    private record Ids(@Nullable String user, @Nullable String anonymous) {
      private static final List<String> MEMBERS = List.of("userId", "anonymousId", "previousId");

      static Ids of(JsonNode message) {
        return new Ids(idOf(message, "userId"), idOf(message, "anonymousId"));
      }

      static int placeholders(JsonNode message) {
        int placeholders = 0;
        for (String member : MEMBERS) {
          String id = textOf(message, member);
          placeholders += id != null && PlaceholderIds.contains(id) ? 1 : 0;
        }
        return placeholders;
      }

      private static @Nullable String idOf(JsonNode message, String member) {
        String id = textOf(message, member);
        return id == null || PlaceholderIds.contains(id) ? null : id;
      }

      Identity who() throws RecordRefusedException {
        String value = user == null ? anonymous : user;
        if (value == null || value.length() > Identity.LONGEST) {
          throw new RecordRefusedException(
              RecordError.IDENTITY,
              "One of userId and anonymousId must be given, and be no placeholder such as null.");
        }
        return user == null ? Identity.anonymous(value) : Identity.user(value);
      }
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
