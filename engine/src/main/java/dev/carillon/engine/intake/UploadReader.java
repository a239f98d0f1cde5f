package dev.carillon.engine.intake;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads CleverTap's upload format, {@code {"d":[record, ...]}}, in one pass; the properties are
 * checked and kept as the bytes that were sent. Thread-safe.
 */
public final class UploadReader {
  /** The most records of one request. */
  public static final int MAX_RECORDS = 1_000;

  static final int MAX_PROPERTIES = 256;
  static final int MAX_NAME_LENGTH = 120;
  static final int MAX_TEXT_LENGTH = 8_192;
  static final int MAX_EVENT_NAME_LENGTH = 512;

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

  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(1 << 20)
                  .maxNumberLength(64)
                  .build())
          .build();

  /**
   * Reads a whole body.
   *
   * @param body UTF-8 JSON
   * @param receivedAt when it came
   * @throws MalformedBodyException when it is not JSON of this format or has too many records
   */
  public Upload read(byte[] body, Instant receivedAt) throws MalformedBodyException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      return new Reading(parser, body, receivedAt).upload();
    } catch (JacksonException malformed) {
      throw new MalformedBodyException("The body is not valid JSON: " + where(malformed));
    }
  }

  static String where(JacksonException malformed) {
    String message = malformed.getOriginalMessage();
    var location = malformed.getLocation();
    String text = message == null ? "unreadable" : message;
    if (text.length() > 200) {
      text = text.substring(0, 200);
    }
    return location == null
        ? text
        : text + " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  /** A part of the body: from its first byte to the one after its last. */
  private record Slice(int from, int to) {}

  private static final class Reading {
    private final JsonParser parser;
    private final byte[] body;
    private final Instant receivedAt;
    private final EventIds ids = new EventIds();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Upload.Refused> refused = new ArrayList<>();
    private int records;

    Reading(JsonParser parser, byte[] body, Instant receivedAt) {
      this.parser = parser;
      this.body = body;
      this.receivedAt = receivedAt;
    }

    Upload upload() throws MalformedBodyException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedBodyException("The body must be an object with the member d.");
      }
      boolean found = false;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("d") && value == JsonToken.START_ARRAY) {
          found = true;
          records();
        } else if (name.equals("d")) {
          throw new MalformedBodyException("The member d must be a list of records.");
        } else {
          throw new MalformedBodyException(
              "The body has a member that is not known: only d is read.");
        }
      }
      if (!found) {
        throw new MalformedBodyException("The member d, the list of records, is missing.");
      }
      if (parser.nextToken() != null) {
        throw new MalformedBodyException("Something follows after the end of the body.");
      }
      return new Upload(entries, records - refused.size(), refused);
    }

    private void records() throws MalformedBodyException {
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (records == MAX_RECORDS) {
          throw new MalformedBodyException(
              "At most 1,000 records are taken at once; send the rest in another request.");
        }
        int from = tokenStart();
        int index = records++;
        try {
          if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            throw new RecordRefusedException(RecordError.RECORD_TYPE, "A record is an object.");
          }
          new RecordReading().read();
        } catch (RecordRefusedException problem) {
          refused.add(
              new Upload.Refused(index, problem.error(), text(new Slice(from, tokenEnd()))));
        }
      }
    }

    private int tokenStart() {
      return (int) parser.currentTokenLocation().getByteOffset();
    }

    private int tokenEnd() {
      return (int) parser.currentLocation().getByteOffset();
    }

    private String text(Slice slice) {
      return new String(body, slice.from, slice.to - slice.from, StandardCharsets.UTF_8);
    }

    /** One record. All of it is read before it is judged, so that the next one can follow. */
    private final class RecordReading {
      private @Nullable String type;
      private @Nullable String identity;
      private @Nullable String facebookId;
      private @Nullable String googleId;
      private @Nullable String objectId;
      private @Nullable String eventName;
      private @Nullable Instant at;
      private @Nullable Slice eventData;
      private @Nullable Slice profileData;
      private @Nullable RecordError problem;

      void read() throws RecordRefusedException {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          member(name, value);
        }
        if (problem != null) {
          throw new RecordRefusedException(problem.code(), problem.words());
        }
        Identity who = identity();
        if ("event".equals(type)) {
          event(who);
        } else if ("profile".equals(type)) {
          profile(who);
        } else {
          throw new RecordRefusedException(
              RecordError.RECORD_TYPE, "The member type must be event or profile.");
        }
      }

      private void member(String name, JsonToken value) {
        switch (name) {
          case "type" -> type = textMember(name, value, RecordError.RECORD_TYPE);
          case "identity" -> identity = identityMember(name, value);
          case "FBID" -> facebookId = identityMember(name, value);
          case "GPID" -> googleId = identityMember(name, value);
          case "objectId" -> objectId = identityMember(name, value);
          case "evtName" -> eventName = textMember(name, value, RecordError.EVENT_NAME);
          case "ts" -> timestamp(value);
          case "evtData" -> eventData = properties(value, RecordError.EVENT_STRUCTURE, name);
          case "profileData" -> profileData = properties(value, RecordError.MISCELLANEOUS, name);
          case "$source" -> parser.skipChildren();
          default -> {
            parser.skipChildren();
            note(
                RecordError.EVENT_STRUCTURE,
                "The member "
                    + shortened(name)
                    + " is not known; properties belong in evtData or profileData.");
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
        int from = tokenStart();
        int count = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          count++;
          String name = parser.currentName();
          if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            note(code, "A property's name has 1 to " + MAX_NAME_LENGTH + " characters.");
          }
          JsonToken token = parser.nextToken();
          if (token == JsonToken.VALUE_STRING && parser.getStringLength() > MAX_TEXT_LENGTH) {
            note(code, "The text of the property " + shortened(name) + " is too long.");
          }
          parser.skipChildren();
        }
        if (count > MAX_PROPERTIES) {
          note(
              RecordError.TOO_MANY_PROPERTIES,
              "A record has at most " + MAX_PROPERTIES + " properties; this one has " + count);
        }
        return new Slice(from, tokenEnd());
      }

      private Identity identity() throws RecordRefusedException {
        String value = identity;
        Identity.Kind kind = Identity.Kind.USER;
        if (value == null && facebookId != null) {
          value = facebookId;
          kind = Identity.Kind.FACEBOOK;
        } else if (value == null && googleId != null) {
          value = googleId;
          kind = Identity.Kind.GOOGLE;
        } else if (value == null && objectId != null) {
          value = objectId;
          kind = Identity.Kind.OBJECT;
        }
        if (value == null || value.isBlank() || value.length() > 1024) {
          throw new RecordRefusedException(
              RecordError.IDENTITY,
              "One of identity, FBID, GPID and objectId must be given, with 1 to 1,024 characters.");
        }
        return new Identity(kind, value);
      }

      private void event(Identity who) throws RecordRefusedException {
        String name = eventName;
        if (name == null || name.isBlank() || name.length() > MAX_EVENT_NAME_LENGTH) {
          throw new RecordRefusedException(
              RecordError.EVENT_NAME,
              "The member evtName must be given, with 1 to "
                  + MAX_EVENT_NAME_LENGTH
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
        entries.add(
            new Entry.OfEvent(
                new UserEvent(
                    who,
                    who.key(),
                    name,
                    data == null ? "{}" : text(data),
                    id,
                    at == null ? receivedAt : at,
                    receivedAt)));
      }

      private void profile(Identity who) throws RecordRefusedException {
        Slice data = profileData;
        if (data == null || eventData != null || eventName != null) {
          throw new RecordRefusedException(
              RecordError.MISCELLANEOUS,
              "A profile needs profileData, an object of properties, and has no event's members.");
        }
        entries.add(
            new Entry.OfProfile(
                new ProfileChange(
                    who, who.key(), text(data), at == null ? receivedAt : at, receivedAt)));
      }

      private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "..." : name;
      }
    }
  }
}
