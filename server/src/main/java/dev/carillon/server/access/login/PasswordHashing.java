package dev.carillon.server.access.login;

import java.util.Map;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** How passwords are hashed. */
public final class PasswordHashing {
  /** About a tenth of a second on a server of today. */
  private static final int BCRYPT_STRENGTH = 11;

  private PasswordHashing() {}

  public static PasswordEncoder encoder() {
    return new DelegatingPasswordEncoder(
        "bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(BCRYPT_STRENGTH)));
  }
}
