package dev.carillon.server.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.Role;
import dev.carillon.server.access.Scope;
import dev.carillon.server.integration.harness.FormBrowser;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may reach which endpoint, over real HTTP. */
class SecurityRulesTest {
  @TempDir private static Path folder;
  private static SecurityTestServer server;

  @BeforeAll
  static void start() {
    server = SecurityTestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/campaigns",
    "POST, /api/v1/campaigns",
    "POST, /api/v1/segments/estimate",
    "PATCH, /api/v1/settings",
    "DELETE, /api/v1/people/somebody",
  })
  void theApiAsksForAKey(String method, String path) throws Exception {
    HttpResponse<String> answer =
        server.send(server.request(path).method(method, BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
    assertThat(answer.body()).contains("\"code\":\"unauthenticated\"", "\"status\":401");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void aKeyMayBeShownInThreeWays() throws Exception {
    String key =
        server.keys().create("reader", EnumSet.of(Scope.CAMPAIGNS_READ), false, Actor.SYSTEM).key();
    String basic = Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));

    for (HttpRequest.Builder request :
        List.of(
            server.get("/api/v1/campaigns").header("Authorization", "Bearer " + key),
            server.get("/api/v1/campaigns").header("authorization", "bearer " + key),
            server.get("/api/v1/campaigns").header("Authorization", "Basic " + basic),
            server
                .get("/api/v1/campaigns")
                .header("X-CleverTap-Account-Id", "any")
                .header("X-CleverTap-Passcode", key))) {
      HttpResponse<String> answer = server.send(request);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("reader");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer nobody",
    "Authorization, Bearer",
    "Authorization, Basic !!!",
    "Authorization, Digest x",
    "X-CleverTap-Passcode, nobody",
  })
  void aWrongKeyIsRefused(String header, String value) throws Exception {
    HttpResponse<String> answer =
        server.send(server.get("/api/v1/campaigns").header(header, value));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"code\":\"invalidKey\"").doesNotContain("nobody");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/campaigns, campaigns:read",
    "GET, /api/v1/campaigns/7, campaigns:read",
    "POST, /api/v1/campaigns, campaigns:write",
    "POST, /api/v1/campaigns/7/launch, campaigns:write",
    "DELETE, /api/v1/campaigns/7, campaigns:write",
    "POST, /api/v1/segments/estimate, campaigns:read",
    "POST, /api/v1/segments, campaigns:write",
    "POST, /api/v1/segments/1/estimate, campaigns:read",
    "GET, /api/v1/segments/1/usage, campaigns:read",
    "GET, /api/v1/segments/1/people, people:read",
    "GET, /api/v1/lists/1/people, people:read",
    "GET, /api/v1/lists, campaigns:read",
    "DELETE, /api/v1/lists/1, campaigns:write",
    "GET, /api/v1/suggestions/events, campaigns:read",
    "GET, /api/v1/suggestions/values, people:read",
    "GET, /api/v1/campaigns/7/report, reports:read",
    "GET, /api/v1/campaigns/7/report.csv, reports:read",
    "GET, /api/v1/campaigns/7/report/people, people:read",
    "GET, /api/v1/campaigns/7/messages/3, people:read",
    "GET, /api/v1/people/meera, people:read",
    "DELETE, /api/v1/people/meera, people:delete",
    "POST, /api/v1/people/import, data:write",
    "GET, /api/v1/providers, connections:read",
    "POST, /api/v1/providers, connections:write",
    "POST, /api/v1/providers/3/test, connections:write",
    "GET, /api/v1/providers/3/templates, campaigns:read",
    "POST, /api/v1/campaigns/7/unschedule, campaigns:write",
    "GET, /api/v1/campaigns/7/control-group.csv, people:read",
    "GET, /api/v1/settings, campaigns:read",
    "PATCH, /api/v1/settings, admin",
    "GET, /api/v1/settings/system-control-group.csv, people:read",
    "GET, /api/v1/keys, admin",
    "GET, /api/v1/audit, admin",
    "GET, /api/v1/audit.csv, admin",
    "GET, /api/v1/people?identity=a, people:read",
    "GET, /api/v1/people/timeline?identity=a, people:read",
    "DELETE, /api/v1/people?identity=a, people:delete",
    "GET, /api/v1/anything, admin",
    "POST, /api/v1/verify, admin",
    "GET, /api/v1/dead-letters, admin",
    "POST, /api/v1/dead-letters/retry, admin",
    "GET, /actuator/prometheus, reports:read",
  })
  void eachPlaceNeedsItsScope(String method, String path, String scope) throws Exception {
    Scope needed = Scope.ofKey(scope).orElseThrow();
    EnumSet<Scope> others = EnumSet.complementOf(EnumSet.of(needed, Scope.ADMIN));
    String key =
        server.keys().create("only " + scope, EnumSet.of(needed), false, Actor.SYSTEM).key();
    String without = server.keys().create("all but " + scope, others, false, Actor.SYSTEM).key();

    assertThat(server.call(method, path, key).statusCode()).isNotIn(401, 403);
    HttpResponse<String> refused = server.call(method, path, without);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("\"code\":\"forbidden\"");
  }

  /** The last three show who is known, besides what they change. */
  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/campaigns/compare, campaigns:read, reports:read",
    "POST, /api/v1/campaigns/7/test, campaigns:write, people:read",
    "POST, /api/v1/lists, campaigns:write, people:read",
    "PUT, /api/v1/lists/7/contents, campaigns:write, people:read",
  })
  void someNeedBothOfTheirScopes(String method, String path, String one, String other)
      throws Exception {
    EnumSet<Scope> needed =
        EnumSet.of(Scope.ofKey(one).orElseThrow(), Scope.ofKey(other).orElseThrow());
    String both = server.keys().create("both", needed, false, Actor.SYSTEM).key();
    assertThat(server.call(method, path, both).statusCode()).isNotIn(401, 403);
    for (Scope scope : needed) {
      EnumSet<Scope> others = EnumSet.complementOf(EnumSet.of(scope, Scope.ADMIN));
      String without =
          server.keys().create("all but " + scope.key(), others, false, Actor.SYSTEM).key();
      assertThat(server.call(method, path, without).statusCode()).as(scope.key()).isEqualTo(403);
    }
  }

  @Test
  void aKeyNeedsNoCsrfToken() throws Exception {
    String key =
        server
            .keys()
            .create("writer", EnumSet.of(Scope.CAMPAIGNS_WRITE), false, Actor.SYSTEM)
            .key();
    assertThat(server.call("POST", "/api/v1/campaigns", key).statusCode()).isEqualTo(201);
    assertThat(server.call("POST", "/api/v1/campaigns/9/launch", key).body()).isEqualTo("writer");
  }

  @Test
  void theTokenInTheFolderIsTheOwnersAndOpensVerifyingAlone() throws Exception {
    assertThat(Files.getPosixFilePermissions(folder.resolve(LocalAccess.FILE)))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    LocalAccess.Notice notice = LocalAccess.notice(folder).orElseThrow();
    assertThat(server.request(LocalAccess.VERIFY).build().uri().getPort())
        .isEqualTo(notice.server().getPort());

    assertThat(server.call("POST", LocalAccess.VERIFY, notice.token()).body())
        .isEqualTo("command line");
    for (String wrong : List.of("", "x", notice.token() + "x", notice.token().substring(1))) {
      assertThat(server.call("POST", LocalAccess.VERIFY, wrong).statusCode()).isEqualTo(401);
    }
    for (String path :
        List.of(
            "/api/v1/campaigns",
            "/api/v1/keys",
            "/api/v1/verify/more",
            "/actuator/env",
            LocalAccess.DEAD_LETTERS)) {
      assertThat(server.call("POST", path, notice.token()).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(server.call("GET", LocalAccess.VERIFY, notice.token()).statusCode()).isEqualTo(401);
  }

  @Test
  void theTokenGoesWithItsServer(@TempDir Path another) throws Exception {
    LocalAccess.Notice before;
    try (SecurityTestServer first = SecurityTestServer.start(another)) {
      before = LocalAccess.notice(another).orElseThrow();
      assertThat(first.call("POST", LocalAccess.VERIFY, before.token()).statusCode())
          .isEqualTo(200);
    }
    assertThat(LocalAccess.notice(another)).isEmpty();
    try (SecurityTestServer second = SecurityTestServer.start(another)) {
      assertThat(second.call("POST", LocalAccess.VERIFY, before.token()).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void ingestionChecksByItself() throws Exception {
    for (String path : List.of("/1/upload", "/v1/batch", "/hooks/7", "/l/token")) {
      HttpResponse<String> answer =
          server.send(server.request(path).POST(BodyPublishers.ofString("x")));
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "x-frame-options");
    }
  }

  /** The first four are turned away by Tomcat, the others by the firewall. */
  @ParameterizedTest
  @ValueSource(
      strings = {"%00", "a%2Fb", "a%5Cb", "%ff", "%0A", "a;b", "a%3Bb", "a%25b", "%e2%80%a8"})
  void anAddressThatIsNotTakenIsAProblemDocumentForPrograms(String identity) throws Exception {
    for (String accept : List.of("*/*", "text/html")) {
      HttpResponse<String> answer =
          server.send(
              server
                  .get("/api/v1/people/" + identity)
                  .header("Accept", accept)
                  .header("Authorization", "Bearer whatever"));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      assertThat(answer.body()).contains("\"code\":\"invalidAddress\"", "\"status\":400");
    }
    assertThat(server.send(server.get("/people/" + identity)).body())
        .doesNotContain("invalidAddress");
  }

  /** The file is refused before its parts are read: one that is no form at all is refused alike. */
  @Test
  void filesAreTakenFromThoseWhoMayBringThemIn() throws Exception {
    server.logins().add("onlooker", SecurityTestServer.PASSWORD, Role.VIEWER, Actor.SYSTEM);
    FormBrowser viewer = server.browser();
    viewer.signIn("onlooker", SecurityTestServer.PASSWORD);
    for (String path : List.of("/lists", "/lists/3/replace", "/people/imports/preview")) {
      assertThat(viewer.upload(path, viewer.token("/"), "id\n7\n").statusCode())
          .as(path)
          .isEqualTo(403);
    }
    assertThat(viewer.upload("/campaigns/9/stop", viewer.token("/"), "id\n").statusCode())
        .isEqualTo(415);
  }

  @Test
  void healthIsOpenAndTheRestOfManagementIsNot() throws Exception {
    assertThat(server.send(server.get("/actuator/health")).statusCode()).isEqualTo(200);
    assertThat(server.send(server.get("/actuator/env")).statusCode()).isEqualTo(401);
    assertThat(server.send(server.get("/openapi")).statusCode()).isEqualTo(401);
  }

  @Test
  void filesAreOpenAndMayBeKept() throws Exception {
    HttpResponse<String> answer = server.send(server.get("/assets/carillon.css"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).doesNotContain("no-store");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }
}
