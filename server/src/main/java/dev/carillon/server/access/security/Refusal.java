package dev.carillon.server.access.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a request is refused before any of our code has looked at what it asks for. */
public enum Refusal {
  ADDRESS(
      "invalidAddress",
      "This address is not taken. Encode each part of it as UTF-8 in percent form; the characters"
          + " slash, backslash, semicolon and percent and control characters may not be in it even"
          + " so. A person whose identity has them is named by ?identity=."),
  HOST("invalidRequest", "The request needs one Host header with a valid host name."),
  VERSION("invalidRequest", "This version of HTTP is not supported. Use HTTP/1.1."),
  REQUEST("invalidRequest", "The request is not valid HTTP, or its headers are too long."),
  CALLER("unauthenticated", "Sign in, or send an API key as Authorization: Bearer KEY."),
  FORBIDDEN("forbidden", "This login or API key may not do that."),
  UNKNOWN("notFound", "There is nothing at this address."),
  METHOD("methodNotAllowed", "This method is not allowed at this address."),
  FORMAT("notAcceptable", "There is no answer in a format that the request accepts."),
  SLOW("tooSlow", "The request came too slowly. Send it again."),
  LARGE("tooLarge", "The request is too large."),
  TYPE("unsupportedMediaType", "A body of this type is not taken at this address."),
  UNSUPPORTED("notImplemented", "This method or transfer encoding is not supported."),
  LATER("overloaded", "The server cannot answer now. Send the request again in a moment."),
  OURS("internal", "Something went wrong here. It was logged; try again or ask.");

  private static final Pattern HOST_FORM = Pattern.compile("[A-Za-z0-9._:\\[\\]-]+");
  private static final Pattern DOUBTFUL_ADDRESS = Pattern.compile("[^/].*|.*([%\\\\;]|//|/\\.).*");

  private final String code;
  private final String words;

  Refusal(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /** For programs; it stays. */
  public String code() {
    return code;
  }

  /** What is wrong and what to do. */
  public String words() {
    return words;
  }

  /**
   * What a status means of a request.
   *
   * @param address what the request asked for, encoded; null when not even that could be read
   */
  public static Refusal of(int status, HttpServletRequest request, @Nullable String address) {
    return switch (status) {
      case 400 -> ofInvalid(request, address);
      case 401 -> CALLER;
      case 403 -> FORBIDDEN;
      case 404 -> UNKNOWN;
      case 405 -> METHOD;
      case 406 -> FORMAT;
      case 408 -> SLOW;
      case 413 -> LARGE;
      case 415 -> TYPE;
      case 501 -> UNSUPPORTED;
      case 503 -> LATER;
      case 505 -> VERSION;
      default -> status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR ? REQUEST : OURS;
    };
  }

  private static Refusal ofInvalid(HttpServletRequest request, @Nullable String address) {
    List<String> hosts = Collections.list(request.getHeaders("Host"));
    if (hosts.size() == 1 && !HOST_FORM.matcher(hosts.getFirst()).matches()) {
      return HOST;
    }
    if (address == null) {
      return REQUEST;
    }
    if (hosts.size() != 1 && "HTTP/1.1".equals(request.getProtocol())) {
      return HOST;
    }
    return DOUBTFUL_ADDRESS.matcher(address).matches() ? ADDRESS : REQUEST;
  }
}
