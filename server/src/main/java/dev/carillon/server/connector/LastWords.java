package dev.carillon.server.connector;

import java.nio.charset.StandardCharsets;

/** The last answers of a connection, for requests that nothing else will answer. */
enum LastWords {
  TOO_SLOW(
      408,
      "Request Timeout",
      "tooSlow",
      "The request came too slowly. Nothing was taken; send it again.",
      ""),
  ENDING(
      503,
      "Service Unavailable",
      "ending",
      "The server is ending. Send the request again in a moment.",
      "Retry-After: 5\r\n");

  final int status;
  private final String document;
  private final String response;

  LastWords(int status, String reason, String code, String words, String header) {
    this.status = status;
    this.document =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"}"
            .formatted(reason, status, words, code);
    this.response =
        ("HTTP/1.1 %d %s\r\n%sContent-Type: application/problem+json\r\nContent-Length: %d\r\n"
                + "Connection: close\r\n\r\n%s")
            .formatted(status, reason, header, document.length(), document);
  }

  /** The problem document that says it. */
  byte[] document() {
    return document.getBytes(StandardCharsets.US_ASCII);
  }

  /** The whole response, as it goes over the wire. */
  byte[] response() {
    return response.getBytes(StandardCharsets.US_ASCII);
  }
}
