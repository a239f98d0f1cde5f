package dev.carillon.channels.meta.graph;

import dev.carillon.channels.support.errors.ErrorCodes;
import dev.carillon.channels.support.http.HttpOutcome.Answered;
import dev.carillon.channels.support.json.ScalarText;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.SendResult;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Understands the errors of Graph's answers and callbacks. The error's code alone decides, because
 * Graph answers errors with any HTTP status, 200 included.
 */
public final class GraphErrorReader {
  private final ErrorCodes codes;
  private final InstantSource clock;

  /**
   * @param codes of the product that is called
   * @param clock reads waits that are given as a time
   */
  public GraphErrorReader(ErrorCodes codes, InstantSource clock) {
    this.codes = codes;
    this.clock = clock;
  }

  /** The error of an answer as a failed send; empty when the body holds none. */
  public Optional<SendResult.Failed> failure(JsonNode body, Answered answer) {
    JsonNode error = body.path("error");
    String code = ScalarText.text(error.path("code"));
    if (code == null) {
      return Optional.empty();
    }
    String subcode = ScalarText.text(error.path("error_subcode"));
    if (subcode != null && codes.distinguishes(code, subcode)) {
      code = code + "/" + subcode;
    }
    boolean passes = error.path("is_transient").booleanValue(false) || answer.status() / 100 == 5;
    ErrorMeaning meaning = codes.meaning(code, passes);
    return Optional.of(
        new SendResult.Failed(
            code,
            words(error, meaning),
            meaning,
            GraphWait.of(answer.headers(), clock).orElse(null)));
  }

  /** The provider's own words for an error of an answer or of a callback. */
  public static String words(JsonNode error, ErrorMeaning meaning) {
    for (String candidate :
        new @Nullable String[] {
          ScalarText.text(error.path("error_data").path("details")),
          ScalarText.text(error.path("message")),
          ScalarText.text(error.path("error_user_msg")),
          ScalarText.text(error.path("title"))
        }) {
      if (candidate != null && !candidate.isBlank()) {
        return ScalarText.shortened(candidate.strip());
      }
    }
    return meaning.words();
  }
}
