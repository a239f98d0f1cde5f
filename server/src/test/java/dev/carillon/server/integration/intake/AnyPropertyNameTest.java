package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Properties are kept, shown and found by rules whatever characters their names have. */
class AnyPropertyNameTest {
  private static final List<String> KNOWN =
      List.of(
          "utm.source",
          "UTM.source",
          "utm",
          "utm..source",
          "say \"hi\"",
          "l'\u00E2ge",
          "$os",
          "$.os",
          "$..os",
          "$[os]",
          "/home",
          "~1home",
          "**",
          "x*",
          "[1]",
          "list[1]",
          "#1",
          "\u540D\u524D",
          "\uD83C\uDF89 party",
          "First name",
          " led",
          "trailed ",
          "c:\\dir",
          "two\nlines",
          "a\tb",
          "length",
          "last",
          "true",
          "nil",
          "blank",
          "100%",
          "`q`",
          "'; DELETE FROM profile; --",
          "?",
          ":v",
          "{x}",
          "{{ x }}",
          "<b>bold</b>",
          "&amp;",
          "\u200B",
          "e\u0301",
          "\u00E9",
          "0",
          "-",
          "n".repeat(120));

  private static final String[] PIECES = {
    ".",
    "$",
    "[",
    "]",
    "*",
    "\"",
    "'",
    "\\",
    "/",
    "~",
    " ",
    "%",
    "#",
    "0",
    "q",
    "Q",
    "\u00FC",
    "\uD83D\uDC4D"
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

  private static List<String> names(Random random) {
    Set<String> names = new LinkedHashSet<>(KNOWN);
    while (names.size() < KNOWN.size() + 15) {
      StringBuilder name = new StringBuilder();
      for (int pieces = 1 + random.nextInt(8); pieces > 0; pieces--) {
        name.append(PIECES[random.nextInt(PIECES.length)]);
      }
      if (!name.toString().isBlank()) {
        names.add(name.toString());
      }
    }
    return List.copyOf(names);
  }

  @Test
  void propertiesOfAnyNameAreKeptShownAndFound() throws Exception {
    long seed = Long.getLong("test.seed", System.nanoTime());
    List<String> names = names(new Random(seed));
    bringIn(names);
    FormBrowser browser = new FormBrowser(server.address());
    browser.signIn("admin", TestServer.PASSWORD);

    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String which = "-Dtest.seed=%d: %s".formatted(seed, name);
      List<String> sources = List.of("upload", "segment", "csv").subList(0, inFiles(name) ? 3 : 2);
      for (String source : sources) {
        JsonNode properties =
            api.get("/api/v1/people?identity=%s-%d".formatted(source, i)).get("properties");
        assertThat(properties.propertyNames()).as("%s by %s", which, source).containsExactly(name);
        assertThat(properties.get(name).stringValue()).isEqualTo("by " + source);
      }
      assertThat(estimate(condition(name, "exists"))).as(which).isEqualTo(sources.size());
      assertThat(estimate(condition(name, "equals").put("value", "by upload")))
          .as(which)
          .isEqualTo(1);
      ObjectNode did = Api.json("{'did':'Looked','atLeast':1}");
      did.putArray("where").add(condition(name, "equals").put("value", i));
      assertThat(estimate(did)).as(which).isEqualTo(1);
      assertThat(
              api.get("/api/v1/people/timeline?identity=upload-" + i)
                  .at("/entries/0/properties")
                  .toString())
          .as(which)
          .isEqualTo(Api.json("{}").put(name, i).toString());
      assertThat(browser.get("/people/person?id=u:upload-" + i).statusCode())
          .as(which)
          .isEqualTo(200);
    }
    assertThat(notSuggested(names, "properties?limit=100")).as("seed %d", seed).isEmpty();
    assertThat(notSuggested(names, "event-properties?event=Looked&limit=100")).isEmpty();
    long people = 2L * names.size() + names.stream().filter(AnyPropertyNameTest::inFiles).count();
    assertThat(browser.get(segmentOfAll(names, people)).statusCode()).isEqualTo(200);
  }

  /** Three people for each name, and an event of the first of them. */
  private static void bringIn(List<String> names) {
    List<ObjectNode> records = new ArrayList<>();
    ObjectNode messages = Api.json("{}");
    List<String> columns = names.stream().filter(AnyPropertyNameTest::inFiles).toList();
    StringBuilder file = new StringBuilder("id");
    columns.forEach(name -> file.append(',').append(quoted(name)));
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      ObjectNode profile = Api.json("{'type':'profile'}").put("identity", "upload-" + i);
      profile.putObject("profileData").put(name, "by upload");
      ObjectNode event =
          Api.json("{'type':'event','evtName':'Looked'}").put("identity", "upload-" + i);
      event.putObject("evtData").put(name, i);
      records.addAll(List.of(profile, event));
      ObjectNode message =
          messages
              .withArray("batch")
              .addObject()
              .put("type", "identify")
              .put("userId", "segment-" + i);
      message.putObject("traits").put(name, "by segment");
      if (inFiles(name)) {
        String before = ",".repeat(columns.indexOf(name) + 1);
        file.append("\ncsv-").append(i).append(before).append("by csv");
      }
    }
    api.upload(records);
    api.call("POST", "/v1/batch", messages);
    HttpResponse<byte[]> imported =
        api.send(
            api.request("/api/v1/people/import")
                .header("Authorization", "Bearer " + TestServer.KEY)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(file.toString()))
                .build());
    assertThat(Api.tree(imported.body()).get("status")).asString().contains("success");
  }

  /** The cells of a file are read without the space around them. */
  private static boolean inFiles(String name) {
    return name.equals(name.strip());
  }

  private static String quoted(String cell) {
    return "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  private static ObjectNode condition(String name, String operator) {
    return Api.json("{}").put("property", name).put("op", operator);
  }

  private static long estimate(ObjectNode rule) {
    ObjectNode body = Api.json("{}");
    body.set("rule", rule);
    return api.call("POST", "/api/v1/segments/estimate", body).get("total").longValue();
  }

  private static Set<String> notSuggested(List<String> names, String query) {
    Set<String> missing = new LinkedHashSet<>(names);
    api.get("/api/v1/suggestions/" + query)
        .get("suggestions")
        .forEach(one -> missing.remove(one.get("text").stringValue()));
    return missing;
  }

  /** The page that edits a segment which names them all. */
  private static String segmentOfAll(List<String> names, long people) {
    ObjectNode segment = Api.json("{'name':'All of them'}");
    var any = segment.putObject("rule").putArray("any");
    names.forEach(name -> any.add(condition(name, "exists")));
    String id = api.call("POST", "/api/v1/segments", segment).get("id").stringValue();
    assertThat(
            api.call("POST", "/api/v1/segments/" + id + "/estimate", null).get("total").longValue())
        .isEqualTo(people);
    return "/segments/" + id + "/edit";
  }
}
