package dev.carillon.server.integration.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.account.Account;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.engine.reporting.Verification;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Identities;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.meta.Outcome;
import dev.carillon.simulator.meta.OutcomeRule;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import dev.carillon.simulator.received.ReceivedMessage;
import dev.carillon.simulator.wire.WireAnswer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users in, campaign out, callbacks back, numbers up: what the report says is exactly what the
 * provider did, although each callback comes twice, in any order, some of them weeks late.
 */
class EndToEndTest {
  private static final WebhookChaos MESS =
      new WebhookChaos(
          0.5, Duration.ofSeconds(20), 1, Duration.ofMinutes(10), 0.3, Duration.ofDays(20), 0, 0.2);

  @TempDir private static Path folder;
  private static SimulatedWorld world;
  private static Api api;

  @BeforeAll
  static void start() {
    world = new SimulatedWorld(folder.resolve("data"), 7, MESS);
    api = world.api;
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void eachOutcomeIsInItsPlace() {
    List<ObjectNode> users = users("outcome", 11, 40);
    users.add(user("outcome", "no-phone-1", null));
    users.add(user("outcome", "no-phone-2", null));
    users.add(user("outcome", "bad-phone", "12"));
    users.add(user("outcome", "same-phone", phone(11, 20)));
    ObjectNode optedOut = user("outcome", "opted-out", phone(11, 90));
    ((ObjectNode) optedOut.get("profileData")).put("MSG-whatsapp", false);
    users.add(optedOut);
    api.upload(users);
    script(1, 0, new Outcome.Refused(131026, null, null));
    script(2, 0, new Outcome.FailedLater(131050, Duration.ofMinutes(1), false));
    script(3, 0, new Outcome.FailedLater(131049, Duration.ofMinutes(1), true));
    script(4, 0, new Outcome.Spoilt(true, new WireAnswer.Cut()));
    script(5, 0, new Outcome.Spoilt(false, new WireAnswer.Cut()));
    script(6, 2, new Outcome.Refused(130429, null, null));
    script(7, 0, new Outcome.Silent());
    script(8, 0, new Outcome.CallbackFirst());
    script(9, 1, new Outcome.Refused(190, null, null));

    String campaign = world.create(definition("outcome", 0, "new_arrivals"));
    world.launch(campaign);
    world.runUntil(campaign, "paused");
    assertThat(api.get("/api/v1/campaigns/" + campaign).get("statusReason").stringValue())
        .contains("190");
    JsonNode waiting = api.get("/api/v1/campaigns/" + campaign).get("waiting");
    assertThat(waiting.get(0).get("provider").stringValue()).isEqualTo("1");
    assertThat(waiting.get(0).get("reason").stringValue()).contains("190");
    JsonNode provider = JsonNodeFactory.instance.objectNode().put("provider", "1");
    api.call("POST", "/api/v1/campaigns/" + campaign + "/resume", provider);
    assertThat(api.get("/api/v1/campaigns/" + campaign).has("waiting")).isFalse();
    world.runUntil(campaign, "completed");
    world.time.advanceBy(Duration.ofDays(30));

    Map<String, Long> counts = api.counts(campaign, "");
    Identities.hold(counts);
    assertThat(counts)
        .containsEntry("planned", 45L)
        .containsEntry("qualified", 45L)
        .containsEntry("control", 0L)
        .containsEntry("suppressed", 5L)
        .containsEntry("dispatchErrors", 1L)
        .containsEntry("uncertain", 1L)
        .containsEntry("pending", 0L)
        .containsEntry("sent", 38L)
        .containsEntry("delivered", 35L)
        .containsEntry("deliveryErrors", 2L)
        .containsEntry("unknown", 1L)
        .containsEntry("viewed", 35L)
        .containsEntry("replied", 0L);
    assertThat(received(11)).hasSize(38);
    assertThat(world.simulator.received().duplicates()).isEmpty();
    JsonNode errors = api.report(campaign, "").get("errors");
    assertThat(lines(errors.get("suppressed"), "reason"))
        .isEqualTo(
            Map.of(
                "noAddress", 2L, "invalidAddress", 1L, "duplicateAddress", 1L, "unsubscribed", 1L));
    assertThat(lines(errors.get("dispatch"), "code")).isEqualTo(Map.of("131026", 1L));
    assertThat(lines(errors.get("delivery"), "code")).isEqualTo(Map.of("131050", 1L, "131049", 1L));

    assertPeople(campaign, "error:131026", "outcome-1");
    assertPeople(campaign, "uncertain", "outcome-5");
    assertPeople(campaign, "deliveryErrors", "outcome-2", "outcome-3");
    assertPeople(campaign, "suppressed:invalidAddress", "bad-phone");
    assertLifeOfTheSilentOne(campaign);
    assertFiltersAndCsv(campaign);
    assertRepliesAndStops(campaign);
    assertVerified(campaign);
  }

  /**
   * A message of which nothing was heard is proven by a status that bears the provider's id only.
   */
  private static void assertLifeOfTheSilentOne(String campaign) {
    JsonNode person = api.people(campaign, "unknown", "").getFirst();
    assertThat(person.get("identity").stringValue()).isEqualTo("outcome-7");
    String wamid = received(11, 7).getFirst().id();
    assertThat(post(status("wamid.OF-NOBODY", "delivered"), true)).isEqualTo(200);
    assertThat(post(status(wamid, "delivered"), false)).as("wrong signature").isIn(401, 403);
    assertThat(api.counts(campaign, "")).containsEntry("unknown", 1L);
    assertThat(post(status(wamid, "delivered"), true)).isEqualTo(200);
    assertThat(post(status(wamid, "delivered"), true)).isEqualTo(200);
    assertThat(api.counts(campaign, ""))
        .containsEntry("unknown", 0L)
        .containsEntry("delivered", 36L)
        .containsEntry("sent", 38L);
    JsonNode life =
        api.get("/api/v1/campaigns/" + campaign + "/messages/" + person.get("seq").intValue());
    assertThat(life.get("identity").stringValue()).isEqualTo("outcome-7");
    assertThat(life.get("facts").size()).isGreaterThanOrEqualTo(3);
    assertThat(life.get("callbacks").toString()).contains(wamid);
  }

  private static void assertFiltersAndCsv(String campaign) {
    assertThat(api.counts(campaign, "?run=1")).isEqualTo(api.counts(campaign, ""));
    Map<String, Long> later = api.counts(campaign, "?from=2027-01-01");
    Identities.hold(later);
    assertThat(later).containsEntry("sent", 0L);
    assertThat(
            api.answer("GET", "/api/v1/campaigns/" + campaign + "/report?run=0", null).statusCode())
        .isEqualTo(400);
    String csv =
        new String(
            api.answer("GET", "/api/v1/campaigns/" + campaign + "/report.csv", null).body(),
            StandardCharsets.UTF_8);
    assertThat(csv.lines()).contains("counts,,sent,38", "counts,,planned,45");
  }

  private static void assertRepliesAndStops(String campaign) {
    write(10, "How much is it?");
    world.time.advanceBy(Duration.ofMinutes(5));
    write(10, "And in blue?");
    write(11, "STOP");
    world.time.advanceBy(Duration.ofDays(30));
    assertThat(api.counts(campaign, "?counting=unique")).containsEntry("replied", 2L);
    assertThat(api.counts(campaign, "?counting=total")).containsEntry("replied", 3L);
    assertPeople(campaign, "replied", "outcome-10", "outcome-11");

    world.simulator.whatsApp().clearScript();
    String next = world.create(definition("outcome", 0, "order_update"));
    world.launch(next);
    world.runUntil(next, "completed");
    world.time.advanceBy(Duration.ofDays(30));
    assertPeople(next, "suppressed:unsubscribed", "outcome-2", "outcome-11", "opted-out");
    assertThat(api.counts(next, "")).containsEntry("sent", 38L).containsEntry("delivered", 38L);
    assertThat(api.counts(campaign, "?counting=total"))
        .as("the earlier campaign's replies stay its own")
        .containsEntry("replied", 3L);
    write(10, "Thanks");
    world.time.advanceBy(Duration.ofDays(30));
    assertThat(api.counts(next, "")).containsEntry("replied", 1L);
  }

  @Test
  void theControlGroupIsHeldOutAndCompared() {
    api.upload(users("buyer", 22, 300));
    String campaign = world.create(definition("buyer", 25, "new_arrivals"));
    world.launch(campaign);
    world.runUntil(campaign, "completed");
    world.time.advanceBy(Duration.ofHours(1));
    List<String> sent = identities(campaign, "sent");
    List<String> control = identities(campaign, "control");
    assertThat(sent).hasSize(300 - control.size());
    assertThat(control).hasSizeBetween(40, 110);
    assertThat(received(22)).hasSize(sent.size());

    Instant within = world.time.instant().minusSeconds(60);
    List<ObjectNode> purchases = new ArrayList<>();
    sent.subList(0, 10).forEach(buyer -> purchases.add(charged(buyer, within, 100)));
    purchases.add(charged(sent.getFirst(), within.plusSeconds(5), 50.25));
    control.subList(0, 3).forEach(buyer -> purchases.add(charged(buyer, within, 40)));
    sent.subList(20, 25)
        .forEach(buyer -> purchases.add(charged(buyer, within.minus(Duration.ofDays(1)), 7)));
    api.upload(purchases);
    api.upload(purchases);
    world.time.advanceBy(Duration.ofDays(3));
    Instant after = world.time.instant();
    api.upload(sent.subList(30, 35).stream().map(buyer -> charged(buyer, after, 9)).toList());

    JsonNode report = api.report(campaign, "");
    Identities.hold(api.counts(campaign, ""));
    assertThat(report.at("/counts/converted").longValue()).isEqualTo(10);
    assertThat(report.at("/conversion/target/users").longValue()).isEqualTo(sent.size());
    assertThat(report.at("/conversion/target/converted").longValue()).isEqualTo(10);
    assertThat(report.at("/conversion/control/users").longValue()).isEqualTo(control.size());
    assertThat(report.at("/conversion/control/converted").longValue()).isEqualTo(3);
    assertThat(report.at("/revenue/target/revenue").decimalValue()).isEqualByComparingTo("1050.25");
    assertThat(report.at("/revenue/control/revenue").decimalValue()).isEqualByComparingTo("120");
    assertThat(report.at("/revenue/incremental").doubleValue())
        .isCloseTo(
            (1050.25 / sent.size() - 120.0 / control.size()) * sent.size(), Offset.offset(0.001));
    assertThat(identities(campaign, "converted"))
        .containsExactlyInAnyOrderElementsOf(sent.subList(0, 10));
    assertThat(report.at("/trend/daily").get(0).get("sent").longValue()).isEqualTo(sent.size());
    assertVerified(campaign);
  }

  private static String definition(String group, int control, String template) {
    return """
        {'name':'To %s','channel':'whatsapp','when':{'type':'now'},
         'who':{'rule':{'property':'group','op':'equals','value':'%s'}},%s
         'what':{'template':{'name':'%s','language':'en',%s
                 'parameters':['{{ Name }}','{{ City | default: "town" }}']}},
         'goal':{'event':'Charged','within':'P2D','revenueProperty':'Amount'}}"""
        .replace("\"town\"", "\\\"town\\\"")
        .formatted(
            group,
            group,
            control == 0 ? "" : "'controlGroup':{'percent':" + control + "},",
            template,
            template.equals("new_arrivals") ? "'header':{'type':'text','value':'town'}," : "");
  }

  private static List<ObjectNode> users(String group, int block, int count) {
    List<ObjectNode> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(user(group, group + "-" + i, phone(block, i)));
    }
    return users;
  }

  private static ObjectNode user(String group, String identity, @Nullable String phone) {
    ObjectNode record = Api.json("{'type':'profile'}").put("identity", identity);
    ObjectNode profile = record.putObject("profileData").put("group", group).put("Name", identity);
    if (phone != null) {
      profile.put("Phone", phone);
    }
    return record;
  }

  private static String phone(int block, int number) {
    return "+91987%02d%05d".formatted(block, number);
  }

  private static String waId(int block, int number) {
    return phone(block, number).substring(1);
  }

  private static ObjectNode charged(String identity, Instant at, double amount) {
    ObjectNode record = Api.json("{'type':'event','evtName':'Charged'}").put("identity", identity);
    record.put("ts", at.getEpochSecond()).putObject("evtData").put("Amount", amount);
    return record;
  }

  private static void script(int user, int times, Outcome outcome) {
    world
        .simulator
        .whatsApp()
        .script(
            new OutcomeRule(times, waId(11, user), null, null, 1, outcome, new AtomicInteger()));
  }

  private static void write(int user, String text) {
    world.simulator.whatsApp().write(waId(11, user), text, Optional.empty());
  }

  private static List<ReceivedMessage> received(int block) {
    return world
        .simulator
        .received()
        .messages(null, null)
        .filter(message -> message.to().replace("+", "").startsWith("91987" + block))
        .toList();
  }

  private static List<ReceivedMessage> received(int block, int number) {
    return world.simulator.received().messages(waId(block, number), null).toList();
  }

  private static List<String> identities(String campaign, String set) {
    return api.people(campaign, set, "").stream()
        .map(person -> person.get("identity").stringValue())
        .toList();
  }

  private static void assertPeople(String campaign, String set, String... identities) {
    assertThat(identities(campaign, set)).as(set).containsExactlyInAnyOrder(identities);
  }

  private static Map<String, Long> lines(JsonNode list, String name) {
    Map<String, Long> lines = new TreeMap<>();
    list.forEach(line -> lines.put(line.get(name).stringValue(), line.get("count").longValue()));
    return lines;
  }

  private static String status(String wamid, String status) {
    return """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages",
         "value":{"messaging_product":"whatsapp",
          "metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},
          "statuses":[{"id":"%s","status":"%s","timestamp":"%d","recipient_id":"1"}]}}]}]}"""
        .formatted(wamid, status, world.time.instant().getEpochSecond());
  }

  /** Posts a callback as the provider would; answers the status. */
  private static int post(String body, boolean signedRightly) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String secret = world.simulator.whatsApp().account().appSecret();
    HttpRequest request =
        api.request("/hooks/" + world.connection)
            .header("Content-Type", "application/json")
            .header("X-Hub-Signature-256", "sha256=" + hmac(secret, bytes, signedRightly))
            .POST(BodyPublishers.ofByteArray(bytes))
            .build();
    return api.send(request).statusCode();
  }

  private static String hmac(String secret, byte[] body, boolean right) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      String key = right ? secret : secret + "x";
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void assertVerified(String campaign) {
    var context = world.server.context();
    Verification verification =
        new Verification(
            context.getBean(Reports.class),
            context.getBean(FactStore.class),
            context.getBean(Account.class));
    Verification.Result result =
        verification.verify(
            context.getBean(CampaignService.class).find(Integer.parseInt(campaign)));
    assertThat(result.differences()).isEmpty();
    assertThat(result.compared()).isGreaterThan(20);
  }
}
