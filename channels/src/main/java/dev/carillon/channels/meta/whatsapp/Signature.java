package dev.carillon.channels.meta.whatsapp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with the app's secret: proves callbacks to us and our token to the provider. */
final class Signature {
  private static final String PREFIX = "sha256=";
  private static final int DIGITS = 64;
  private static final String ALGORITHM = "HmacSHA256";

  /** By secret; keyed and never fed, so that cloning one is safe from any thread. */
  private static final Map<String, Mac> KEYED = new ConcurrentHashMap<>();

  private Signature() {}

  /** Whether an X-Hub-Signature-256 header could belong to anything at all. */
  static boolean isWellFormed(String header) {
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
      Mac mac = (Mac) KEYED.computeIfAbsent(key, Signature::keyed).clone();
      return mac.doFinal(message);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own can be cloned", e);
    }
  }

  private static Mac keyed(String key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
