package dev.carillon.engine.channel;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a connection's callback address.
 *
 * @param method GET or POST
 * @param query decoded query parameters, the first value of each
 * @param headers by lower-case name, the first value of each
 * @param body the raw bytes
 * @param receivedAt when it came
 */
public record CallbackRequest(
    String method,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    Instant receivedAt) {

  /** A header's value. */
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }
}
