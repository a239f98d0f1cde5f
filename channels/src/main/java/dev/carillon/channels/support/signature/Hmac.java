package dev.carillon.channels.support.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes, by which a provider proves that it sent something. Thread-safe. */
public enum Hmac {
  SHA1("HmacSHA1"),
  SHA256("HmacSHA256");

  private final String algorithm;

  /** By secret; keyed and never fed, so that cloning one is safe from any thread. */
  @SuppressWarnings("ImmutableEnumChecker") // It only remembers what can be made again.
  private final Map<String, Mac> keyed = new ConcurrentHashMap<>();

  Hmac(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The hash of a message under a secret's UTF-8 bytes. */
  public byte[] of(String secret, byte[] message) {
    try {
      Mac mac = (Mac) keyed.computeIfAbsent(secret, this::keyed).clone();
      return mac.doFinal(message);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own can be cloned", e);
    }
  }

  /** Whether a message has this hash under the secret; takes constant time. */
  public boolean matches(byte[] claimed, String secret, byte[] message) {
    return MessageDigest.isEqual(of(secret, message), claimed);
  }

  /** Compares texts in constant time. */
  public static boolean sameText(String left, String right) {
    return MessageDigest.isEqual(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private Mac keyed(String secret) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
