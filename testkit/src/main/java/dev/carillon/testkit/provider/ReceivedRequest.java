package dev.carillon.testkit.provider;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request as the scripted server read it.
 *
 * @param method such as POST
 * @param target path and query as they came
 * @param headers by lower-case name
 * @param body the raw bytes
 */
public record ReceivedRequest(
    String method, String target, Map<String, String> headers, byte[] body) {

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
