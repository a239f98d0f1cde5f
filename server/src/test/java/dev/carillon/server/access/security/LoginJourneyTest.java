package dev.carillon.server.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.Role;
import dev.carillon.server.integration.harness.FormBrowser;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People sign in, work, and sign out, over real HTTP. */
class LoginJourneyTest {
  @TempDir private static Path folder;
  private static SecurityTestServer server;

  @BeforeAll
  static void start() {
    server = SecurityTestServer.start(folder);
    server.logins().add("viewer", SecurityTestServer.PASSWORD, Role.VIEWER, Actor.SYSTEM);
    server.logins().add("marketer", SecurityTestServer.PASSWORD, Role.MARKETER, Actor.SYSTEM);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoIsNotSignedInIsShownTheLoginPageAndThenThePageWanted() throws Exception {
    var browser = server.browser();
    HttpResponse<String> first = browser.get("/campaigns?status=running");
    assertThat(first.statusCode()).isEqualTo(302);
    assertThat(location(first)).endsWith("/login");

    HttpResponse<String> signedIn = browser.signIn("admin", SecurityTestServer.PASSWORD);
    assertThat(signedIn.statusCode()).isEqualTo(302);
    assertThat(location(signedIn)).endsWith("/campaigns?status=running");
    assertThat(browser.get("/campaigns?status=running").body()).startsWith("admin ");
    assertThat(location(browser.get("/login"))).endsWith("/");
    server.awaitAudit(Actor.login("admin"), "login", 1);
  }

  @Test
  void theSessionCookieIsHiddenFromScriptsAndOtherSites() throws Exception {
    var browser = server.browser();
    HttpResponse<String> page = browser.get("/login");
    assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("carillon_session=")
        .contains("HttpOnly")
        .contains("SameSite=Lax")
        .contains("Path=/");
    String before = cookie(browser);
    browser.signIn("admin", SecurityTestServer.PASSWORD);
    assertThat(cookie(browser)).isNotEqualTo(before);
  }

  @Test
  void pagesCarrySecurityHeaders() throws Exception {
    HttpResponse<String> page = server.browser().get("/login");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(page.body())
        .doesNotContain("style=")
        .doesNotContainPattern("<script(?![^>]*\\bsrc=)");
  }

  @Test
  void aWrongPasswordIsReportedWithoutSayingWhatWasWrong() throws Exception {
    var browser = server.browser();
    HttpResponse<String> wrong = browser.signIn("marketer", "wrong password");
    assertThat(location(wrong)).endsWith("/login?failed");
    assertThat(location(browser.signIn("nobody", "wrong password"))).endsWith("/login?failed");
    assertThat(browser.get("/login?failed").body())
        .contains("This name and password do not match.");
    assertThat(browser.get("/").statusCode()).isEqualTo(302);
    server.awaitAudit(Actor.ANONYMOUS, "login.failed", 1);
  }

  @Test
  void whatIsTypedInPlaceOfANameIsNotRecorded() throws Exception {
    server.browser().signIn("my secret password", "");
    server.browser().signIn("viewer", "wrong password");

    server.awaitAudit(Actor.ANONYMOUS, "login.failed", 2);
    assertThat(server.audited("login.failed")).contains("viewer", "unknown");
    assertThat(server.audited("login.failed")).doesNotContain("my secret password");
  }

  @Test
  void aSessionEndsAfterADayHoweverBusy() throws Exception {
    var browser = server.browser();
    browser.signIn("viewer", SecurityTestServer.PASSWORD);
    server.clock().pass(Duration.ofHours(23));
    assertThat(browser.get("/").statusCode()).isEqualTo(200);
    server.clock().pass(Duration.ofHours(1));
    assertThat(location(browser.get("/"))).endsWith("/login");
    browser.signIn("viewer", SecurityTestServer.PASSWORD);
    assertThat(browser.get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void aFormWithoutTokenChangesNothing() throws Exception {
    var browser = server.browser();
    browser.signIn("marketer", SecurityTestServer.PASSWORD);
    assertThat(browser.post("/campaigns/9/stop", Map.of()).statusCode()).isEqualTo(403);
    assertThat(browser.post("/campaigns/9/stop", Map.of("_csrf", "guess")).statusCode())
        .isEqualTo(403);

    String token = browser.token("/");
    assertThat(browser.post("/campaigns/9/stop", Map.of("_csrf", token)).body())
        .isEqualTo("changed");
    HttpResponse<String> byHeader =
        browser.send(
            server
                .request("/campaigns/9/stop")
                .POST(BodyPublishers.noBody())
                .header("HX-Request", "true")
                .header("X-CSRF-TOKEN", token));
    assertThat(byHeader.statusCode()).isEqualTo(200);
    server.awaitAudit(Actor.login("marketer"), "campaign.stop", 2);
  }

  @Test
  void aSessionReadsTheApiAndChangesItOnlyWithAToken() throws Exception {
    var browser = server.browser();
    browser.signIn("marketer", SecurityTestServer.PASSWORD);
    assertThat(browser.get("/api/v1/campaigns").body()).isEqualTo("marketer");

    HttpResponse<String> refused = browser.post("/api/v1/campaigns/9/launch", Map.of());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("\"code\":\"csrf\"");
    HttpResponse<String> allowed =
        browser.send(
            server
                .request("/api/v1/campaigns/9/launch")
                .POST(BodyPublishers.noBody())
                .header("X-CSRF-TOKEN", browser.token("/")));
    assertThat(allowed.body()).isEqualTo("marketer");
    HttpResponse<String> wrongKey =
        browser.send(server.get("/api/v1/campaigns").header("Authorization", "Bearer wrong"));
    assertThat(wrongKey.statusCode()).isEqualTo(401);
  }

  @Test
  void rolesEndWhereTheyEnd() throws Exception {
    var viewer = server.browser();
    viewer.signIn("viewer", SecurityTestServer.PASSWORD);
    assertThat(viewer.get("/campaigns").statusCode()).isEqualTo(200);
    assertThat(viewer.get("/settings/users").statusCode()).isEqualTo(403);
    assertThat(viewer.post("/campaigns/9/stop", Map.of("_csrf", viewer.token("/"))).statusCode())
        .isEqualTo(403);

    var marketer = server.browser();
    marketer.signIn("marketer", SecurityTestServer.PASSWORD);
    assertThat(marketer.get("/settings/users").statusCode()).isEqualTo(403);
    assertThat(marketer.post("/connections/3", Map.of("_csrf", marketer.token("/"))).statusCode())
        .isEqualTo(403);

    var admin = server.browser();
    admin.signIn("admin", SecurityTestServer.PASSWORD);
    assertThat(admin.get("/settings/users").statusCode()).isEqualTo(200);
    assertThat(admin.post("/connections/3", Map.of("_csrf", admin.token("/"))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anotherPasswordOrRoleEndsTheSession() throws Exception {
    server.logins().add("leaving", SecurityTestServer.PASSWORD, Role.MARKETER, Actor.SYSTEM);
    var browser = server.browser();
    browser.signIn("leaving", SecurityTestServer.PASSWORD);
    assertThat(browser.get("/").statusCode()).isEqualTo(200);
    server.logins().changeRole("leaving", Role.VIEWER, Actor.SYSTEM);
    assertThat(location(browser.get("/"))).endsWith("/login");

    browser.signIn("leaving", SecurityTestServer.PASSWORD);
    assertThat(browser.get("/api/v1/campaigns").statusCode()).isEqualTo(200);
    server.logins().delete("leaving", Actor.SYSTEM);
    assertThat(browser.get("/api/v1/campaigns").statusCode()).isEqualTo(401);
    assertThat(browser.get("/").statusCode()).isEqualTo(302);
  }

  @Test
  void signingOutEndsTheSession() throws Exception {
    var browser = server.browser();
    browser.signIn("viewer", SecurityTestServer.PASSWORD);
    String cookie = cookie(browser);
    HttpResponse<String> out = browser.post("/logout", Map.of("_csrf", browser.token("/")));
    assertThat(location(out)).endsWith("/login?out");

    HttpResponse<String> again =
        server.send(server.get("/").header("Cookie", "carillon_session=" + cookie));
    assertThat(again.statusCode()).isEqualTo(302);
    server.awaitAudit(Actor.login("viewer"), "logout", 1);
  }

  @Test
  void aFragmentOfAnEndedSessionTakesTheWholePageToTheLogin() throws Exception {
    HttpResponse<String> answer =
        server.send(server.get("/campaigns").header("HX-Request", "true"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("HX-Redirect")).contains("/login");
    HttpResponse<String> form =
        server.send(server.request("/campaigns/9/stop").POST(BodyPublishers.noBody()));
    assertThat(location(form)).endsWith("/login?ended");
  }

  private static String cookie(FormBrowser browser) {
    return browser.cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("carillon_session"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("nowhere: " + answer.statusCode());
  }
}
