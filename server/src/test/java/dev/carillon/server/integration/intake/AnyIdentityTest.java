package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** People are read and deleted by the API whatever characters their identity has. */
class AnyIdentityTest {
  private static final List<String> KNOWN =
      List.of(
          "org/17",
          "a;b",
          "50%",
          "%2F",
          "a\\b",
          ".",
          "..",
          "../../etc/passwd",
          "a+b",
          "a b",
          " a ",
          "a&identity=b",
          "a,b",
          "a?b#c",
          "timeline",
          "\uD83D\uDE00",
          "Zo\u00EB",
          "\u0645\u064A",
          "\u200B",
          "\u0001",
          "a\nb",
          "\"'<>{}|^`",
          "=1+1",
          "u:x",
          "\u6F22".repeat(1_024));

  private static final String[] PIECES = {
    "/",
    ";",
    "%",
    "\\",
    "+",
    " ",
    ".",
    "..",
    "?",
    "#",
    "&",
    "=",
    ":",
    "@",
    "'",
    "\"",
    "<",
    "|",
    "^",
    "~",
    ",",
    "%00",
    "%2e",
    "a",
    "Z",
    "7",
    "\u00E9",
    "e\u0301",
    "\u200F",
    "\uD83D\uDC4D",
    "\u6F22",
    "\t",
    "\r\n",
    "\u001F"
  };

  @TempDir private static Path data;
  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server = TestServer.start(data, Map.of(), _ -> {});
    api = new Api(server.address(), TestServer.KEY);
  }

  @AfterAll
  static void stop() {
    api.close();
    server.close();
  }

  @Test
  void everyoneIsReadAndDeletedByTheirIdentity() throws Exception {
    long seed = new Random().nextLong();
    Set<String> identities = new LinkedHashSet<>(KNOWN);
    Random random = new Random(seed);
    while (identities.size() < KNOWN.size() + 40) {
      String identity = drawn(random);
      if (!identity.isBlank()) {
        identities.add(identity);
      }
    }
    List<ObjectNode> records = new ArrayList<>();
    for (String identity : identities) {
      ObjectNode profile = Api.json("{'type':'profile'}").put("identity", identity);
      profile.putObject("profileData").put("Mark", identity);
      records.add(profile);
      ObjectNode event = Api.json("{'type':'event','evtName':'Charged'}").put("identity", identity);
      event.putObject("evtData").put("Mark", identity);
      records.add(event);
    }
    api.upload(records);
    FormBrowser browser = new FormBrowser(server.address());
    browser.signIn("admin", TestServer.PASSWORD);

    int number = 0;
    for (String identity : identities) {
      String named = "?identity=" + encoded(identity);
      String which = "seed %d: %s".formatted(seed, identity);
      JsonNode person = api.get("/api/v1/people" + named);
      assertThat(person.get("identity").stringValue()).as(which).isEqualTo(identity);
      assertThat(person.at("/properties/Mark").stringValue()).isEqualTo(identity);
      JsonNode timeline = api.get("/api/v1/people/timeline" + named + "&kind=event");
      assertThat(timeline.get("entries")).as(which).hasSize(1);
      assertThat(timeline.at("/entries/0/properties/Mark").stringValue()).isEqualTo(identity);
      assertThat(browser.get("/people/person?id=" + encoded("u:" + identity)).statusCode())
          .as(which)
          .isEqualTo(200);

      if (number++ % 3 != 0) {
        api.call("DELETE", "/api/v1/people" + named, null);
        assertThat(api.answer("GET", "/api/v1/people" + named, null).statusCode())
            .as(which)
            .isEqualTo(404);
        assertThat(api.answer("DELETE", "/api/v1/people" + named, null).statusCode())
            .as(which)
            .isEqualTo(404);
      }
    }
    assertThat(api.get("/api/v1/people?identity=org/17").get("identity").stringValue())
        .as("the others are still there")
        .isEqualTo("org/17");
  }

  private static String drawn(Random random) {
    StringBuilder identity = new StringBuilder();
    for (int pieces = 1 + random.nextInt(12); pieces > 0; pieces--) {
      identity.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return identity.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Not only by uploads, and visitors too. */
  @Test
  void whoCameByAnyDoorIsReadAndDeleted() {
    api.upload(
        List.of(
            Api.json("{'type':'event','FBID':'fb/1;2','evtName':'Looked'}"),
            Api.json("{'type':'event','GPID':'gp%2F1','evtName':'Looked'}"),
            Api.json("{'type':'event','objectId':'device\\\\7..','evtName':'Looked'}")));
    api.post(
        "/v1/batch",
        """
        {'batch':[{'type':'track','userId':'by/track?','event':'Looked'},
          {'type':'track','anonymousId':'visitor/#1','event':'Looked'},
          {'type':'identify','userId':'.. /identify','traits':{'a':1}},
          {'type':'alias','userId':'now;here','previousId':'was%there'},
          {'type':'track','anonymousId':'was%there','event':'Looked'}]}""");
    HttpResponse<byte[]> imported =
        api.send(
            api.request("/api/v1/people/import")
                .header("Authorization", "Bearer " + TestServer.KEY)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("id,City\n\"a/b, \"\"c\"\"\",Pune\n"))
                .build());
    assertThat(imported.statusCode()).isEqualTo(200);

    for (String identity :
        List.of(
            "fb/1;2",
            "gp%2F1",
            "device\\7..",
            "by/track?",
            "visitor/#1",
            ".. /identify",
            "was%there",
            "a/b, \"c\"")) {
      String named = "?identity=" + encoded(identity);
      String shown = api.get("/api/v1/people" + named).get("identity").stringValue();
      assertThat(shown).isEqualTo(identity.equals("was%there") ? "now;here" : identity);
      api.get("/api/v1/people/timeline" + named);
      api.call("DELETE", "/api/v1/people" + named, null);
      assertThat(api.answer("GET", "/api/v1/people" + named, null).statusCode())
          .as(identity)
          .isEqualTo(404);
    }
    assertThat(api.answer("GET", "/api/v1/people?identity=now;here", null).statusCode())
        .as("both names of one person")
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, '', query, invalidParameter",
    "GET, ?identity=a&query=a, query, invalidParameter",
    "GET, ?identity=a&limit=3, limit, invalidParameter",
    "GET, ?identity=a&identity=b, identity, invalidParameter",
    "GET, ?identity=, identity, invalidParameter",
    "GET, ?search=a, search, invalidParameter",
    "GET, /timeline?identity=a&query=b, query, invalidParameter",
    "DELETE, ?identity=a&identity=b, identity, invalidParameter",
    "DELETE, ?identity=a&query=b, query, invalidParameter",
    "DELETE, ?identity=a&dryRun=true, dryRun, invalidParameter",
    "DELETE, ?query=a, , invalidRequest",
    "GET, /timeline, , invalidRequest",
  })
  void whatIsNotOnePersonIsRefusedInWords(
      String method, String rest, @Nullable String parameter, String code) {
    HttpResponse<byte[]> answer = api.answer(method, "/api/v1/people" + rest, null);
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode problem = Api.tree(answer.body());
    assertThat(problem.get("code").stringValue()).isEqualTo(code);
    assertThat(problem.get("detail").stringValue()).isNotBlank();
    if (parameter != null) {
      assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo("/" + parameter);
    }
  }

  @Test
  void whoIsNotKnownIsNotFound() {
    for (String query : List.of("?identity=nobody", "?identity=" + "x".repeat(1_025))) {
      HttpResponse<byte[]> answer = api.answer("GET", "/api/v1/people" + query, null);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(Api.tree(answer.body()).get("code").stringValue()).isEqualTo("notFound");
    }
  }
}
