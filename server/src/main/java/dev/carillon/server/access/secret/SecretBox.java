package dev.carillon.server.access.secret;

import dev.carillon.engine.connection.Seal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals what must not be read from the database: AES-256-GCM with a random nonce. A sealed text is
 * {@code version (1 byte) | key id (4) | nonce (12) | ciphertext and tag}; the key id says which
 * key opens it, so that keys can change. Thread-safe.
 */
public final class SecretBox implements Seal {
  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER = 1 + SecretKeys.ID + NONCE;

  private final SecretKeys keys;
  private final SecureRandom random = new SecureRandom();

  public SecretBox(SecretKeys keys) {
    this.keys = keys;
  }

  @Override
  public byte[] seal(byte[] text, String context) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    SecretKeys.Key key = keys.current();
    ByteBuffer header = ByteBuffer.allocate(HEADER).put(VERSION).put(key.id()).put(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
      cipher.updateAAD(header.array(), 0, 1 + SecretKeys.ID);
      cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
      byte[] sealed = Arrays.copyOf(header.array(), HEADER + cipher.getOutputSize(text.length));
      cipher.doFinal(text, 0, text.length, sealed, HEADER);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsealException when it was changed, belongs to something else, or its key is missing
   */
  @Override
  public byte[] open(byte[] sealed, String context) {
    if (sealed.length < HEADER + TAG_BITS / 8 || sealed[0] != VERSION) {
      throw new UnsealException("this is nothing that was sealed here", null);
    }
    byte[] id = Arrays.copyOfRange(sealed, 1, 1 + SecretKeys.ID);
    SecretKeys.Key key =
        keys.find(id)
            .orElseThrow(
                () ->
                    new UnsealException(
                        "the key " + HexFormat.of().formatHex(id) + " is missing", null));
    try {
      Cipher cipher =
          cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOfRange(sealed, 1 + SecretKeys.ID, HEADER));
      cipher.updateAAD(sealed, 0, 1 + SecretKeys.ID);
      cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(sealed, HEADER, sealed.length - HEADER);
    } catch (GeneralSecurityException e) {
      throw new UnsealException("it was changed, or belongs to something else", e);
    }
  }

  private static Cipher cipher(int mode, SecretKeys.Key key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key.bits(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  /** A sealed text cannot be opened. */
  public static final class UnsealException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnsealException(String message, @Nullable Throwable cause) {
      super("A secret cannot be opened: " + message, cause);
    }
  }
}
