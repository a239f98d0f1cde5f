package dev.carillon.engine.intake.clevertap;

import dev.carillon.core.user.BodyPlace;
import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.intake.BodyName;
import dev.carillon.engine.intake.EventIds;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.RecordError;
import dev.carillon.engine.intake.Sender;
import dev.carillon.engine.intake.Upload;
import dev.carillon.engine.port.facts.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads CleverTap's upload format, {@code {"d":[record, ...]}}, in one pass; the properties are
 * checked and kept as the bytes that were sent. Thread-safe.
 */
public final class UploadReader {
  private final Sender sender;

  /**
   * @param sender whose bodies it reads
   */
  public UploadReader(Sender sender) {
    this.sender = sender;
  }

  /**
   * Reads a whole body.
   *
   * @param body UTF-8 JSON
   * @param receivedAt when it came
   * @throws MalformedBodyException when it is not JSON of this format or has too many records
   */
  public Upload read(byte[] body, Instant receivedAt) throws MalformedBodyException {
    return read(body, receivedAt, null);
  }

  /**
   * Reads a whole body that is a part of something larger.
   *
   * @param places the place of each record by its index; null when the body is all that the source
   *     sent
   */
  public Upload read(byte[] body, Instant receivedAt, @Nullable IntFunction<BodyPlace> places)
      throws MalformedBodyException {
    JsonBody text = JsonBody.of(body);
    try (JsonParser parser = JsonBody.JSON.createParser(ObjectReadContext.empty(), text.bytes())) {
      return new Reading(parser, text, receivedAt, sender, places).upload();
    } catch (JacksonException malformed) {
      throw JsonBody.refused(malformed);
    }
  }

  private static final class Reading {
    private final JsonParser parser;
    private final JsonBody body;
    private final Instant receivedAt;
    private final RecordEcho echo;
    private final EventIds ids = new EventIds();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Upload.Refused> refused = new ArrayList<>();
    private final Sender sender;
    private @Nullable IntFunction<BodyPlace> places;
    private int records;
    private int placeholderIds;
    private int tokensMissing;

    Reading(
        JsonParser parser,
        JsonBody body,
        Instant receivedAt,
        Sender sender,
        @Nullable IntFunction<BodyPlace> places) {
      this.parser = parser;
      this.body = body;
      this.receivedAt = receivedAt;
      this.sender = sender;
      this.places = places;
      this.echo = new RecordEcho(body.bytes());
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
      return new Upload(entries, records - refused.size(), refused, placeholderIds, tokensMissing);
    }

    /** Of two lists the last one counts. */
    private void records() throws MalformedBodyException {
      entries.clear();
      refused.clear();
      records = 0;
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (records == DataLimits.RECORDS) {
          throw new MalformedBodyException(
              "At most 1,000 records are taken at once; send the rest in another request.");
        }
        int from = RecordReader.tokenStart(parser);
        int index = records++;
        try {
          entries.add(placed(record(token, from), index));
        } catch (RecordRefusedException problem) {
          refused.add(
              new Upload.Refused(
                  index, problem.error(), echo.of(from, RecordReader.tokenEnd(parser))));
        }
      }
    }

    private Entry placed(Entry entry, int index) {
      return entry instanceof Entry.OfProfile(ProfileChange change)
          ? new Entry.OfProfile(change.saidAt(place(index)))
          : entry;
    }

    /** The body is named when a record asks for it, as events do not. */
    private BodyPlace place(int index) {
      IntFunction<BodyPlace> known = places;
      if (known == null) {
        long name = BodyName.of(body.bytes());
        known = position -> new BodyPlace(name, position);
        places = known;
      }
      return known.apply(index);
    }

    private Entry record(JsonToken token, int from) throws RecordRefusedException {
      if (token != JsonToken.START_OBJECT) {
        parser.skipChildren();
        parser.finishToken();
        throw new RecordRefusedException(RecordError.RECORD_TYPE, "A record is an object.");
      }
      RecordReader record = new RecordReader(parser, body.bytes(), receivedAt, sender);
      record.read();
      try {
        return record.judged(body.problem(from, RecordReader.tokenEnd(parser)), ids);
      } finally {
        placeholderIds += record.placeholderIds();
        tokensMissing += record.isTokenMissing() ? 1 : 0;
      }
    }
  }
}
