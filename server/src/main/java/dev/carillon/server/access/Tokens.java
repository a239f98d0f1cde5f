package dev.carillon.server.access;

import dev.carillon.core.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Random secrets of 256 bits, of which only hashes are kept: they need no salt or stretching, as
 * they cannot be guessed.
 */
public final class Tokens {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  /** A new secret of 43 characters that is safe in a URL. */
  public static String create() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  public static String hash(String token) {
    return HexFormat.of().formatHex(Sha256.of(token));
  }
}
