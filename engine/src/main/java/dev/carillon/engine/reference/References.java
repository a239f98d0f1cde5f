package dev.carillon.engine.reference;

import dev.carillon.core.message.MessageRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads the names by which providers know our messages: campaign and number, signed, so
 * that only we can name a message. 29 characters of a URL's safe alphabet: {@code c1} and, in
 * Base64, four bytes of campaign, four of number and twelve of HMAC-SHA256. Test sends have
 * references of another kind, {@code t1}, which name no message. Thread-safe.
 */
public final class References {
  private static final String VERSION = "c1";
  private static final String TEST_VERSION = "t1";
  private static final int NAME_BYTES = 8;
  private static final int SIGNATURE_BYTES = 12;
  private static final int LENGTH =
      VERSION.length() + (NAME_BYTES + SIGNATURE_BYTES + 2) / 3 * 4 - 1;
  private static final byte[] PURPOSE =
      "carillon message reference 1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TEST_PURPOSE =
      "carillon test reference 1".getBytes(StandardCharsets.US_ASCII);
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  /** Keyed and never fed, so that cloning them is safe from any thread; the first signs. */
  private final List<Mac> keyed;

  /**
   * @param secrets the first signs, and what any of them signed is accepted; at least 16 bytes each
   */
  public References(List<byte[]> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("references are signed with a secret");
    }
    keyed = secrets.stream().map(References::keyed).toList();
  }

  private static Mac keyed(byte[] secret) {
    if (secret.length < 16) {
      throw new IllegalArgumentException("the installation's secret has at least 16 bytes");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The message's reference. */
  public String of(MessageRef message) {
    return token(keyed.getFirst(), VERSION, PURPOSE, message.campaign(), message.seq());
  }

  /**
   * The reference of a test send, which has no number in its campaign.
   *
   * @param number distinguishes the tests of one campaign
   */
  public String ofTest(int campaign, int number) {
    return token(keyed.getFirst(), TEST_VERSION, TEST_PURPOSE, campaign, number);
  }

  /** Whether we made the reference for a test send. */
  public boolean isTest(String reference) {
    if (!reference.startsWith(TEST_VERSION)) {
      return false;
    }
    ByteBuffer token = bytes(reference);
    return token != null
        && isSigned(reference, TEST_VERSION, TEST_PURPOSE, token.getInt(), token.getInt());
  }

  /** The message that a reference names; empty when we never made it. */
  public Optional<MessageRef> read(String reference) {
    if (!reference.startsWith(VERSION)) {
      return Optional.empty();
    }
    ByteBuffer token = bytes(reference);
    if (token == null) {
      return Optional.empty();
    }
    int campaign = token.getInt();
    int seq = token.getInt();
    if (campaign < 1 || seq < 0) {
      return Optional.empty();
    }
    return isSigned(reference, VERSION, PURPOSE, campaign, seq)
        ? Optional.of(new MessageRef(campaign, seq))
        : Optional.empty();
  }

  /** What a reference says, unchecked; null when it is none. */
  private static @Nullable ByteBuffer bytes(String reference) {
    if (reference.length() != LENGTH) {
      return null;
    }
    try {
      return ByteBuffer.wrap(DECODER.decode(reference.substring(VERSION.length())));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** Whether one of our keys made the reference out of these parts. */
  private boolean isSigned(
      String reference, String version, byte[] purpose, int campaign, int number) {
    for (Mac key : keyed) {
      if (same(token(key, version, purpose, campaign, number), reference)) {
        return true;
      }
    }
    return false;
  }

  /** Comparing whole texts also refuses a second spelling of the same bytes. */
  private static boolean same(String ours, String reference) {
    return MessageDigest.isEqual(
        ours.getBytes(StandardCharsets.US_ASCII), reference.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String token(Mac key, String version, byte[] purpose, int campaign, int number) {
    byte[] name = ByteBuffer.allocate(NAME_BYTES).putInt(campaign).putInt(number).array();
    ByteBuffer token = ByteBuffer.allocate(NAME_BYTES + SIGNATURE_BYTES);
    token.put(name).put(sign(key, purpose, name), 0, SIGNATURE_BYTES);
    return version + ENCODER.encodeToString(token.array());
  }

  private static byte[] sign(Mac key, byte[] purpose, byte[] name) {
    try {
      Mac mac = (Mac) key.clone();
      mac.update(purpose);
      return mac.doFinal(name);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
