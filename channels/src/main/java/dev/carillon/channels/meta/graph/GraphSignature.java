package dev.carillon.channels.meta.graph;

import dev.carillon.channels.support.signature.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** HMAC-SHA256 with the app's secret: proves callbacks to us and our token to Meta. */
public final class GraphSignature {
  /** Name of the header that bears a callback's signature, in lower case. */
  public static final String HEADER = "x-hub-signature-256";

  private static final String PREFIX = "sha256=";
  private static final int DIGITS = 64;

  private GraphSignature() {}

  /** Whether the header could belong to anything at all. */
  public static boolean isWellFormed(String header) {
    String digits = header.startsWith(PREFIX) ? header.substring(PREFIX.length()).strip() : "";
    if (digits.length() != DIGITS) {
      return false;
    }
    for (int i = 0; i < DIGITS; i++) {
      if (!HexFormat.isHexDigit(digits.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the header belongs to these raw bytes; takes constant time. */
  public static boolean matches(String header, byte[] body, String appSecret) {
    return isWellFormed(header)
        && Hmac.SHA256.matches(
            HexFormat.of().parseHex(header.substring(PREFIX.length()).strip()), appSecret, body);
  }

  /** Graph's appsecret_proof: shows that who holds the token holds the app's secret too. */
  public static String appSecretProof(String accessToken, String appSecret) {
    return HexFormat.of()
        .formatHex(Hmac.SHA256.of(appSecret, accessToken.getBytes(StandardCharsets.UTF_8)));
  }
}
