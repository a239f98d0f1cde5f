package dev.carillon.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.AccessStore.Login;
import dev.carillon.engine.port.Actor;
import dev.carillon.engine.port.MetadataStore;
import dev.carillon.storage.embedded.metadata.SqliteMetadataStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;

/** Logins: passwords are hashed, rules are told in words, and an admin always remains. */
class LoginsTest {
  private static final String PASSWORD = "correct horse";

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private MetadataStore store;
  private Logins logins;

  @BeforeEach
  void open() {
    store = SqliteMetadataStore.open(folder.resolve("metadata.db"));
    logins =
        new Logins(
            store,
            new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(4))),
            clock,
            new AuditLog(store, clock));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aLoginSignsInWithItsPasswordOnly() {
    logins.put("Meera", PASSWORD, Role.MARKETER, Actor.SYSTEM);

    assertThat(logins.check(" MEERA ", PASSWORD))
        .contains(new Caller(Actor.login("meera"), Role.MARKETER.scopes()));
    assertThat(logins.check("meera", "Correct horse")).isEmpty();
    assertThat(logins.check("meera", "")).isEmpty();
    assertThat(logins.check("nobody", PASSWORD)).isEmpty();
    assertThat(store.login("meera").orElseThrow().passwordHash())
        .startsWith("{bcrypt}$2a$")
        .doesNotContain(PASSWORD);
  }

  @Test
  void rolesGrow() {
    assertThat(Role.MARKETER.scopes()).containsAll(Role.VIEWER.scopes());
    assertThat(Role.VIEWER.scopes())
        .doesNotContain(Scope.CAMPAIGNS_WRITE, Scope.CONNECTIONS_WRITE, Scope.ADMIN);
    assertThat(Role.MARKETER.scopes())
        .contains(Scope.CAMPAIGNS_WRITE)
        .doesNotContain(Scope.CONNECTIONS_WRITE, Scope.ADMIN);
    assertThat(Role.ADMIN.scopes()).containsExactlyInAnyOrder(Scope.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "meera-meera", "MEERA-meera "})
  void weakPasswordsAreRefused(String password) {
    assertThatThrownBy(() -> logins.put("meera-meera", password, Role.VIEWER, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(logins.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "<script>", "-x", "ñandu"})
  void oddNamesAreRefused(String name) {
    assertThatThrownBy(() -> logins.put(name, PASSWORD, Role.VIEWER, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void longPasswordsAreRefusedNotCut() {
    assertThatThrownBy(() -> logins.put("meera", "é".repeat(37), Role.VIEWER, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
    logins.put("meera", "é".repeat(36), Role.VIEWER, Actor.SYSTEM);
    assertThat(logins.check("meera", "é".repeat(36))).isPresent();
    assertThat(logins.check("meera", "x".repeat(100_000))).isEmpty();
  }

  @Test
  void theLastAdminRemains() {
    logins.put("meera", PASSWORD, Role.ADMIN, Actor.SYSTEM);
    assertThatThrownBy(() -> logins.put("meera", PASSWORD, Role.VIEWER, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> logins.delete("meera", Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);

    logins.put("anil", PASSWORD, Role.ADMIN, Actor.SYSTEM);
    assertThat(logins.delete("meera", Actor.SYSTEM)).isTrue();
    assertThat(logins.delete("meera", Actor.SYSTEM)).isFalse();
    assertThat(logins.list()).extracting(Login::name).containsExactly("anil");
  }

  @Test
  void theFirstStartMakesAnAdminAndLaterOnesDoNot() {
    List<String> console = new ArrayList<>();
    ApiKeys keys = new ApiKeys(store, clock, new AuditLog(store, clock));
    FirstRun first = new FirstRun(logins, keys, null, null, console::add);

    String password = first.generatedPassword().orElseThrow();
    assertThat(console).singleElement().asString().contains(password);
    assertThat(logins.check("admin", password))
        .contains(new Caller(Actor.login("admin"), Role.ADMIN.scopes()));
    FirstRun second =
        new FirstRun(logins, keys, "another password", "key-of-automation", console::add);
    assertThat(second.generatedPassword()).isEmpty();
    assertThat(console).hasSize(1);
    assertThat(logins.check("admin", password)).isPresent();
    assertThat(keys.allows("key-of-automation", Scope.ADMIN)).isTrue();
  }

  @Test
  void theFirstPasswordMayBeGiven() {
    ApiKeys keys = new ApiKeys(store, clock, new AuditLog(store, clock));
    FirstRun first = new FirstRun(logins, keys, PASSWORD, null, line -> {});

    assertThat(first.generatedPassword()).isEmpty();
    assertThat(logins.check("admin", PASSWORD)).isPresent();
  }
}
