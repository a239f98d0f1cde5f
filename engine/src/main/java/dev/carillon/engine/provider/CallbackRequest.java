package dev.carillon.engine.provider;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request to a connection's callback address, whole: some providers sign the address and the
 * parameters, others the raw body.
 *
 * @param method such as GET or POST
 * @param address as the provider called it, with scheme, host, path and raw query; behind a proxy
 *     under the public address that is configured
 * @param headers the request's headers
 * @param body the raw bytes; empty where the method has none
 * @param receivedAt when it came
 */
public record CallbackRequest(
    String method, String address, Headers headers, byte[] body, Instant receivedAt) {

  /**
   * Name of the query's parameter by which a provider that signs nothing shows that it knows the
   * connection's secret.
   */
  public static final String TOKEN = "token";

  /**
   * @param headers by lower-case name
   */
  public CallbackRequest(
      String method, String address, Map<String, String> headers, byte[] body, Instant receivedAt) {
    this(method, address, headers::get, body, receivedAt);
  }

  /** The same request once its body has been read. */
  public CallbackRequest withBody(byte[] body, Instant receivedAt) {
    return new CallbackRequest(method, address, headers, body, receivedAt);
  }

  /** A header's value. */
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.value(lowerCaseName));
  }

  /** The query as it came; empty when there is none. */
  public String rawQuery() {
    int mark = address.indexOf('?');
    return mark < 0 ? "" : address.substring(mark + 1);
  }

  /** The query's parameters, decoded. */
  public FormParameters query() {
    return FormParameters.decode(rawQuery());
  }

  /** The parameters of a body that is a form, decoded. */
  public FormParameters form() {
    return FormParameters.decode(new String(body, StandardCharsets.UTF_8));
  }

  /**
   * What is kept of it as it came: the body, or where all is in the query, that without a token.
   */
  public byte[] raw() {
    if (body.length > 0) {
      return body;
    }
    return Arrays.stream(rawQuery().split("&", -1))
        .filter(pair -> FormParameters.decode(pair).all(TOKEN).isEmpty())
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "CallbackRequest[" + method + "]";
  }

  /** Finds headers of a request, each when it is asked for. */
  @FunctionalInterface
  public interface Headers {
    /** The first value of the header with this lower-case name; null when there is none. */
    @Nullable String value(String lowerCaseName);
  }
}
