package dev.carillon.server.api.request;

import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.json.Problem;
import dev.carillon.engine.definition.json.Reading;
import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads ids and JSON bodies of requests, answering what is wrong with all of its problems. */
public final class Requests {

  private static final int LAST_YEAR = 9999;

  private Requests() {}

  /** An id from an address; what is no id names nothing. */
  public static int id(String text, String what) {
    try {
      int id = Integer.parseInt(text);
      if (id > 0) {
        return id;
      }
    } catch (NumberFormatException notAnId) {
      throw ApiException.notFound(what);
    }
    throw ApiException.notFound(what);
  }

  /** The day that a parameter names; null when it is not given. */
  public static @Nullable LocalDate day(String name, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(text.strip());
      if (day.getYear() <= LAST_YEAR) {
        return day;
      }
    } catch (DateTimeParseException notADay) {
      throw notADay(name);
    }
    throw notADay(name);
  }

  private static ApiException notADay(String name) {
    return ApiException.badParameter(
        name, "The parameter " + name + " is a day such as 2026-11-01.");
  }

  /** The name of the login or API key that asks. */
  public static String caller(@Nullable Principal caller) {
    return caller == null ? "unknown" : caller.getName();
  }

  /** Reads a body, or refuses it with all of its problems. */
  public static <T> T read(byte @Nullable [] body, Function<JsonNode, Reading<T>> reader) {
    byte[] bytes = body == null ? new byte[0] : body;
    return value(JsonDocument.parse(bytes).then(reader));
  }

  /** The value of a reading, or its problems as an answer. */
  public static <T> T value(Reading<T> reading) {
    return value("", reading);
  }

  /**
   * The value of a reading, or its problems as an answer.
   *
   * @param at JSON pointer to what was read in the request's body
   */
  public static <T> T value(String at, Reading<T> reading) {
    return switch (reading) {
      case Reading.Understood<T>(T value) -> value;
      case Reading.Refused<T>(List<Problem> problems) -> throw refused(at, problems);
    };
  }

  /** The version that a change was made from; the present one when the caller does not say. */
  public static int version(@Nullable String ifMatch, ObjectNode changes, int present) {
    JsonNode member = changes.remove("version");
    String text = ifMatch;
    if (text == null && member != null && member.isIntegralNumber()) {
      text = member.toString();
    }
    Integer version = version(text);
    return version == null ? present : version;
  }

  /** The version that the caller has seen; null when it does not say. */
  public static @Nullable Integer version(@Nullable String text) {
    if (text == null || text.equals("*")) {
      return null;
    }
    try {
      return Integer.valueOf(text.replace("\"", "").replace("W/", ""));
    } catch (NumberFormatException notAVersion) {
      throw ApiException.badParameter("If-Match", "If-Match is a version as the ETag gave it.");
    }
  }

  /** A body that must be an object. */
  public static ObjectNode object(byte @Nullable [] body) {
    JsonNode node = read(body, Reading.Understood::new);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new ApiException(400, "malformedBody", "The body must be a JSON object.");
  }

  private static ApiException refused(String at, List<Problem> problems) {
    boolean malformed = problems.stream().anyMatch(p -> p.code() == Problem.Code.MALFORMED);
    return new ApiException(
        400,
        malformed ? "malformedBody" : "invalidBody",
        problems.size() == 1
            ? problems.getFirst().words()
            : "The request has " + problems.size() + " problems; errors lists them.",
        problems.stream()
            .map(p -> new ApiException.Detail(at + p.pointer(), p.code().key(), p.words()))
            .toList());
  }
}
