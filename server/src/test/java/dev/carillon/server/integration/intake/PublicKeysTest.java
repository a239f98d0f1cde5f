package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.TestServer;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keys of apps and pages over HTTP: made, set to require identity tokens, used and revoked. */
class PublicKeysTest {
  @TempDir private static Path folder;
  private static RunningServer server;
  private static Api api;
  private static FactStore facts;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, Map.of(), beans -> {});
    api = new Api(URI.create("http://localhost:" + server.address().getPort()), TestServer.KEY);
    facts = server.context().getBean(FactStore.class);
  }

  @AfterAll
  static void stop() {
    api.close();
    server.close();
  }

  private static HttpResponse<byte[]> send(String method, String path, String body) {
    return api.answer(method, path, body.isEmpty() ? null : Api.json(body));
  }

  private static JsonNode made(String path, String body) {
    HttpResponse<byte[]> answer = send("POST", path, body);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(201);
    return Api.tree(answer.body());
  }

  private static HttpResponse<byte[]> with(String key, String path, String body) {
    HttpResponse<byte[]> answer =
        api.send(
            api.request(path)
                .setHeader("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(body))
                .build());
    facts.settle();
    return answer;
  }

  private static String token(JsonNode key, String identity) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.get("keyId").stringValue()).build(),
            new JWTClaimsSet.Builder()
                .subject(identity)
                .issueTime(Date.from(Instant.now()))
                .build());
    token.sign(new MACSigner(key.get("secret").stringValue()));
    return token.serialize();
  }

  @Test
  void aKeyThatRequiresTokensSpeaksForAPersonOnlyWithOne() throws Exception {
    JsonNode signing = made("/api/v1/identity-keys", "{'name':'Shop server','algorithm':'HS256'}");
    JsonNode page =
        made(
            "/api/v1/keys",
            "{'name':'Shop page','scopes':['data:append'],'identityTokens':'required'}");
    assertThat(page.get("identityTokens").stringValue()).isEqualTo("required");
    String key = page.get("key").stringValue();

    HttpResponse<byte[]> alone =
        with(
            key,
            "/1/upload",
            "{\"d\":[{\"type\":\"event\",\"identity\":\"ravi\",\"evtName\":\"Looked\"}]}");
    assertThat(Api.tree(alone.body()).at("/unprocessed/0/code").intValue()).isEqualTo(544);
    String identify =
        "{\"userId\":\"ravi\",\"anonymousId\":\"visitor\",\"traits\":{\"plan\":\"pro\"}%s}";
    assertThat(with(key, "/v1/identify", identify.formatted("")).statusCode()).isEqualTo(200);
    assertThat(facts.person(Identity.user("ravi"))).isEmpty();
    assertThat(facts.person(Identity.anonymous("visitor"))).isPresent();

    String another = ",\"identityToken\":\"" + token(signing, "meera") + "\"";
    with(key, "/v1/identify", identify.formatted(another));
    assertThat(facts.person(Identity.user("ravi"))).isEmpty();

    String own = ",\"context\":{\"identityToken\":\"" + token(signing, "ravi") + "\"}";
    with(key, "/v1/identify", identify.formatted(own));
    assertThat(facts.person(Identity.user("ravi")).orElseThrow().properties())
        .isEqualTo("{\"plan\":\"pro\"}");
    assertThat(facts.person(Identity.anonymous("visitor")))
        .isEqualTo(facts.person(Identity.user("ravi")));
    assertThat(metric("carillon_intake_tokens_missing_total")).endsWith(" 3.0");

    assertThat(
            send(
                    "PATCH",
                    "/api/v1/keys/" + page.get("id").stringValue(),
                    "{'identityTokens':'optional'}")
                .statusCode())
        .isEqualTo(200);
    with(key, "/v1/track", "{\"userId\":\"anil\",\"event\":\"Looked\",\"messageId\":\"anil-1\"}");
    assertThat(facts.person(Identity.user("anil"))).isPresent();

    assertThat(
            send("DELETE", "/api/v1/identity-keys/" + signing.get("id").stringValue(), "")
                .statusCode())
        .isEqualTo(204);
    assertThat(send("DELETE", "/api/v1/keys/" + page.get("id").stringValue(), "").statusCode())
        .isEqualTo(204);
    assertThat(with(key, "/1/upload", "{\"d\":[]}").statusCode()).isEqualTo(401);
  }

  @Test
  void aPublicKeyLeavesAKnownPersonsAddressesAlone() {
    String page =
        made("/api/v1/keys", "{'name':'Page','scopes':['data:append']}").get("key").stringValue();
    with(
        TestServer.KEY,
        "/1/upload",
        """
        {"d":[{"type":"profile","identity":"known","profileData":{"Phone":"+919876500001"}}]}\
        """);
    HttpResponse<byte[]> answer =
        with(
            page,
            "/1/upload",
            """
            {"d":[{"type":"profile","identity":"known","profileData":
            {"Phone":"+919876500002","Email":"thief@example.org","City":"Pune"}}]}\
            """);

    assertThat(Api.tree(answer.body()).get("processed").intValue()).isEqualTo(1);
    assertThat(facts.person(Identity.user("known")).orElseThrow().properties())
        .isEqualTo("{\"City\":\"Pune\",\"Phone\":\"+919876500001\"}");
    assertThat(metric("carillon_contacts_refused")).endsWith(" 1.0");
  }

  @Test
  void theWizardSaysThatAnEventComesFromApps() throws Exception {
    String page =
        made("/api/v1/keys", "{'name':'App','scopes':['data:append']}").get("key").stringValue();
    with(
        page,
        "/1/upload",
        "{\"d\":[{\"type\":\"event\",\"identity\":\"anu\",\"evtName\":\"Bought\"}]}");
    String campaign =
        made(
                "/api/v1/campaigns",
                "{'name':'Sale','channel':'whatsapp','goal':{'event':'Bought','within':'P1D'}}")
            .get("id")
            .stringValue();
    FormBrowser browser = new FormBrowser(server.address());
    browser.signIn("admin", TestServer.PASSWORD);
    String step = "/campaigns/" + campaign + "/edit/labels";

    assertThat(browser.get(step).body()).contains("also comes from apps or websites");
    Map<String, String> typed =
        Map.of("_csrf", browser.token(step), "hasGoal", "yes", "event", "Seen nowhere");
    assertThat(browser.post(step + "/trust/preview", typed).body())
        .contains("id=\"trust\"")
        .doesNotContain("apps or websites");
    HttpResponse<byte[]> any =
        send(
            "PATCH",
            "/api/v1/campaigns/" + campaign,
            "{'goal':{'event':'Bought','within':'P1D','trust':'any'}}");
    assertThat(Api.tree(any.body()).at("/goal/trust").stringValue()).isEqualTo("any");
    assertThat(browser.get(step).body()).containsPattern("name=\"anySource\"[^>]*checked");
    assertThat(
            send(
                    "PATCH",
                    "/api/v1/campaigns/" + campaign,
                    "{'goal':{'event':'Bought','within':'P1D','trust':'some'}}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void settingsMakeKeysAndShowThemOnce() throws Exception {
    FormBrowser browser = new FormBrowser(server.address());
    browser.signIn("admin", TestServer.PASSWORD);
    Map<String, String> form =
        Map.of(
            "_csrf", browser.token("/settings"),
            "label", "Page key",
            "scope", "data:append",
            "tokens", "true");
    assertThat(browser.post("/settings/keys", form).body())
        .contains("Copy the key now")
        .contains("identity tokens required");
    Map<String, String> pair =
        Map.of("_csrf", browser.token("/settings"), "label", "Server", "algorithm", "ES256");
    assertThat(browser.post("/settings/identity-keys", pair).body())
        .contains("-----BEGIN PRIVATE KEY-----");
    assertThat(browser.get("/settings").body()).contains("ES256").doesNotContain("PRIVATE KEY");
    Map<String, String> wrong =
        Map.of(
            "_csrf", browser.token("/settings"),
            "label", "Server key",
            "scope", "data:write",
            "tokens", "true");
    HttpResponse<String> refused = browser.post("/settings/keys", wrong);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("Only a key with data:append");
  }

  @Test
  void whatIsWrongWithAKeyIsSaid() {
    assertThat(send("POST", "/api/v1/keys", "{'name':'x','scopes':['nothing']}").statusCode())
        .isEqualTo(400);
    assertThat(send("POST", "/api/v1/keys", "{'name':'x','scopes':[]}").statusCode())
        .isEqualTo(422);
    assertThat(
            send(
                    "POST",
                    "/api/v1/keys",
                    "{'name':'x','scopes':['data:write'],'identityTokens':'required'}")
                .statusCode())
        .isEqualTo(422);
    assertThat(
            send(
                    "POST",
                    "/api/v1/keys",
                    "{'name':'x','scopes':['data:append'],'identityTokens':'maybe'}")
                .statusCode())
        .isEqualTo(400);
    assertThat(send("DELETE", "/api/v1/keys/999", "").statusCode()).isEqualTo(404);
    assertThat(
            send("POST", "/api/v1/identity-keys", "{'name':'x','algorithm':'none'}").statusCode())
        .isEqualTo(400);
    assertThat(
            send(
                    "POST",
                    "/api/v1/identity-keys",
                    "{'name':'x','algorithm':'ES256','publicKey':'x'}")
                .statusCode())
        .isEqualTo(422);
  }

  private static String metric(String name) {
    return new String(
            api.answer("GET", "/actuator/prometheus", null).body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElse("");
  }
}
