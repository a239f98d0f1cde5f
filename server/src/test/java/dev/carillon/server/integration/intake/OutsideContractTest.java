package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.meta.Outcome;
import dev.carillon.simulator.meta.OutcomeRule;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import dev.carillon.simulator.received.ReceivedMessage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What programs may ask beside sending campaigns: tests, templates, and taking a campaign back. */
class OutsideContractTest {
  private static final String NUMBER = "9198760000";

  @TempDir private static Path folder;
  private static SimulatedWorld world;
  private static Api api;

  @BeforeAll
  static void start() {
    world = new SimulatedWorld(folder.resolve("data"), 5, WebhookChaos.none());
    api = world.api;
    List<ObjectNode> users = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      users.add(user("contract-" + i, "+" + NUMBER + "0" + i));
    }
    users.add(user("no-phone", null));
    users.add(user("bad-phone", "12"));
    ObjectNode left = user("left", "+" + NUMBER + "90");
    ((ObjectNode) left.get("profileData")).put("MSG-whatsapp", false);
    users.add(left);
    ObjectNode nameless = user("nameless", "+" + NUMBER + "91");
    ((ObjectNode) nameless.get("profileData")).remove("Name");
    users.add(nameless);
    api.upload(users);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static ObjectNode user(String identity, @Nullable String phone) {
    ObjectNode record = Api.json("{'type':'profile'}").put("identity", identity);
    ObjectNode profile = record.putObject("profileData").put("Name", identity);
    if (phone != null) {
      profile.put("Phone", phone);
    }
    return record;
  }

  private static String definition(String name, String who) {
    return """
        {'name':'%s','channel':'whatsapp','when':{'type':'now'},
         'who':{'rule':{'property':'Name','op':'equals','value':'%s'}},
         'what':{'template':{'name':'order_update','language':'en',
                 'parameters':['{{ Name }}','7']}}}"""
        .formatted(name, who);
  }

  private static JsonNode test(String campaign, String... identities) {
    return api.post(
            "/api/v1/campaigns/" + campaign + "/test",
            "{'identities':['" + String.join("','", identities) + "']}")
        .get("results");
  }

  private static List<ReceivedMessage> received(String last) {
    return world.simulator.received().messages(NUMBER + last, null).toList();
  }

  @Test
  void aTestReportsWhatBecameOfEachPerson() {
    world
        .simulator
        .whatsApp()
        .script(
            new OutcomeRule(
                0,
                NUMBER + "01",
                null,
                null,
                1,
                new Outcome.Refused(131026, null, null),
                new AtomicInteger()));
    String campaign = world.create(definition("Outcomes", "nobody"));

    JsonNode results =
        test(
            campaign,
            "contract-0",
            "contract-1",
            "no-phone",
            "bad-phone",
            "left",
            "nameless",
            "stranger",
            "contract-0");

    assertThat(results).hasSize(7);
    assertResult(results.get(0), "contract-0", "sent", null, "********0000");
    assertThat(results.get(0).get("providerMessageId").stringValue())
        .isEqualTo(received("00").getFirst().id());
    assertResult(results.get(1), "contract-1", "failed", "131026", "********0001");
    assertThat(results.get(1).get("text").stringValue()).isNotBlank();
    assertThat(results.get(1).get("action").stringValue()).isNotBlank();
    assertResult(results.get(2), "no-phone", "suppressed", "noAddress", null);
    assertResult(results.get(3), "bad-phone", "suppressed", "invalidAddress", null);
    assertResult(results.get(4), "left", "suppressed", "unsubscribed", "********0090");
    assertResult(results.get(5), "nameless", "suppressed", "personalisationFailed", "********0091");
    assertThat(results.get(5).get("text").stringValue()).contains("Name");
    assertResult(results.get(6), "stranger", "suppressed", "unknownUser", null);
    assertThat(audited())
        .contains(
            "campaign.test " + campaign + " 7 people", "campaign.create " + campaign + " null");
  }

  private static void assertResult(
      JsonNode result,
      String identity,
      String outcome,
      @Nullable String code,
      @Nullable String address) {
    assertThat(result.get("identity").stringValue()).isEqualTo(identity);
    assertThat(result.get("outcome").stringValue()).isEqualTo(outcome);
    assertThat(result.path("code").asString(null)).isEqualTo(code);
    assertThat(result.path("address").asString(null)).isEqualTo(address);
  }

  private static List<String> audited() {
    return world.server.context().getBean(AuditStore.class).auditLog(1_000).stream()
        .map(entry -> entry.action() + " " + entry.subject() + " " + entry.detail())
        .toList();
  }

  /** Neither the test nor its callbacks nor a reply to it are in anybody's numbers. */
  @Test
  void aTestIsInNobodysNumbers() {
    String campaign = world.create(definition("Untouched", "contract-2"));
    world.launch(campaign);
    world.runUntil(campaign, "completed");
    world.time.advanceBy(Duration.ofDays(2));
    Map<String, Long> before = api.counts(campaign, "");
    assertThat(before).containsEntry("sent", 1L).containsEntry("delivered", 1L);
    JsonNode health = health();

    JsonNode results = test(campaign, "contract-2", "contract-3");
    world.time.advanceBy(Duration.ofDays(2));
    String third = results.get(1).get("providerMessageId").stringValue();
    world.simulator.whatsApp().write(NUMBER + "03", "Is it mine?", Optional.of(third));
    world.time.advanceBy(Duration.ofMinutes(5));
    world.simulator.whatsApp().write(NUMBER + "03", "STOP", Optional.of(third));
    world.time.advanceBy(Duration.ofDays(2));

    assertThat(received("02")).hasSize(2);
    assertThat(received("03")).hasSize(1);
    assertThat(api.counts(campaign, "")).isEqualTo(before);
    assertThat(health().get("unmatched")).isEqualTo(health.get("unmatched"));
    assertThat(health().get("notUnderstood")).isEqualTo(health.get("notUnderstood"));
    assertThat(health().get("statuses").longValue())
        .as("the callbacks came")
        .isGreaterThanOrEqualTo(health.get("statuses").longValue() + 4);
    assertThat(api.get("/api/v1/people/contract-3").get("timeline")).isEmpty();
    assertThat(api.get("/api/v1/people/contract-3").at("/subscribed/whatsapp").booleanValue())
        .as("a STOP to a test is a STOP")
        .isFalse();
    assertThat(test(campaign, "contract-3").get(0).get("code").stringValue())
        .isEqualTo("unsubscribed");
  }

  private static JsonNode health() {
    return api.get("/api/v1/providers/" + world.connection + "/health");
  }

  @Test
  void aTestOfVariantsNamesTheOneThatEachLineIsAbout() throws Exception {
    String template = "{'name':'order_update','language':'en','parameters':['{{ Name }}','7']}";
    String campaign =
        world.create(
            """
            {'name':'Two','channel':'whatsapp','when':{'type':'now'},'who':{'rule':{'everyone':true}},
             'what':{'variants':[{'name':'Short','share':50,'template':%1$s},
                                 {'name':'Long','share':50,'template':%1$s}]}}"""
                .formatted(template));

    assertThat(test(campaign, "contract-6", "no-phone"))
        .extracting(line -> line.get("identity").stringValue() + " " + line.get("variant"))
        .containsExactly(
            "contract-6 \"Short\"",
            "contract-6 \"Long\"",
            "no-phone \"Short\"",
            "no-phone \"Long\"");
    assertThat(test(world.create(definition("One", "nobody")), "contract-6").get(0).has("variant"))
        .isFalse();

    FormBrowser browser = new FormBrowser(world.address);
    browser.signIn("admin", SimulatedWorld.PASSWORD);
    String path = "/campaigns/" + campaign + "/test";
    Map<String, String> form = Map.of("_csrf", browser.token(path), "identities", "contract-7");
    assertThat(browser.post(path, form).body())
        .contains(">Variant</th>", ">Short</td>", ">Long</td>");
  }

  @Test
  void aTestThatCannotBeIsRefusedWithItsReasons() {
    String campaign = world.create(definition("Refused", "nobody"));
    String path = "/api/v1/campaigns/" + campaign + "/test";
    assertRefused(path, null, 400, "malformedBody", "");
    assertRefused(path, "{}", 400, "invalidBody", "/identities");
    assertRefused(path, "{'identities':[]}", 400, "invalidBody", "/identities");
    assertRefused(path, "{'identities':'a'}", 400, "invalidBody", "/identities");
    assertRefused(path, "{'identities':['a',7,'']}", 400, "invalidBody", "/identities/1");
    assertRefused(path, "{'identities':['a'],'to':1}", 400, "invalidBody", "/to");
    assertRefused(
        path,
        "{'identities':['1','2','3','4','5','6','7','8','9','10','11']}",
        400,
        "invalidBody",
        "/identities");
    assertRefused(
        "/api/v1/campaigns/9999/test", "{'identities':['contract-4']}", 404, "notFound", null);
    String empty =
        api.post("/api/v1/campaigns", "{'name':'Empty','channel':'whatsapp'}")
            .get("id")
            .stringValue();
    assertRefused(
        "/api/v1/campaigns/" + empty + "/test",
        "{'identities':['contract-4']}",
        422,
        "notReady",
        "/what");
    assertThat(received("04")).isEmpty();
  }

  private static void assertRefused(
      String path, @Nullable String body, int status, String code, @Nullable String pointer) {
    HttpResponse<byte[]> answer = api.answer("POST", path, body == null ? null : Api.json(body));
    JsonNode problem = Api.tree(answer.body());
    assertThat(answer.statusCode()).as("%s %s: %s", path, body, problem).isEqualTo(status);
    assertThat(problem.get("code").stringValue()).isEqualTo(code);
    assertThat(problem.at("/errors/0/pointer").asString(null)).isEqualTo(pointer);
  }

  @Test
  void theProviderIsAskedWhetherAConnectionWorks() {
    JsonNode works = api.call("POST", "/api/v1/providers/" + world.connection + "/test", null);
    assertThat(works.get("works").booleanValue()).isTrue();
    assertThat(works.get("words").stringValue()).isNotBlank();
    assertThat(works.get("details").get(0).propertyNames()).containsExactly("label", "value");

    String wrong = wrongConnection();
    JsonNode fails = api.call("POST", "/api/v1/providers/" + wrong + "/test", null);
    assertThat(fails.get("works").booleanValue()).isFalse();
    assertThat(fails.get("words").stringValue()).contains("token");
    JsonNode templates = api.get("/api/v1/providers/" + wrong + "/templates");
    assertThat(templates.get("templates")).isEmpty();
    assertThat(templates.get("problem").stringValue()).contains("token");

    assertThat(api.answer("POST", "/api/v1/providers/999/test", null).statusCode()).isEqualTo(404);
    assertThat(audited()).contains("connection.test " + world.connection + " null");
  }

  private static String wrongConnection() {
    ObjectNode body = Api.json("{'type':'whatsapp-cloud','name':'Wrong token'}");
    body.putObject("settings")
        .put("baseUrl", world.simulator.baseUrl().toString())
        .put("phoneNumberId", world.simulator.whatsApp().account().phoneNumberId())
        .put("businessAccountId", world.simulator.whatsApp().account().businessAccountId());
    body.putObject("secrets")
        .put("accessToken", "wrong")
        .put("appSecret", "wrong")
        .put("verifyToken", "wrong");
    return api.call("POST", "/api/v1/providers", body).get("id").stringValue();
  }

  @Test
  void theProvidersTemplatesAreListed() {
    JsonNode listing = api.get("/api/v1/providers/" + world.connection + "/templates");
    assertThat(listing.has("problem")).isFalse();
    JsonNode arrivals = named(listing, "new_arrivals");
    assertThat(arrivals.toString())
        .isEqualTo(
            Api.json(
                    """
                    {'name':'new_arrivals','language':'en','status':'APPROVED','usable':true,
                     'category':'MARKETING','header':{'type':'text','text':'New in {{1}}','places':['1']},
                     'body':'Hello {{1}}, fresh arrivals in {{2}} are waiting for you.','places':['1','2'],
                     'named':false,'buttons':[]}""")
                .toString());
    JsonNode cart = named(listing, "cart_reminder");
    assertThat(cart.at("/buttons/0/toFill").booleanValue()).isTrue();
    assertThat(cart.at("/buttons/0/value").stringValue()).isEqualTo("https://shop.example/c/{{1}}");
    assertThat(api.answer("GET", "/api/v1/providers/999/templates", null).statusCode())
        .isEqualTo(404);
  }

  private static JsonNode named(JsonNode listing, String name) {
    for (JsonNode template : listing.get("templates")) {
      if (template.get("name").stringValue().equals(name)) {
        return template;
      }
    }
    throw new AssertionError("no template " + name + " in " + listing);
  }

  @Test
  void aScheduledCampaignIsTakenBack() {
    String later =
        definition("Later", "contract-5")
            .replace("{'type':'now'}", "{'type':'at','at':'2036-03-02T10:00'}");
    String campaign = world.create(later);
    HttpResponse<byte[]> early =
        api.answer("POST", "/api/v1/campaigns/" + campaign + "/unschedule", null);
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(Api.tree(early.body()).get("code").stringValue()).isEqualTo("wrongStatus");

    world.launch(campaign);
    assertThat(api.status(campaign)).isEqualTo("scheduled");
    JsonNode back = api.call("POST", "/api/v1/campaigns/" + campaign + "/unschedule", null);
    assertThat(back.get("status").stringValue()).isEqualTo("draft");
    assertThat(audited()).contains("campaign.unschedule " + campaign + " null");
    api.call("DELETE", "/api/v1/campaigns/" + campaign, null);
  }
}
