package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What sources send by mistake, or as their tools write it, over HTTP at every ingestion endpoint.
 */
class SourceMistakesOverHttpTest {
  private static final String TRACK =
      "{\"writeKey\":\"%s\",\"type\":\"track\",\"userId\":\"%s\",\"event\":\"Looked\","
          + "\"messageId\":\"%s\"}";

  @TempDir private static Path folder;
  private static RunningServer server;
  private static Api api;
  private static FactStore facts;
  private static String publicKey = "";
  private static String writeKey = "";

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, Map.of(), beans -> {});
    api = new Api(URI.create("http://localhost:" + server.address().getPort()), TestServer.KEY);
    facts = server.context().getBean(FactStore.class);
    ApiKeys keys = server.context().getBean(ApiKeys.class);
    publicKey = keys.create("shop page", EnumSet.of(Scope.DATA_APPEND), false, Actor.SYSTEM).key();
    writeKey = keys.create("shop server", EnumSet.of(Scope.DATA_WRITE), false, Actor.SYSTEM).key();
  }

  @AfterAll
  static void stop() {
    api.close();
    server.close();
  }

  private static HttpResponse<byte[]> post(String path, String key, byte[] body, String type) {
    HttpRequest.Builder request = api.request(path).header("Content-Type", type);
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return api.send(request.POST(BodyPublishers.ofByteArray(body)).build());
  }

  private static HttpResponse<byte[]> post(String path, String key, String body) {
    return post(path, key, body.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  private static JsonNode importCsv(String query, String csv) {
    HttpResponse<byte[]> answer =
        post(
            "/api/v1/people/import" + query,
            TestServer.KEY,
            csv.getBytes(StandardCharsets.UTF_8),
            "text/csv");
    assertThat(answer.statusCode()).isEqualTo(200);
    facts.settle();
    return Api.tree(answer.body());
  }

  private static JsonNode properties(String identity) {
    facts.settle();
    return api.get("/api/v1/people?identity=" + identity).get("properties");
  }

  private static String metric(String name) {
    return new String(
            api.answer("GET", "/actuator/prometheus", null).body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElse("");
  }

  @Test
  void placeholderIdsAreCountedAndShownWithTheConnections() {
    HttpResponse<byte[]> answer =
        post(
            "/v1/batch",
            writeKey,
            """
            {"batch":[
              {"type":"identify","userId":"undefined","anonymousId":"v1","traits":{"seen":"one"}},
              {"type":"identify","userId":"undefined","anonymousId":"v2","traits":{"seen":"two"}}]}\
            """);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(importCsv("", "id,City\nnull,Pune\nreal-1,Agra\n").get("refused").longValue())
        .isEqualTo(1);
    facts.settle();

    assertThat(facts.person(Identity.user("undefined"))).isEmpty();
    assertThat(facts.person(Identity.anonymous("v1")).orElseThrow().properties())
        .isEqualTo("{\"seen\":\"one\"}");
    assertThat(metric("carillon_intake_placeholder_ids_total"))
        .matches("carillon_intake_placeholder_ids_total(\\{.*})? [3-9].*");
  }

  @Test
  void anEventWithANameTwiceIsReadAlikeEverywhere() {
    post(
        "/1/upload",
        writeKey,
        """
        {"d":[{"type":"event","identity":"twice","evtName":"Bought","ts":1796000000,
               "evtData":{"Amount":1,"x":{"y":1,"y":2},"Amount":900}},
              {"type":"profile","identity":"twice","profileData":{"tier":1,"tier":7}}]}\
        """);
    facts.settle();

    assertThat(api.get("/api/v1/people/timeline?identity=twice").toString())
        .contains("900")
        .doesNotContain("\"Amount\":1,");
    assertThat(properties("twice").get("tier").intValue()).isEqualTo(7);
    assertThat(
            api.estimate(
                "{'did':'Bought','atLeast':1,"
                    + "'where':[{'property':'Amount','op':'equals','value':900}]}"))
        .isEqualTo(1);
    assertThat(api.estimate("{'property':'tier','op':'equals','value':7}")).isEqualTo(1);
  }

  @Test
  void aFileImportedAgainWithAnotherMappingTakesEffect() {
    StringBuilder csv = new StringBuilder("id,pin\n");
    for (int i = 0; i < 300; i++) {
      csv.append("pin")
          .append(i)
          .append(',')
          .append(i % 7 == 0 ? 33_000 + i : 330 + i)
          .append('\n');
    }
    importCsv("", csv.toString());
    assertThat(properties("pin0").get("pin").isNumber()).isTrue();

    importCsv("?map=pin:text", csv.toString());
    assertThat(properties("pin0").get("pin").isString()).isTrue();
    importCsv("?map=pin:text", csv.toString());
    assertThat(properties("pin299").get("pin").stringValue()).isEqualTo("629");

    importCsv("?map=pin:number", csv.toString());
    assertThat(properties("pin0").get("pin").isNumber()).isTrue();
  }

  @Test
  void aFileImportedAgainChangesNothingThatBecameKnownMeanwhile() {
    String csv = "id,level\nagain,one\nagain,two\n";
    importCsv("", csv);
    assertThat(properties("again").get("level").stringValue()).isEqualTo("two");
    api.post(
        "/1/upload",
        "{'d':[{'type':'profile','identity':'again','profileData':{'level':'three'}}]}");
    importCsv("", csv);
    assertThat(properties("again").get("level").stringValue()).isEqualTo("three");
  }

  @Test
  void phonesOfSpreadsheetsAreRepairedAndTheRestIsCountedWithItsLines() {
    String csv =
        """
        sep=,
        id,phone,City,
        ph1,3125550101,Pune,
        ph2,=~+13125550102~,Pune,
        ph3,~=~~+13125550103~~~,Agra,
        ph4,1.31E+10,Agra,
        ph5,13125550105.0,,
        """
            .replace('~', '"');
    JsonNode without = importCsv("", csv);
    assertThat(without.get("status").stringValue()).isEqualTo("success");
    assertThat(without.at("/phonesNotValid/count").longValue()).isEqualTo(3);
    assertThat(without.at("/phonesNotValid/lines").toString()).isEqualTo("[3,6,7]");
    JsonNode with = importCsv("?country=US", csv);
    assertThat(with.at("/phonesNotValid/lines").toString()).isEqualTo("[6]");
    assertThat(api.get("/api/v1/people?identity=ph1").get("phone").stringValue())
        .endsWith("13125550101");
    assertThat(properties("ph2").get("Phone").stringValue()).isEqualTo("+13125550102");
    assertThat(properties("ph3").get("Phone").stringValue()).isEqualTo("+13125550103");
    assertThat(properties("ph5").get("Phone").stringValue()).isEqualTo("+13125550105");
    assertThat(
            post(
                    "/api/v1/people/import?country=Mars",
                    TestServer.KEY,
                    csv.getBytes(StandardCharsets.UTF_8),
                    "text/csv")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void theAccountsCountryIsTheDefaultAtEveryDoor() {
    api.call("PATCH", "/api/v1/settings", Api.json("{'country':'IN'}"));
    try {
      post(
          "/1/upload",
          writeKey,
          "{\"d\":[{\"type\":\"profile\",\"identity\":\"nat1\",\"profileData\":{\"Phone\":\"98765"
              + " 43211\"}}]}");
      post(
          "/v1/identify", writeKey, "{\"userId\":\"nat2\",\"traits\":{\"phone\":\"09876543212\"}}");
      importCsv("", "id,phone\nnat3,9876543213\n");
      facts.settle();
      for (int i = 1; i <= 3; i++) {
        assertThat(api.get("/api/v1/people?identity=nat" + i).get("phone").stringValue())
            .endsWith("91987654321" + i);
      }
    } finally {
      api.call("PATCH", "/api/v1/settings", Api.json("{'country':null}"));
    }
  }

  @Test
  void aPublicKeyAddsDataAndNothingElse() {
    assertThat(post("/v1/track", publicKey, TRACK.formatted(publicKey, "pub1", "p1")).statusCode())
        .isEqualTo(200);
    assertThat(
            post("/v1/identify", publicKey, "{\"userId\":\"pub1\",\"traits\":{\"plan\":\"gold\"}}")
                .statusCode())
        .isEqualTo(200);
    assertThat(properties("pub1").get("plan").stringValue()).isEqualTo("gold");
    HttpResponse<byte[]> consent =
        post(
            "/v1/identify",
            publicKey,
            "{\"userId\":\"pub1\",\"traits\":{\"plan\":\"x\",\"MSG-whatsapp\":false}}");
    assertThat(consent.statusCode()).isEqualTo(400);
    JsonNode uploaded =
        Api.tree(
            post(
                    "/1/upload",
                    publicKey,
                    """
                    {"d":[{"type":"profile","identity":"pub1","profileData":{"MSG-sms":false}},
                      {"type":"event","identity":"pub1","evtName":"E","evtData":{"MSG-sms":1}}]}\
                    """)
                .body());
    assertThat(uploaded.get("processed").longValue()).isEqualTo(1);
    assertThat(uploaded.at("/unprocessed/0/code").intValue()).isEqualTo(543);
    assertThat(properties("pub1").has("MSG-sms")).isFalse();
    for (String key : List.of(publicKey, writeKey)) {
      assertThat(send("DELETE", "/api/v1/people/pub1", key).statusCode()).isEqualTo(403);
      assertThat(send("DELETE", "/api/v1/people?identity=pub1", key).statusCode()).isEqualTo(403);
      assertThat(send("GET", "/api/v1/people?identity=pub1", key).statusCode()).isEqualTo(403);
    }
    assertThat(
            post(
                    "/api/v1/people/import",
                    publicKey,
                    "id\npub2\n".getBytes(StandardCharsets.UTF_8),
                    "text/csv")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            post(
                    "/v1/identify",
                    writeKey,
                    "{\"userId\":\"pub1\",\"traits\":{\"MSG-whatsapp\":false}}")
                .statusCode())
        .isEqualTo(200);
    assertThat(properties("pub1").get("MSG-whatsapp").booleanValue()).isFalse();
    String deleter =
        server
            .context()
            .getBean(ApiKeys.class)
            .create("deleter", EnumSet.of(Scope.PEOPLE_DELETE), false, Actor.SYSTEM)
            .key();
    assertThat(send("DELETE", "/api/v1/people/pub1", deleter).statusCode()).isEqualTo(204);
  }

  private static HttpResponse<byte[]> send(String method, String path, String key) {
    return api.send(
        api.request(path)
            .header("Authorization", "Bearer " + key)
            .method(method, BodyPublishers.noBody())
            .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"t", "i", "p", "s", "a", "g", "b", "track", "identify", "batch", "import"})
  void pagesOfOtherOriginsMaySendAsTheBrowserLibraryDoes(String path) {
    HttpResponse<byte[]> asked =
        api.send(
            api.request("/v1/" + path)
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,authorization")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(asked.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("POST");
    assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .containsIgnoringCase("content-type")
        .containsIgnoringCase("authorization");
    assertThat(asked.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();

    String message =
        "{\"writeKey\":\"%s\",\"userId\":\"br\",\"previousId\":\"v\",\"event\":\"X\","
            + "\"batch\":[]}";
    HttpResponse<byte[]> sent =
        post(
            "/v1/" + path,
            "",
            message.formatted(publicKey).getBytes(StandardCharsets.UTF_8),
            "text/plain");
    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(sent.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(
            post(
                    "/v1/" + path,
                    "",
                    message.formatted(writeKey).getBytes(StandardCharsets.UTF_8),
                    "text/plain")
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .isEmpty();
  }

  /** Else the library takes what will never be taken for a broken connection, and tries again. */
  @Test
  void aPageMayReadThatItsBodyIsRefused() {
    for (String key : List.of(publicKey, writeKey)) {
      HttpResponse<byte[]> refused =
          api.send(
              api.request("/v1/batch")
                  .header("Authorization", "Bearer " + key)
                  .header("Content-Encoding", "br")
                  .POST(BodyPublishers.ofString("{}"))
                  .build());
      assertThat(refused.statusCode()).isEqualTo(415);
      assertThat(refused.headers().firstValue("Access-Control-Allow-Origin").isPresent())
          .isEqualTo(key.equals(publicKey));
    }
  }

  @Test
  void otherAddressesAnswerNoOtherOrigin() {
    for (String path : List.of("/1/upload", "/api/v1/people", "/v1/unknown", "/hooks/1")) {
      HttpResponse<byte[]> asked =
          api.send(
              api.request(path)
                  .header("Origin", "https://shop.example")
                  .header("Access-Control-Request-Method", "POST")
                  .method("OPTIONS", BodyPublishers.noBody())
                  .build());
      assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).as(path).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "ISO-8859-1"})
  void aBodyInAnotherEncodingIsRefusedAndNoFaultOfTheServer(String encoding) {
    Charset charset = Charset.forName(encoding);
    String record =
        "{\"type\":\"profile\",\"identity\":\"J\u00fcrgen\",\"profileData\":{\"City\":\"K\u00f6ln\"}}";
    String track = TRACK.formatted(publicKey, "J\u00fcrgen", "enc");
    for (String type :
        List.of("application/json", "text/plain", "application/json; charset=" + encoding)) {
      for (String[] one :
          new String[][] {
            {"/1/upload", "{\"d\":[" + record + "]}"},
            {"/v1/track", track},
            {"/v1/t", track},
            {"/v1/batch", "{\"batch\":[" + track + "]}"},
            {"/v1/identify", "{\"userId\":\"J\u00fcrgen\",\"traits\":{\"a\":1}}"},
            {
              "/api/v1/segments/estimate", "{\"rule\":{\"property\":\"J\u00fc\",\"op\":\"exists\"}}"
            },
            {"/api/v1/campaigns", "{\"name\":\"J\u00fc\",\"channel\":\"whatsapp\"}"},
          }) {
        HttpResponse<byte[]> answer = post(one[0], TestServer.KEY, one[1].getBytes(charset), type);
        assertThat(answer.statusCode())
            .as(
                "%s as %s in %s: %s",
                one[0], type, encoding, new String(answer.body(), StandardCharsets.ISO_8859_1))
            .isBetween(400, 499);
        if (one[0].startsWith("/v1/t")) {
          assertThat(post(one[0], "", one[1].getBytes(charset), type).statusCode())
              .as("%s with the key in the body, in %s", one[0], encoding)
              .isBetween(400, 499);
        }
      }
    }
    HttpResponse<byte[]> csv =
        post(
            "/api/v1/people/import",
            TestServer.KEY,
            "id,City\nJ\u00fcrgen,K\u00f6ln\n".getBytes(charset),
            "text/csv");
    assertThat(csv.statusCode())
        .as(new String(csv.body(), StandardCharsets.ISO_8859_1))
        .isIn(200, 400);
    assertThat(
            csv.statusCode() == 400
                || !Api.tree(csv.body()).get("status").stringValue().equals("success"))
        .isTrue();
  }

  @Test
  void aTypeThatCurlGivesToAnythingIsRefusedInWords() {
    byte[] body = "{\"rule\":{\"everyone\":true}}".getBytes(StandardCharsets.UTF_8);
    String path = "/api/v1/segments/estimate";
    assertThat(post(path, TestServer.KEY, body, "text/plain").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> form =
        post(path, TestServer.KEY, body, "application/x-www-form-urlencoded");
    assertThat(form.statusCode()).isEqualTo(415);
    assertThat(Api.tree(form.body()).get("detail").stringValue())
        .contains("Content-Type: application/json");
  }
}
