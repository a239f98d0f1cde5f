package dev.carillon.server.access;

import dev.carillon.server.StartupProblem;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a start found and made: the first login and the API key that was given. */
public final class FirstRun {
  private final Optional<String> generatedPassword;

  FirstRun(
      Logins logins,
      ApiKeys keys,
      @Nullable String adminPassword,
      @Nullable String apiKey,
      Consumer<String> console) {
    generatedPassword = first(logins, adminPassword);
    generatedPassword.ifPresent(
        password ->
            console.accept(
                "First login: " + Logins.FIRST + " with password " + password + " (shown once)"));
    if (apiKey != null && !apiKey.isBlank()) {
      keys.registerAtStart(apiKey);
    }
  }

  private static Optional<String> first(Logins logins, @Nullable String adminPassword) {
    try {
      return logins.ensureFirst(adminPassword);
    } catch (IllegalArgumentException refused) {
      throw new StartupProblem("carillon.admin-password: " + refused.getMessage(), refused);
    }
  }

  /**
   * The password that was generated for the login {@value Logins#FIRST} at this start and shown on
   * the console; empty when there was a login before or a password was given.
   */
  public Optional<String> generatedPassword() {
    return generatedPassword;
  }
}
