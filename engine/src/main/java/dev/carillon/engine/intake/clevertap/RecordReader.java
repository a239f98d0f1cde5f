package dev.carillon.engine.intake.clevertap;

import dev.carillon.core.user.BodyPlace;
import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.PlaceholderIds;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.intake.EventIds;
import dev.carillon.engine.intake.RecordError;
import dev.carillon.engine.intake.Sender;
import dev.carillon.engine.intake.Timestamps;
import dev.carillon.engine.json.StoredJson;
import dev.carillon.engine.port.facts.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one record of an upload. All of it is read before it is judged, so that the next one can
 * follow. Made for each record.
 */
public final class RecordReader {
  private static final Set<String> SYSTEM_EVENTS =
      Set.of(
          "Notification Sent",
          "Notification Delivered",
          "Notification Viewed",
          "Notification Clicked",
          "Notification Replied",
          "Notification Failed",
          "Push Impressions",
          "Reply Sent",
          "Control Group",
          "Journey Control Group");

  private static final String ONE_IDENTITY =
      "One of identity, FBID, GPID and objectId must be given, with 1 to 1,024 characters.";

  /**
   * A part of the body: from its first byte to the one after its last.
   *
   * @param doubled whether an object in it has two members of one name
   * @param consent whether it has a consent
   */
  private record Slice(int from, int to, boolean doubled, boolean consent) {}

  private final JsonParser parser;
  private final byte[] body;
  private final Instant receivedAt;
  private final Sender sender;
  private @Nullable String type;
  private @Nullable String identity;
  private @Nullable String facebookId;
  private @Nullable String googleId;
  private @Nullable String objectId;
  private @Nullable String identityToken;
  private @Nullable String eventName;
  private @Nullable Instant at;
  private @Nullable Slice eventData;
  private @Nullable Slice profileData;
  private @Nullable RecordError problem;
  private int placeholderIds;
  private boolean tokenMissing;

  RecordReader(JsonParser parser, byte[] body, Instant receivedAt, Sender sender) {
    this.sender = sender;
    this.parser = parser;
    this.body = body;
    this.receivedAt = receivedAt;
  }

  public static int tokenStart(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  public static int tokenEnd(JsonParser parser) {
    return (int) parser.currentLocation().getByteOffset();
  }

  /** Reads the object that the parser has just begun, up to its end. */
  void read() {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      member(name, parser.nextToken());
    }
  }

  /**
   * What was read, as an entry.
   *
   * @param whole what is wrong with the record's bytes; null when nothing is
   * @throws RecordRefusedException when it is no proper record
   */
  Entry judged(@Nullable RecordError whole, EventIds ids) throws RecordRefusedException {
    if (problem != null) {
      throw new RecordRefusedException(problem);
    }
    if (whole != null) {
      throw new RecordRefusedException(whole);
    }
    Identity who = identity();
    if ("event".equals(type)) {
      return event(who, ids);
    } else if ("profile".equals(type)) {
      return profile(who);
    }
    throw new RecordRefusedException(
        RecordError.RECORD_TYPE, "The member type must be event or profile.");
  }

  private void member(String name, JsonToken value) {
    switch (name) {
      case "type" -> type = textMember(name, value, RecordError.RECORD_TYPE);
      case "identity" -> identity = identityMember(name, value);
      case "FBID" -> facebookId = identityMember(name, value);
      case "GPID" -> googleId = identityMember(name, value);
      case "objectId" -> objectId = identityMember(name, value);
      case "identityToken" -> identityToken = textMember(name, value, RecordError.IDENTITY_TOKEN);
      case "evtName" -> eventName = textMember(name, value, RecordError.EVENT_NAME);
      case "ts" -> timestamp(value);
      case "evtData" -> eventData = properties(value, RecordError.EVENT_STRUCTURE, name);
      case "profileData" -> profileData = properties(value, RecordError.MISCELLANEOUS, name);
      case "$source" -> parser.skipChildren();
      default -> {
        parser.skipChildren();
        if (problem == null) {
          note(
              RecordError.EVENT_STRUCTURE,
              "The member "
                  + shortened(name)
                  + " is not known; properties belong in evtData or profileData.");
        }
      }
    }
  }

  private void note(int code, String words) {
    if (problem == null) {
      problem = new RecordError(code, words);
    }
  }

  private @Nullable String textMember(String name, JsonToken value, int code) {
    if (value == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    note(code, "The member " + name + " must be text.");
    return null;
  }

  private @Nullable String identityMember(String name, JsonToken value) {
    if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
      return parser.getString();
    }
    parser.skipChildren();
    if (value != JsonToken.VALUE_NULL) {
      note(RecordError.IDENTITY, "The member " + name + " must be text or a whole number.");
    }
    return null;
  }

  private void timestamp(JsonToken value) {
    at = null;
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    if (value == JsonToken.VALUE_NUMBER_INT) {
      try {
        at = Timestamps.ofEpochSeconds(parser.getLongValue(), receivedAt).orElse(null);
      } catch (JacksonException tooLarge) {
        at = null;
      }
    }
    if (at == null) {
      parser.skipChildren();
      note(
          RecordError.TIMESTAMP,
          "The member ts must be whole seconds since 1970, not milliseconds, after 2000 and at"
              + " most a year ahead.");
    }
  }

  /** Checks an object of properties; answers where it stands in the body. */
  private @Nullable Slice properties(JsonToken value, int code, String member) {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      note(code, "The member " + member + " must be an object of properties.");
      return null;
    }
    int from = tokenStart(parser);
    PropertiesCheck check = PropertiesCheck.of(parser, code);
    if (problem == null) {
      problem = check.problem();
    }
    return new Slice(from, tokenEnd(parser), check.isDoubled(), check.hasConsent());
  }

  private Identity identity() throws RecordRefusedException {
    Identity who = first(Identity.Kind.USER, identity);
    who = who == null ? first(Identity.Kind.FACEBOOK, facebookId) : who;
    who = who == null ? first(Identity.Kind.GOOGLE, googleId) : who;
    who = who == null ? first(Identity.Kind.OBJECT, objectId) : who;
    if (who == null && placeholderIds > 0) {
      throw new RecordRefusedException(
          RecordError.IDENTITY,
          "The identity is a placeholder such as null or undefined, which programs write when they"
              + " have none, so it is not clear whose record this is.");
    }
    if (who == null) {
      throw new RecordRefusedException(RecordError.IDENTITY, ONE_IDENTITY);
    }
    if (sender.maySpeakFor(who, identityToken, receivedAt)) {
      return who;
    }
    tokenMissing = true;
    Identity visitor = first(Identity.Kind.OBJECT, objectId);
    if (visitor == null) {
      throw new RecordRefusedException(RecordError.tokenNeeded());
    }
    return visitor;
  }

  /** The identity that a member names; null when it is missing or a placeholder. */
  private @Nullable Identity first(Identity.Kind kind, @Nullable String value)
      throws RecordRefusedException {
    if (value == null) {
      return null;
    }
    if (PlaceholderIds.contains(value)) {
      placeholderIds++;
      return null;
    }
    if (value.isBlank() || value.length() > Identity.LONGEST) {
      throw new RecordRefusedException(RecordError.IDENTITY, ONE_IDENTITY);
    }
    return new Identity(kind, value);
  }

  /** How many of the record's identities were placeholders. */
  int placeholderIds() {
    return placeholderIds;
  }

  /** Whether the record lacked the identity token that it needed. */
  boolean isTokenMissing() {
    return tokenMissing;
  }

  private Entry event(Identity who, EventIds ids) throws RecordRefusedException {
    String name = eventName;
    if (name == null || name.isBlank() || name.length() > DataLimits.EVENT_NAME_CHARACTERS) {
      throw new RecordRefusedException(
          RecordError.EVENT_NAME,
          "The member evtName must be given, with 1 to "
              + DataLimits.EVENT_NAME_CHARACTERS
              + " characters.");
    }
    if (SYSTEM_EVENTS.contains(name)) {
      throw new RecordRefusedException(
          RecordError.RESTRICTED_EVENT, "The event " + name + " is raised by Carillon alone.");
    }
    if (profileData != null) {
      throw new RecordRefusedException(
          RecordError.EVENT_STRUCTURE, "An event has evtData, not profileData.");
    }
    Slice data = eventData;
    long id =
        at == null
            ? EventIds.unique()
            : ids.ofContent(
                who,
                name,
                at.toEpochMilli(),
                body,
                data == null ? 0 : data.from,
                data == null ? 0 : data.to);
    return new Entry.OfEvent(
        new UserEvent(
            who,
            who.key(),
            name,
            data == null ? "{}" : text(data),
            id,
            at == null ? receivedAt : at,
            receivedAt,
            sender.trusted()));
  }

  private Entry profile(Identity who) throws RecordRefusedException {
    Slice data = profileData;
    if (data == null || eventData != null || eventName != null) {
      throw new RecordRefusedException(
          RecordError.MISCELLANEOUS,
          "A profile needs profileData, an object of properties, and has no event's members.");
    }
    if (data.consent && !sender.trusted()) {
      throw new RecordRefusedException(RecordError.consentNotAllowed());
    }
    return new Entry.OfProfile(
        new ProfileChange(
            who,
            who.key(),
            text(data),
            at == null ? receivedAt : at,
            receivedAt,
            BodyPlace.UNKNOWN,
            sender.trusted()));
  }

  /** The properties as they came; of members with one name, which readers differ on, the last. */
  private String text(Slice slice) {
    String text = new String(body, slice.from, slice.to - slice.from, StandardCharsets.UTF_8);
    return slice.doubled ? StoredJson.object(text).toString() : text;
  }

  private static String shortened(String name) {
    return name.length() > 60 ? name.substring(0, 60) + "..." : name;
  }
}
