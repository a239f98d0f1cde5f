package dev.carillon.channels.meta.whatsapp;

import dev.carillon.channels.meta.graph.GraphErrorReader;
import dev.carillon.channels.support.http.HttpOutcome.Answered;
import dev.carillon.channels.support.json.ScalarText;
import dev.carillon.engine.provider.SendResult;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Understands the answer to a send. One without a message id and without a readable error says
 * nothing.
 */
final class AnswerReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final GraphErrorReader errors;

  AnswerReader(GraphErrorReader errors) {
    this.errors = errors;
  }

  SendResult read(Answered answer, String to) {
    JsonNode body;
    try {
      body = JSON.readTree(answer.body());
    } catch (JacksonException e) {
      return unreadable(answer);
    }
    Optional<SendResult.Failed> failure = errors.failure(body, answer);
    if (failure.isPresent()) {
      return failure.get();
    }
    if (answer.status() / 100 != 2) {
      return unreadable(answer);
    }
    String id = ScalarText.text(body.path("messages").path(0).path("id"));
    if (id == null) {
      return unreadable(answer);
    }
    String provider = ScalarText.text(body.path("contacts").path(0).path("wa_id"));
    return new SendResult.Accepted(id, to.equals(provider) ? null : provider);
  }

  private static SendResult unreadable(Answered answer) {
    return new SendResult.Unknown(
        "HTTP " + answer.status() + " with an answer that says nothing of the message");
  }
}
