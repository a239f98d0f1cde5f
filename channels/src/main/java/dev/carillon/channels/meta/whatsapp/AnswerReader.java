package dev.carillon.channels.meta.whatsapp;

import dev.carillon.channels.support.http.HttpOutcome.Answered;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.SendResult;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Understands the answer to a send. The error's code alone decides, because Graph answers errors
 * with any HTTP status, 200 included; an answer without a message id and without a readable error
 * says nothing.
 */
final class AnswerReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_TEXT = 500;

  private final InstantSource clock;

  AnswerReader(InstantSource clock) {
    this.clock = clock;
  }

  SendResult read(Answered answer, String to) {
    JsonNode body;
    try {
      body = JSON.readTree(answer.body());
    } catch (JacksonException e) {
      return unreadable(answer);
    }
    Optional<SendResult.Failed> failure = failure(body, answer);
    if (failure.isPresent()) {
      return failure.get();
    }
    if (answer.status() / 100 != 2) {
      return unreadable(answer);
    }
    String id = text(body.path("messages").path(0).path("id"));
    if (id == null) {
      return unreadable(answer);
    }
    String provider = text(body.path("contacts").path(0).path("wa_id"));
    return new SendResult.Accepted(id, to.equals(provider) ? null : provider);
  }

  /** The error of any Graph answer as a failed send; empty when the body holds none. */
  Optional<SendResult.Failed> failure(JsonNode body, Answered answer) {
    JsonNode error = body.path("error");
    String code = text(error.path("code"));
    if (code == null) {
      return Optional.empty();
    }
    String subcode = text(error.path("error_subcode"));
    if (subcode != null && ErrorTable.distinguishes(code, subcode)) {
      code = code + "/" + subcode;
    }
    boolean passes = error.path("is_transient").booleanValue(false) || answer.status() / 100 == 5;
    ErrorMeaning meaning = ErrorTable.meaning(code, passes);
    return Optional.of(
        new SendResult.Failed(
            code, words(error, meaning), meaning, ProviderWait.of(answer.headers(), clock)));
  }

  /** The provider's own words for an error of an answer or of a callback. */
  static String words(JsonNode error, ErrorMeaning meaning) {
    for (String candidate :
        new @Nullable String[] {
          text(error.path("error_data").path("details")),
          text(error.path("message")),
          text(error.path("error_user_msg")),
          text(error.path("title"))
        }) {
      if (candidate != null && !candidate.isBlank()) {
        return shortened(candidate.strip());
      }
    }
    return meaning.words();
  }

  static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
  }

  /** Text or a whole number as text; null for anything else and for empty text. */
  static @Nullable String text(JsonNode node) {
    if (node.isString()) {
      String text = node.stringValue();
      return text.isEmpty() ? null : text;
    }
    return node.isIntegralNumber() ? node.asString() : null;
  }

  private static SendResult unreadable(Answered answer) {
    return new SendResult.Unknown(
        "HTTP " + answer.status() + " with an answer that says nothing of the message");
  }
}
