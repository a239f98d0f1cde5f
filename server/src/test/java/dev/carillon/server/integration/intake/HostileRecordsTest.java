package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.TestServer;
import dev.carillon.server.wiring.StoreWiring;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever is kept of people can be read everywhere, and whatever comes is answered. */
class HostileRecordsTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final int PEOPLE = 40;
  private static final List<String> NAMES =
      List.of(
          "a", "Name", "Phone", "Tz", "$.a", "a/b", "~", "*", "x y", "\\u0000", "\\ud83d\\udd14");

  /** What was kept before there were limits: by person, properties of changes one after another. */
  private static final Map<String, List<String>> EARLIER =
      Map.of(
          "early-text", List.of("{\"o\":{\"t\":\"" + "x".repeat(200_000) + "\"}}"),
          "early-list", List.of("{\"l\":[" + "12345678,".repeat(250_000) + "1]}"),
          "early-sum", List.of("{\"n\":{\"$incr\":1e308}}", "{\"n\":{\"$incr\":1.1e308}}"),
          "early-number", List.of("{\"n\":1E999999999,\"m\":-1E-999999999}"),
          "early-twice", List.of("{\"a\":1,\"a\":{\"b\":2,\"b\":3}}"),
          "early-half", List.of("{\"a\":\"\\ud83d\",\"\\ud83db\":1}"));

  @TempDir private static Path folder;
  private static RunningServer server;
  private static Api api;
  private static FormBrowser browser;

  @BeforeAll
  static void start() throws Exception {
    try (FactStore facts = StoreWiring.openFacts(folder, 256)) {
      long id = 1;
      for (Map.Entry<String, List<String>> person : EARLIER.entrySet()) {
        Identity who = Identity.user(person.getKey());
        for (String properties : person.getValue()) {
          Instant at = AT.plusSeconds(id++);
          facts.append(
              List.of(
                  new Entry.OfProfile(new ProfileChange(who, who.key(), properties, at, at)),
                  new Entry.OfEvent(
                      new UserEvent(who, who.key(), "Early", properties, id, at, at))));
        }
      }
      facts.settle();
    }
    server = TestServer.start(folder, Map.of(), beans -> {});
    URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
    api = new Api(address, TestServer.KEY);
    browser = new FormBrowser(address);
    browser.signIn("admin", TestServer.PASSWORD);
  }

  @AfterAll
  static void stop() {
    api.close();
    server.close();
  }

  @Test
  void whatWasKeptBeforeThereWereLimitsCanBeRead() throws Exception {
    for (String person : EARLIER.keySet()) {
      readEverywhere("earlier", person);
    }
    assertThat(api.get("/api/v1/people/early-sum").at("/properties/n").toString())
        .hasSize(309)
        .startsWith("21000");
    assertThat(api.get("/api/v1/people/early-twice").at("/timeline/0/properties/a/b").intValue())
        .isEqualTo(3);
    assertThat(api.get("/api/v1/people/early-list").get("propertiesRefused").intValue())
        .isEqualTo(1);
  }

  @Test
  void whateverIsTakenCanBeRead() throws Exception {
    long seed = Long.getLong("test.seed", System.nanoTime());
    Random random = new Random(seed);
    int taken = 0;
    for (int round = 0; round < 30; round++) {
      StringBuilder body = new StringBuilder("{\"d\":[");
      for (int i = 0; i < 30; i++) {
        body.append(i == 0 ? "" : ",").append(record(random));
      }
      HttpResponse<byte[]> answer = post("/1/upload", body.append("]}").toString());
      String what = "-Dtest.seed=" + seed + " round " + round;
      assertThat(answer.statusCode()).as(what).isEqualTo(200);
      taken += Api.tree(answer.body()).get("processed").intValue();
      String track =
          "{\"userId\":\"hostile-%d\",\"event\":\"Tracked\",\"properties\":%s}"
              .formatted(random.nextInt(PEOPLE), object(random, 3));
      assertThat(post("/v1/track", track).statusCode()).as(what).isIn(200, 400);
      String identify =
          "{\"userId\":\"hostile-%d\",\"traits\":%s}"
              .formatted(random.nextInt(PEOPLE), object(random, 3));
      assertThat(post("/v1/identify", identify).statusCode()).as(what).isIn(200, 400);
    }
    assertThat(taken).isGreaterThan(300);
    for (int person = 0; person < PEOPLE; person++) {
      readEverywhere("-Dtest.seed=" + seed, "hostile-" + person);
    }
    readRulesAndSuggestions("-Dtest.seed=" + seed);
  }

  private static void readEverywhere(String what, String person) throws Exception {
    for (String path :
        List.of(
            "/api/v1/people/" + person,
            "/api/v1/people/" + person + "/timeline",
            "/api/v1/people?query=" + person)) {
      HttpResponse<byte[]> answer = api.answer("GET", path, null);
      assertThat(answer.statusCode()).as("%s %s", what, path).isEqualTo(200);
      assertThat(Api.tree(answer.body()).isObject()).isTrue();
    }
    for (String path : List.of("/people/person?id=u%3A" + person, "/people?q=" + person)) {
      assertThat(browser.get(path).statusCode()).as("%s %s", what, path).isEqualTo(200);
    }
  }

  private static void readRulesAndSuggestions(String what) {
    for (String name : NAMES) {
      String property = Api.tree(("\"" + name + "\"").getBytes(StandardCharsets.UTF_8)).toString();
      for (String rule :
          List.of(
              "{\"property\":%s,\"op\":\"exists\"}",
              "{\"property\":%s,\"op\":\"equals\",\"value\":\"x\"}",
              "{\"property\":%s,\"op\":\"greaterThan\",\"value\":1}",
              "{\"property\":%s,\"op\":\"contains\",\"value\":\"\\\\\"}",
              "{\"property\":%s,\"op\":\"before\",\"value\":\"2026-01-01\"}",
              "{\"did\":\"Early\",\"atLeast\":1,\"where\":[{\"property\":%s,\"op\":\"exists\"}]}",
              "{\"did\":\"Hostile\",\"atLeast\":1,\"where\":[{\"property\":%s,\"op\":\"lessThan\",\"value\":9}]}")) {
        String body = "{\"rule\":" + rule.formatted(property) + "}";
        // A rule may not name a property with a NUL.
        assertThat(post("/api/v1/segments/estimate", body).statusCode())
            .as("%s %s", what, body)
            .isEqualTo(name.equals("\\u0000") ? 400 : 200);
      }
      String encoded =
          URLEncoder.encode(
              Api.tree(("\"" + name + "\"").getBytes(StandardCharsets.UTF_8)).asString(),
              StandardCharsets.UTF_8);
      for (String path :
          List.of(
              "properties?prefix=",
              "event-properties?event=Hostile",
              "event-properties?event=Early",
              "values?event=Hostile&property=" + encoded,
              "values?property=" + encoded)) {
        assertThat(api.answer("GET", "/api/v1/suggestions/" + path, null).statusCode())
            .as("%s %s", what, path)
            .isBetween(200, 499);
      }
    }
  }

  private static String record(Random random) {
    String who = "\"identity\":\"hostile-" + random.nextInt(PEOPLE) + "\"";
    return random.nextBoolean()
        ? "{\"type\":\"profile\"," + who + ",\"profileData\":" + object(random, 3) + "}"
        : "{\"type\":\"event\",\"evtName\":\"Hostile\","
            + who
            + ",\"evtData\":"
            + object(random, 3)
            + "}";
  }

  private static String object(Random random, int depth) {
    List<String> members = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      members.add("\"" + NAMES.get(random.nextInt(NAMES.size())) + "\":" + value(random, depth));
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 9 : 14)) {
      case 0 -> "\"" + "\u0939".repeat(random.nextInt(3) * 4_096) + "\"";
      case 1 -> "\"\\u0000\\u0001\\\\\\\"\\ud83d\\udd14\"";
      case 2 -> "1.7e308";
      case 3 -> "-0";
      case 4 -> "9".repeat(1 + random.nextInt(64));
      case 5 -> "1e-400";
      case 6 -> "\"$D_99999999999\"";
      case 7 -> random.nextInt(20) == 0 ? "\"\\ud800\"" : "null";
      case 8 -> random.nextInt(20) == 0 ? "1e999" : "\"2026-13-45T25:00\"";
      case 9 -> "{\"$incr\":" + (random.nextBoolean() ? "1.7e308" : "0.000000000000001") + "}";
      case 10 -> "{\"$add\":[" + value(random, 0) + "," + value(random, 0) + "]}";
      case 11 -> "{\"$remove\":" + value(random, 0) + "}";
      case 12 -> "[" + value(random, depth - 1) + "," + value(random, depth - 1) + "]";
      default -> object(random, depth - 1);
    };
  }

  @Test
  void aBodyInAnotherEncodingIsRefusedAtEveryDoor() {
    String body =
        """
        {"d":[{"type":"event","identity":"u","evtName":"e"}],"batch":[],"name":"n","userId":"u",
         "event":"e","rule":{"everyone":true}}\
        """;
    for (String path :
        List.of(
            "/1/upload",
            "/v1/batch",
            "/v1/track",
            "/v1/identify",
            "/api/v1/campaigns",
            "/api/v1/segments",
            "/api/v1/segments/estimate",
            "/api/v1/providers",
            "/api/v1/people/import",
            "/hooks/1")) {
      for (String encoding :
          List.of(
              "UTF-16",
              "UTF-16LE",
              "UTF-16BE",
              "UTF-32",
              "UTF-32LE",
              "UTF-32BE",
              "X-UTF-32LE-BOM")) {
        HttpResponse<byte[]> answer = post(path, body.getBytes(Charset.forName(encoding)));
        assertThat(answer.statusCode()).as("%s in %s", path, encoding).isBetween(400, 499);
      }
    }
  }

  @Test
  void theAnswerToWhatIsRefusedStaysSmall() {
    String refused =
        "{\"type\":\"profile\",\"profileData\":{\"x\":\"" + "x".repeat(16_000) + "\"}}";
    HttpResponse<byte[]> answer =
        post("/1/upload", "{\"d\":[" + (refused + ",").repeat(999) + refused + "]}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).hasSizeLessThan(3 << 20);
    JsonNode last = Api.tree(answer.body()).at("/unprocessed/999");
    assertThat(last.get("index").intValue()).isEqualTo(999);
    assertThat(last.at("/record/$bytes").intValue()).isEqualTo(refused.length());
  }

  private static HttpResponse<byte[]> post(String path, String body) {
    return post(path, body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<byte[]> post(String path, byte[] body) {
    return api.send(
        api.request(path)
            .header("Authorization", "Bearer " + TestServer.KEY)
            .header("Content-Type", path.endsWith("import") ? "text/csv" : "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }
}
