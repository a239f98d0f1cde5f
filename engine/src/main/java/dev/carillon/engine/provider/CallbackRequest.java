package dev.carillon.engine.provider;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to a connection's callback address.
 *
 * @param method GET or POST
 * @param query decoded query parameters, the first value of each
 * @param headers the request's headers
 * @param body the raw bytes
 * @param receivedAt when it came
 */
public record CallbackRequest(
    String method, Map<String, String> query, Headers headers, byte[] body, Instant receivedAt) {

  /**
   * @param headers by lower-case name
   */
  public CallbackRequest(
      String method,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body,
      Instant receivedAt) {
    this(method, query, headers::get, body, receivedAt);
  }

  /** The same request once its body has been read. */
  public CallbackRequest withBody(byte[] body, Instant receivedAt) {
    return new CallbackRequest(method, query, headers, body, receivedAt);
  }

  /** A header's value. */
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.value(lowerCaseName));
  }

  /** Finds headers of a request, each when it is asked for. */
  @FunctionalInterface
  public interface Headers {
    /** The first value of the header with this lower-case name; null when there is none. */
    @Nullable String value(String lowerCaseName);
  }
}
