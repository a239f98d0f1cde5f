package dev.carillon.channels.whatsapp.cloud;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with the app's secret: proves callbacks to us and our token to the provider. */
final class Signature {
  private static final String PREFIX = "sha256=";
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /** Whether an X-Hub-Signature-256 header belongs to these raw bytes; takes constant time. */
  static boolean matches(String header, byte[] body, String appSecret) {
    if (!header.startsWith(PREFIX)) {
      return false;
    }
    byte[] claimed;
    try {
      claimed = HexFormat.of().parseHex(header.substring(PREFIX.length()).strip());
    } catch (IllegalArgumentException e) {
      return false;
    }
    return MessageDigest.isEqual(hmac(appSecret, body), claimed);
  }

  /** The value of X-Hub-Signature-256 for these bytes. */
  static String of(byte[] body, String appSecret) {
    return PREFIX + HexFormat.of().formatHex(hmac(appSecret, body));
  }

  /** Graph's appsecret_proof: shows that who holds the token holds the app's secret too. */
  static String appSecretProof(String accessToken, String appSecret) {
    return HexFormat.of().formatHex(hmac(appSecret, accessToken.getBytes(StandardCharsets.UTF_8)));
  }

  /** Compares texts in constant time. */
  static boolean sameText(String left, String right) {
    return MessageDigest.isEqual(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(String key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
