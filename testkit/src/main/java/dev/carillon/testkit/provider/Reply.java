package dev.carillon.testkit.provider;

import java.util.Map;

/** What the scripted server does with one request. */
public sealed interface Reply {

  /**
   * Answers and keeps the connection.
   *
   * @param status HTTP status
   * @param headers beside length and type
   * @param body the text of the answer
   */
  record Answer(int status, Map<String, String> headers, String body) implements Reply {
    public static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body);
    }

    /** The same answer with one more header. */
    public Answer with(String header, String value) {
      return new Answer(status, Map.of(header, value), body);
    }
  }

  /** Answers, then closes the connection without having said so, and waits for the other end. */
  record AnswerAndClose(Answer answer) implements Reply {}

  /** Takes the request and never answers. */
  record Hang() implements Reply {}

  /** Takes the request and closes the connection. */
  record Close() implements Reply {}

  /** Takes the request and resets the connection. */
  record Reset() implements Reply {}

  /** Promises a long answer, sends a piece of it and closes. */
  record Truncate(Answer answer) implements Reply {}

  /** Answers without an end, until the other side has had enough. */
  record Endless() implements Reply {}
}
