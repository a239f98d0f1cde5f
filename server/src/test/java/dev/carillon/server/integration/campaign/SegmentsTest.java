package dev.carillon.server.integration.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Saved segments and custom lists through the API, and campaigns that select by them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SegmentsTest {
  private static final String SEGMENTS = "/api/v1/segments";
  private static final String LISTS = "/api/v1/lists";

  private SimulatedWorld world;
  private Api api;

  @BeforeAll
  void start(@TempDir Path data) {
    world = new SimulatedWorld(data, 3, WebhookChaos.none());
    api = world.api;
    api.upload(
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    Api.json(
                        """
                        {'identity':'p%d','type':'profile','profileData':
                        {'City':'%s','Phone':'+9198200500%02d'}}"""
                            .formatted(i, i % 4 == 0 ? "Pune" : "Delhi", i)))
            .toList());
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void aSegmentIsMadeChangedUsedAndDeleted() {
    String pune = segment("Pune", "{'property':'City','op':'equals','value':'Pune'}");
    String others = segment("Others", "{'not':{'segment':'" + pune + "'}}");
    assertThat(total(others)).isEqualTo(30);
    JsonNode read = api.get(SEGMENTS + "/" + pune);
    assertThat(read.get("rule").get("value").stringValue()).isEqualTo("Pune");
    assertThat(api.get(SEGMENTS + "/" + others).get("counted").get("people").intValue())
        .isEqualTo(30);
    assertThat(api.estimate("{'all':[{'segment':'" + pune + "'},{'segment':'" + others + "'}]}"))
        .isZero();

    problem("POST", SEGMENTS, "{'name':'PUNE','rule':{'everyone':true}}", 409, "nameTaken");
    problem("POST", SEGMENTS, "{'name':'x','rule':{'segment':'99'}}", 400, "invalidBody");
    problem("POST", SEGMENTS, "{'name':'x','rule':{'everyone':true},'y':1}", 400, "invalidBody");
    JsonNode circle =
        problem(
            "PATCH",
            SEGMENTS + "/" + pune,
            "{'rule':{'segment':'" + others + "'}}",
            422,
            "segmentCircle");
    assertThat(circle.get("detail").stringValue()).contains("Pune → Others → Pune");
    JsonNode used = problem("DELETE", SEGMENTS + "/" + pune, null, 409, "segmentInUse");
    assertThat(used.get("usage").get("segments").get(0).get("name").stringValue())
        .isEqualTo("Others");

    api.call("PATCH", SEGMENTS + "/" + pune, Api.json("{'name':'Pune city','version':1}"));
    problem("PATCH", SEGMENTS + "/" + pune, "{'name':'z','version':1}", 409, "staleVersion");
    api.call("DELETE", SEGMENTS + "/" + others, null);
    api.call("DELETE", SEGMENTS + "/" + pune, null);
    problem("GET", SEGMENTS + "/" + pune, null, 404, "notFound");
  }

  @Test
  void peopleOfASegmentComePageByPage() {
    String pune = segment("Paged", "{'property':'City','op':'equals','value':'Pune'}");
    JsonNode first = api.get(SEGMENTS + "/" + pune + "/people?limit=6");
    assertThat(first.get("people")).hasSize(6);
    JsonNode rest =
        api.get(
            SEGMENTS + "/" + pune + "/people?limit=6&cursor=" + first.get("next").stringValue());
    assertThat(rest.get("people")).hasSize(4);
    assertThat(rest.has("next")).isFalse();
    problem("GET", SEGMENTS + "/" + pune + "/people?limit=0", null, 400, "invalidParameter");
    problem("GET", SEGMENTS + "/" + pune + "/people?cursor=x", null, 400, "invalidParameter");
  }

  @Test
  void aListIsBroughtInReplacedAndDeleted() {
    HttpResponse<byte[]> made =
        csv(
            "POST",
            LISTS + "?name=VIP&column=id",
            "city;id\nPune;p1\n;p2\nx;p1\n;nobody\nDelhi;\n");
    assertThat(made.statusCode()).isEqualTo(201);
    JsonNode list = Api.tree(made.body());
    String id = list.get("id").stringValue();
    assertThat(made.headers().firstValue("Location")).contains(LISTS + "/" + id);
    assertThat(list.get("people").intValue()).isEqualTo(2);
    JsonNode report = list.get("report");
    assertThat(List.of("rows", "matched", "duplicates", "unknown", "malformed"))
        .extracting(count -> report.get(count).intValue())
        .containsExactly(5, 2, 1, 1, 1);
    assertThat(report.get("unknownFirst").get(0).get("number").intValue()).isEqualTo(5);
    assertThat(report.get("unknownFirst").get(0).get("text").stringValue()).isEqualTo("nobody");

    assertThat(api.estimate("{'list':'" + id + "'}")).isEqualTo(2);
    String user = segment("By list", "{'not':{'list':'" + id + "'}}");
    assertThat(total(user)).isEqualTo(38);
    problem("DELETE", LISTS + "/" + id, null, 409, "listInUse");

    JsonNode replaced =
        Api.tree(
            csv("PUT", LISTS + "/" + id + "/contents?header=false&match=phone", "+919820050003\n")
                .body());
    assertThat(replaced.get("version").intValue()).isEqualTo(2);
    assertThat(api.get(LISTS + "/" + id + "/people").get("people").get(0).get("identity"))
        .hasToString("\"p3\"");
    assertThat(code(csv("POST", LISTS + "?name=vip", "id\np1\n"))).isEqualTo("nameTaken");
    assertThat(code(csv("POST", LISTS + "?name=x&column=none", "id\np1\n")))
        .isEqualTo("invalidList");
    assertThat(code(csv("POST", LISTS + "?name=x&match=none", "id\np1\n")))
        .isEqualTo("invalidList");
    api.call("DELETE", SEGMENTS + "/" + user, null);
    api.call("DELETE", LISTS + "/" + id, null);
    problem("POST", SEGMENTS + "/estimate", "{'rule':{'list':'" + id + "'}}", 400, "invalidBody");
  }

  @Test
  void aScheduledCampaignSelectsByTheSegmentAsItIsThen() {
    String id = segment("Target", "{'property':'City','op':'equals','value':'Pune'}");
    String campaign =
        world.create(
            """
            {'name':'Later','channel':'whatsapp','when':{'type':'at','at':'2026-03-02T23:00'},
             'who':{'rule':{'segment':'%s'}},
             'what':{'template':{'name':'festival_sale','language':'en','parameters':['x']}}}"""
                .formatted(id));
    world.launch(campaign);
    String change = "{'rule':{'property':'City','op':'equals','value':'Delhi'}}";
    JsonNode refused = problem("PATCH", SEGMENTS + "/" + id, change, 409, "segmentInUse");
    assertThat(refused.get("usage").get("campaigns").get(0).get("name").stringValue())
        .isEqualTo("Later");
    problem("DELETE", SEGMENTS + "/" + id, null, 409, "segmentInUse");
    api.call("PATCH", SEGMENTS + "/" + id, Api.json("{'name':'Target people'}"));
    api.call("PATCH", SEGMENTS + "/" + id + "?confirm=true", Api.json(change));
    world.time.advanceBy(Duration.ofMinutes(14 * 60 + 30));
    world.runUntil(campaign, "completed");
    assertThat(api.counts(campaign, "")).containsEntry("planned", 30L);
    assertThat(api.get(SEGMENTS + "/" + id + "/usage").get("campaigns")).hasSize(1);

    api.call("DELETE", SEGMENTS + "/" + id, null);
    assertThat(api.counts(campaign, "")).containsEntry("planned", 30L);
    String copy =
        api.call("POST", "/api/v1/campaigns/" + campaign + "/clone", null).get("id").stringValue();
    api.call("PATCH", "/api/v1/campaigns/" + copy, Api.json("{'when':{'type':'now'}}"));
    JsonNode gone = problem("POST", "/api/v1/campaigns/" + copy + "/launch", null, 422, "notReady");
    assertThat(gone.get("errors").get(0).get("pointer").stringValue())
        .isEqualTo("/who/rule/segment");
  }

  private String segment(String name, String rule) {
    return api.post(SEGMENTS, "{'name':'" + name + "','rule':" + rule + "}")
        .get("id")
        .stringValue();
  }

  private long total(String segment) {
    return api.call("POST", SEGMENTS + "/" + segment + "/estimate", null).get("total").longValue();
  }

  private JsonNode problem(
      String method, String path, @Nullable String body, int status, String code) {
    ObjectNode json = body == null ? null : Api.json(body);
    HttpResponse<byte[]> answer = api.answer(method, path, json);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(status);
    assertThat(code(answer)).isEqualTo(code);
    return Api.tree(answer.body());
  }

  private HttpResponse<byte[]> csv(String method, String path, String file) {
    return api.send(
        api.request(path)
            .header("Authorization", "Bearer " + SimulatedWorld.KEY)
            .header("Content-Type", "text/csv")
            .method(method, BodyPublishers.ofString(file))
            .build());
  }

  private static String code(HttpResponse<byte[]> answer) {
    return Api.tree(answer.body()).get("code").stringValue();
  }
}
