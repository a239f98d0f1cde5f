package dev.carillon.server.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.Login;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Role;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.access.security.FirstRun;
import dev.carillon.server.settings.StartupProblem;
import dev.carillon.storage.sql.SqliteMetadataStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
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
import org.springframework.security.crypto.password.PasswordEncoder;

/** Logins: passwords are hashed, rules are explained in words, and an admin always remains. */
class LoginsTest {
  private static final String PASSWORD = "correct horse";

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private final PasswordEncoder encoder =
      new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(4)));
  private MetadataStore store;
  private Logins logins;

  @BeforeEach
  void open() {
    store = SqliteMetadataStore.open(folder.resolve("metadata.db"));
    logins = new Logins(store, store, store, encoder, clock, new AuditLog(store, clock));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aLoginSignsInWithItsPasswordOnly() {
    logins.add("Meera", PASSWORD, Role.MARKETER, Actor.SYSTEM);

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

  @Test
  void weakPasswordsAreRefusedWhereverTheyAreSet() {
    assertThatThrownBy(() -> logins.add("meera", "password1234", Role.VIEWER, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(logins.list()).isEmpty();
    logins.add("meera", PASSWORD, Role.VIEWER, Actor.SYSTEM);
    assertThatThrownBy(() -> logins.changePassword("meera", "password1234", Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(logins.check("meera", PASSWORD)).isPresent();
  }

  @Test
  void aPasswordFromBeforeTheRulesGoesOnWorking() {
    store.putLogin("meera", encoder.encode("aaaaaaaaaa"), "viewer", clock.instant());
    assertThat(logins.check("meera", "aaaaaaaaaa")).isPresent();
  }

  @Test
  void aChangedPasswordKeepsTheRole() {
    logins.add("meera", PASSWORD, Role.MARKETER, Actor.SYSTEM);
    logins.changePassword("meera", "lantern-orchard", Actor.login("meera"));

    assertThat(logins.check("meera", PASSWORD)).isEmpty();
    assertThat(logins.check("meera", "lantern-orchard"))
        .contains(new Caller(Actor.login("meera"), Role.MARKETER.scopes()));
    assertThatThrownBy(() -> logins.changePassword("gone", "lantern-orchard", Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(logins.list()).hasSize(1);
  }

  @Test
  void aChangedRoleKeepsThePassword() {
    logins.add("meera", PASSWORD, Role.MARKETER, Actor.SYSTEM);
    logins.changeRole(" MEERA", Role.VIEWER, Actor.SYSTEM);

    assertThat(logins.check("meera", PASSWORD))
        .contains(new Caller(Actor.login("meera"), Role.VIEWER.scopes()));
    assertThatThrownBy(() -> logins.changeRole("gone", Role.VIEWER, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(logins.list()).hasSize(1);
  }

  @Test
  void aLoginIsNotAddedOverAnother() {
    logins.add("meera", PASSWORD, Role.VIEWER, Actor.SYSTEM);
    assertThatThrownBy(() -> logins.add("Meera ", "lantern-orchard", Role.ADMIN, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("carillon user password meera")
        .hasMessageContaining("carillon user role meera");
    assertThat(logins.check("meera", PASSWORD))
        .contains(new Caller(Actor.login("meera"), Role.VIEWER.scopes()));
  }

  @Test
  void aLoginDoesNotTakeAKeysName() {
    ApiKeys keys = new ApiKeys(store, store, clock, new AuditLog(store, clock));
    keys.create("Meera", EnumSet.of(Scope.DATA_WRITE), false, Actor.SYSTEM);
    keys.revoke(keys.list().getFirst().id(), Actor.SYSTEM);
    assertThatThrownBy(() -> logins.add("meera", PASSWORD, Role.VIEWER, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("An API key has or had this name");
    assertThat(logins.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "<script>", "-x", "ñandu"})
  void oddNamesAreRefused(String name) {
    assertThatThrownBy(() -> logins.add(name, PASSWORD, Role.VIEWER, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPasswordOfAnyLengthIsChecked() {
    logins.add("meera", PASSWORD, Role.VIEWER, Actor.SYSTEM);
    assertThat(logins.check("meera", "x".repeat(100_000))).isEmpty();
  }

  @Test
  void theLastAdminRemains() {
    logins.add("meera", PASSWORD, Role.ADMIN, Actor.SYSTEM);
    assertThatThrownBy(() -> logins.changeRole("meera", Role.VIEWER, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> logins.delete("meera", Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);

    logins.add("anil", PASSWORD, Role.ADMIN, Actor.SYSTEM);
    assertThat(logins.delete("meera", Actor.SYSTEM)).isTrue();
    assertThat(logins.delete("meera", Actor.SYSTEM)).isFalse();
    assertThat(logins.list()).extracting(Login::name).containsExactly("anil");
  }

  @Test
  void theFirstStartMakesAnAdminAndLaterOnesDoNot() {
    List<String> console = new ArrayList<>();
    ApiKeys keys = new ApiKeys(store, store, clock, new AuditLog(store, clock));
    FirstRun first = new FirstRun(logins, keys, null, null, console::add);
    assertThat(console).as("what is shown once waits until the start succeeded").isEmpty();
    assertThat(logins.list()).isEmpty();

    first.makeFirstLogin();
    String password = console.getFirst().replaceAll(".* with password (\\S+) .*", "$1");
    assertThat(logins.check("admin", password))
        .contains(new Caller(Actor.login("admin"), Role.ADMIN.scopes()));
    new FirstRun(logins, keys, "another password", "key-of-automation", console::add)
        .makeFirstLogin();
    assertThat(console).hasSize(1);
    assertThat(logins.check("admin", password)).isPresent();
    assertThat(keys.caller("key-of-automation").orElseThrow().may(Scope.ADMIN)).isTrue();
  }

  @Test
  void theFirstPasswordMayBeGiven() {
    ApiKeys keys = new ApiKeys(store, store, clock, new AuditLog(store, clock));
    List<String> console = new ArrayList<>();
    new FirstRun(logins, keys, PASSWORD, null, console::add).makeFirstLogin();

    assertThat(console).isEmpty();
    assertThat(logins.check("admin", PASSWORD)).isPresent();
  }

  @Test
  void aKeyThatIsTooShortIsRefusedWithItsSetting() {
    ApiKeys keys = new ApiKeys(store, store, clock, new AuditLog(store, clock));
    for (String key : List.of("x", "fifteen-letters", "x" + " ".repeat(20))) {
      assertThatThrownBy(() -> new FirstRun(logins, keys, null, key, line -> {}))
          .isInstanceOf(StartupProblem.class)
          .hasMessage("carillon.api-key: An API key has 16 to 500 characters.");
    }
    assertThat(keys.list()).isEmpty();
  }

  @Test
  void aFirstPasswordThatWillNotDoIsRefusedWithItsSetting() {
    ApiKeys keys = new ApiKeys(store, store, clock, new AuditLog(store, clock));
    FirstRun first = new FirstRun(logins, keys, "short", null, line -> {});
    assertThatThrownBy(first::makeFirstLogin)
        .isInstanceOf(StartupProblem.class)
        .hasMessage("carillon.admin-password: A password has at least 12 characters.");
  }
}
