package dev.carillon.channels.support.http;

import java.net.http.HttpHeaders;

/** What is known after one HTTP call to a provider. */
public sealed interface HttpOutcome {

  /**
   * The provider answered; the body is whole and within the limit.
   *
   * @param status HTTP status
   * @param headers the answer's headers
   * @param body the raw bytes
   */
  record Answered(int status, HttpHeaders headers, byte[] body) implements HttpOutcome {}

  /**
   * There was no connection, so no byte of the request can have arrived.
   *
   * @param words what went wrong, without secrets
   */
  record NotSent(String words) implements HttpOutcome {}

  /**
   * The request may have arrived, but there is no whole answer.
   *
   * @param words what went wrong, without secrets
   */
  record NoAnswer(String words) implements HttpOutcome {}
}
