package dev.carillon.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.server.wiring.DataFolder;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import picocli.CommandLine;

/** Logins from the command line; no password is in the list of processes. */
class UserCommandTest {
  private static final String PASSWORD = "meadow-kettle-harbour";

  @TempDir private Path data;
  private final StringWriter said = new StringWriter();

  private int run(String input, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return new CommandLine(
            new UserCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))))
        .setOut(new PrintWriter(said))
        .setErr(new PrintWriter(said))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void aPasswordIsReadFromTheStandardInput() {
    assertThat(run(PASSWORD + "\nmore\n", "add", "asha", "--password-stdin")).isZero();

    assertThat(said.toString()).contains("The login asha is there.").doesNotContain(PASSWORD);
    assertThat(fits("asha", PASSWORD)).isTrue();
    try (MetadataStore store = DataFolder.openMetadata(data)) {
      assertThat(store.auditLog(1)).extracting(AuditEntry::who).containsExactly(Actor.COMMAND_LINE);
    }
  }

  @Test
  void aPasswordInTheCommandLineIsRefused() {
    assertThat(run("", "add", "asha", "--password=" + PASSWORD)).isEqualTo(2);
    assertThat(run("password1234", "add", "asha", "--password-stdin")).isEqualTo(1);
    assertThat(run("", "add", "asha", "--password-stdin")).isEqualTo(1);
    try (MetadataStore store = DataFolder.openMetadata(data)) {
      assertThat(store.logins()).isEmpty();
    }
  }

  @Test
  void addingTwiceChangesNothingAndSaysWhatDoes() {
    run(PASSWORD, "add", "asha", "--password-stdin", "--role", "viewer");
    assertThat(run("lantern-orchard", "add", "Asha", "--password-stdin", "--role", "admin"))
        .isEqualTo(1);

    assertThat(said.toString()).contains("user password asha").contains("user role asha");
    assertThat(fits("asha", PASSWORD)).isTrue();
    assertThat(role("asha")).isEqualTo("viewer");
  }

  @Test
  void passwordAndRoleAreChangedOneByOne() {
    run(PASSWORD, "add", "asha", "--password-stdin");
    assertThat(role("asha")).isEqualTo("marketer");
    assertThat(run("lantern-orchard", "password", "asha", "--password-stdin")).isZero();
    assertThat(run("", "role", "asha")).isEqualTo(1);
    assertThat(role("asha")).isEqualTo("marketer");
    assertThat(run("", "role", "asha", "--role", "viewer")).isZero();

    assertThat(fits("asha", "lantern-orchard")).isTrue();
    assertThat(role("asha")).isEqualTo("viewer");
    assertThat(run("", "password", "anil")).isEqualTo(1);
    assertThat(run("", "role", "anil", "--role", "viewer")).isEqualTo(1);
  }

  private String role(String login) {
    try (MetadataStore store = DataFolder.openMetadata(data)) {
      return store.login(login).orElseThrow().role();
    }
  }

  private boolean fits(String login, String password) {
    try (MetadataStore store = DataFolder.openMetadata(data)) {
      String hash = store.login(login).orElseThrow().passwordHash();
      return new BCryptPasswordEncoder().matches(password, hash.replace("{bcrypt}", ""));
    }
  }

  @Test
  void aLinkIsMadeForALoginThatIsThere() {
    assertThat(run("", "link", "asha")).isEqualTo(1);
    run("", "add", "asha");
    assertThat(said.toString()).contains("shown once");
    assertThat(run("", "link", "asha")).isZero();
    assertThat(said.toString()).containsPattern("/login\\?name=asha&browser=[A-Za-z0-9_-]{43}");
  }
}
