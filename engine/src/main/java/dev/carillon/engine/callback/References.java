package dev.carillon.engine.callback;

import dev.carillon.core.message.MessageRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and reads the names by which providers know our messages: campaign and number, signed, so
 * that nobody else can name a message. 29 characters of a URL's safe alphabet: {@code c1} and, in
 * Base64, four bytes of campaign, four of number and twelve of HMAC-SHA256. Thread-safe.
 */
public final class References {
  private static final String VERSION = "c1";
  private static final int NAME_BYTES = 8;
  private static final int SIGNATURE_BYTES = 12;
  private static final int LENGTH =
      VERSION.length() + (NAME_BYTES + SIGNATURE_BYTES + 2) / 3 * 4 - 1;
  private static final byte[] PURPOSE =
      "carillon message reference 1".getBytes(StandardCharsets.US_ASCII);
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  /** Keyed and never fed, so that cloning it is safe from any thread. */
  private final Mac keyed;

  /**
   * @param secret the installation's secret, at least 16 bytes
   */
  public References(byte[] secret) {
    if (secret.length < 16) {
      throw new IllegalArgumentException("the installation's secret has at least 16 bytes");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      keyed = mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The message's reference. */
  public String of(MessageRef message) {
    byte[] name =
        ByteBuffer.allocate(NAME_BYTES).putInt(message.campaign()).putInt(message.seq()).array();
    ByteBuffer token = ByteBuffer.allocate(NAME_BYTES + SIGNATURE_BYTES);
    token.put(name).put(sign(name), 0, SIGNATURE_BYTES);
    return VERSION + ENCODER.encodeToString(token.array());
  }

  /** The message that a reference names; empty when we never gave it out. */
  public Optional<MessageRef> read(String reference) {
    if (reference.length() != LENGTH || !reference.startsWith(VERSION)) {
      return Optional.empty();
    }
    ByteBuffer token;
    try {
      token = ByteBuffer.wrap(DECODER.decode(reference.substring(VERSION.length())));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    int campaign = token.getInt();
    int seq = token.getInt();
    if (campaign < 1 || seq < 0) {
      return Optional.empty();
    }
    // Comparing whole texts also refuses a second spelling of the same bytes.
    MessageRef message = new MessageRef(campaign, seq);
    byte[] expected = of(message).getBytes(StandardCharsets.US_ASCII);
    boolean ours = MessageDigest.isEqual(expected, reference.getBytes(StandardCharsets.ISO_8859_1));
    return ours ? Optional.of(message) : Optional.empty();
  }

  private byte[] sign(byte[] name) {
    try {
      Mac mac = (Mac) keyed.clone();
      mac.update(PURPOSE);
      return mac.doFinal(name);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
