package dev.carillon.server.ingest;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the API key of a request, the same way at every endpoint: CleverTap's {@code
 * X-CleverTap-Passcode}, {@code Authorization: Bearer KEY}, or the user name of Basic
 * authentication, where Segment's libraries put the key.
 */
public final class PresentedKey {
  private static final String PASSCODE = "X-CleverTap-Passcode";

  private PresentedKey() {}

  /** The key as shown, valid or not; empty when the request shows none. */
  public static Optional<String> of(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    return Optional.ofNullable(request.getHeader(PASSCODE))
        .or(() -> bearer(authorization))
        .or(() -> basicUser(authorization));
  }

  /** Whether the request shows anything that could be a key, so that its session does not count. */
  public static boolean isIn(HttpServletRequest request) {
    return request.getHeader("Authorization") != null || request.getHeader(PASSCODE) != null;
  }

  private static Optional<String> bearer(@Nullable String authorization) {
    return credentials(authorization, "Bearer ");
  }

  private static Optional<String> basicUser(@Nullable String authorization) {
    return credentials(authorization, "Basic ")
        .flatMap(
            encoded -> {
              try {
                String pair =
                    new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                return Optional.of(colon < 0 ? pair : pair.substring(0, colon));
              } catch (IllegalArgumentException notBase64) {
                return Optional.empty();
              }
            });
  }

  private static Optional<String> credentials(@Nullable String authorization, String scheme) {
    return authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.of(authorization.substring(scheme.length()).strip())
        : Optional.empty();
  }
}
