package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.server.access.Role;
import dev.carillon.server.access.login.Logins;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.TestServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people see who are signed in, and what ends when they are no longer. */
@Timeout(60)
class SignedInTest {
  private static final String PASSWORD = "meadow-kettle-harbour";
  private static final String FRESH = "tundra-saddle-biscuit";

  @TempDir private static Path folder;
  private static RunningServer server;
  private static Logins logins;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, Map.of(), beans -> {});
    logins = server.context().getBean(Logins.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static FormBrowser signedIn(String name) throws Exception {
    FormBrowser browser = new FormBrowser(server.address());
    assertThat(browser.signIn(name, PASSWORD).headers().firstValue("Location").orElseThrow())
        .endsWith("/");
    return browser;
  }

  /** What ends the session of somebody who watches. */
  @FunctionalInterface
  private interface Ending {
    void end(FormBrowser browser) throws Exception;
  }

  /** The stream ends by itself long before its ten minutes, and says why. */
  private static void endsWhatIsWatched(String name, Ending ending) throws Exception {
    logins.add(name, PASSWORD, Role.MARKETER, Actor.SYSTEM);
    FormBrowser browser = signedIn(name);
    try (BufferedReader stream =
        new BufferedReader(
            new InputStreamReader(browser.watch("/overview/live"), StandardCharsets.UTF_8))) {
      assertThat(stream.readLine()).isNotNull();
      ending.end(browser);
      assertThat(stream.lines()).contains("data:signedOut");
    }
    assertThat(browser.get("/").statusCode()).isEqualTo(302);
  }

  @Test
  void aStreamEndsWhenItsReaderLogsOut() throws Exception {
    endsWhatIsWatched(
        "leaving", browser -> browser.post("/logout", Map.of("_csrf", browser.token("/account"))));
  }

  @Test
  void aStreamEndsWhenItsLoginIsRemoved() throws Exception {
    endsWhatIsWatched("removed", _ -> logins.delete("removed", Actor.SYSTEM));
  }

  @Test
  void aStreamEndsWhenItsLoginGetsAnotherRole() throws Exception {
    endsWhatIsWatched("demoted", _ -> logins.changeRole("demoted", Role.VIEWER, Actor.SYSTEM));
  }

  @Test
  void aStreamEndsWhenThePasswordIsChangedElsewhere() throws Exception {
    endsWhatIsWatched(
        "renewed", _ -> assertThat(change(signedIn("renewed"), PASSWORD, FRESH)).isEqualTo(302));
  }

  @Test
  void peopleChangeTheirOwnPassword() throws Exception {
    logins.add("viewing", PASSWORD, Role.VIEWER, Actor.SYSTEM);
    FormBrowser here = signedIn("viewing");
    FormBrowser elsewhere = signedIn("viewing");

    assertThat(change(here, "not-this-password", FRESH)).isEqualTo(422);
    assertThat(change(here, PASSWORD, "viewing-the-numbers")).isEqualTo(422);
    assertThat(elsewhere.get("/").statusCode()).isEqualTo(200);
    assertThat(change(here, PASSWORD, FRESH)).isEqualTo(302);

    assertThat(here.get("/account").body()).contains("Your password is changed.");
    assertThat(elsewhere.get("/").statusCode()).isEqualTo(302);
    assertThat(elsewhere.signIn("viewing", PASSWORD).headers().firstValue("Location").orElseThrow())
        .endsWith("/login?failed");
    assertThat(server.context().getBean(AuditStore.class).auditLog(1_000))
        .anyMatch(
            entry ->
                entry.action().equals("user.password")
                    && entry.who().equals(Actor.login("viewing"))
                    && entry.subject().equals("viewing"));
    assertThat(logins.list())
        .anyMatch(login -> login.name().equals("viewing") && login.role().equals("viewer"));
  }

  @Test
  void thePresentPasswordCannotBeGuessedFromAnOpenSession() throws Exception {
    logins.add("stolen", PASSWORD, Role.VIEWER, Actor.SYSTEM);
    FormBrowser browser = signedIn("stolen");
    String token = browser.token("/account");
    String shown = "";
    for (int i = 0; i < 6; i++) {
      HttpResponse<String> answer =
          browser.post(
              "/account/password",
              Map.of("_csrf", token, "present", "guess " + i, "fresh", FRESH, "again", FRESH));
      assertThat(answer.statusCode()).isEqualTo(422);
      shown = answer.body();
    }
    assertThat(shown).contains("Too many attempts. Try again in");
  }

  private static int change(FormBrowser browser, String present, String fresh) throws Exception {
    return browser
        .post(
            "/account/password",
            Map.of(
                "_csrf", browser.token("/account"),
                "present", present,
                "fresh", fresh,
                "again", fresh))
        .statusCode();
  }
}
