package dev.carillon.server.access.security;

import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.access.login.Logins;
import dev.carillon.server.settings.StartupProblem;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * What a start makes: the API key that was given, and the first login where there is none. Its
 * password is shown once, so it is made only when the server listens and the start can no longer
 * fail.
 */
public final class FirstRun {
  private final Logins logins;
  private final @Nullable String adminPassword;
  private final Consumer<String> console;

  public FirstRun(
      Logins logins,
      ApiKeys keys,
      @Nullable String adminPassword,
      @Nullable String apiKey,
      Consumer<String> console) {
    this.logins = logins;
    this.adminPassword = adminPassword;
    this.console = console;
    if (apiKey != null && !apiKey.isBlank()) {
      register(keys, apiKey);
    }
  }

  private static void register(ApiKeys keys, String key) {
    try {
      keys.registerAtStart(key);
    } catch (IllegalArgumentException refused) {
      throw new StartupProblem("carillon.api-key: " + refused.getMessage(), refused);
    }
  }

  /** Makes the first login, and shows its password when it was generated. */
  @EventListener(ApplicationReadyEvent.class)
  public void makeFirstLogin() {
    Optional<String> generated;
    try {
      generated = logins.ensureFirst(adminPassword);
    } catch (IllegalArgumentException refused) {
      throw new StartupProblem("carillon.admin-password: " + refused.getMessage(), refused);
    }
    generated.ifPresent(
        password ->
            console.accept(
                "First login: " + Logins.FIRST + " with password " + password + " (shown once)"));
  }
}
