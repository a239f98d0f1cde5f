package dev.carillon.simulator.meta.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How Meta signs what it sends: an HMAC over the raw bytes, keyed with the app's secret. */
public final class CallbackSignature {

  private CallbackSignature() {}

  /** The value of {@code X-Hub-Signature-256}. */
  static String sha256(String appSecret, byte[] body) {
    return "sha256=" + hmac("HmacSHA256", appSecret, body);
  }

  /** The value of the older {@code X-Hub-Signature}. */
  static String sha1(String appSecret, byte[] body) {
    return "sha1=" + hmac("HmacSHA1", appSecret, body);
  }

  /** What {@code appsecret_proof} must be for an access token. */
  public static String proof(String appSecret, String accessToken) {
    return hmac("HmacSHA256", appSecret, accessToken.getBytes(StandardCharsets.UTF_8));
  }

  private static String hmac(String algorithm, String key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return HexFormat.of().formatHex(mac.doFinal(message));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
