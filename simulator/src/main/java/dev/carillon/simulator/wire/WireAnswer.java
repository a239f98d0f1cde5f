package dev.carillon.simulator.wire;

import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a simulated provider does with a connection that brought it a request. */
public sealed interface WireAnswer {

  /** A whole answer. */
  record Reply(int status, String contentType, String body, Map<String, String> headers)
      implements WireAnswer {}

  /** The connection is closed without a byte of answer: the caller cannot know what happened. */
  record Cut() implements WireAnswer {}

  /** The answer breaks off after its first half. */
  record BrokenOff(Reply reply) implements WireAnswer {}

  /** Nothing is answered for a while of wall time; then {@code answer}. */
  record Held(Duration pause, WireAnswer answer) implements WireAnswer {}

  /** An answer in JSON. */
  static Reply json(int status, JsonNode body) {
    return json(status, Json.write(body), Map.of());
  }

  /** An answer in JSON that is written already. */
  static Reply json(int status, String body, Map<String, String> headers) {
    return new Reply(status, "application/json; charset=UTF-8", body, headers);
  }
}
