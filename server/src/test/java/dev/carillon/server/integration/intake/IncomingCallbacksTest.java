package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.reference.References;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.CallbackSender;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people and WhatsApp send by themselves, through the whole server. */
class IncomingCallbacksTest {
  private static final Duration LATER = Duration.ofSeconds(5);
  private static final String OTHER_NUMBER = "204060801020304";

  @TempDir private static Path data;
  private static SimulatedWorld world;
  private static CallbackSender sender;
  private static FactStore facts;
  private static int people;

  @BeforeAll
  static void start() {
    world = new SimulatedWorld(data, 3, WebhookChaos.none());
    sender = new CallbackSender(world);
    facts = world.server.context().getBean(FactStore.class);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /** A campaign that was sent to one person. */
  private record Sent(String campaign, String person, String phone, String reference, String id) {}

  private static String person(String phone) {
    String identity = "person-" + people++;
    upload(identity, phone);
    return identity;
  }

  private static void upload(String identity, String phone) {
    ObjectNode person = Api.json("{'type':'profile'}").put("identity", identity);
    person.putObject("profileData").put("Name", identity).put("Phone", phone);
    world.api.upload(List.of(person));
    facts.settle();
  }

  private static Sent sent() {
    String phone = "9198765" + (20_000 + people);
    String person = person("+" + phone);
    String campaign = sendTo(person);
    MessageRef message = new MessageRef(Integer.parseInt(campaign), 0);
    String id =
        facts.life(message).orElseThrow().facts().stream()
            .filter(fact -> fact.kind() == FactKind.ACCEPTED)
            .map(fact -> String.valueOf(fact.event()))
            .findFirst()
            .orElseThrow();
    String reference = world.server.context().getBean(References.class).of(message);
    return new Sent(campaign, person, phone, reference, id);
  }

  private static String sendTo(String person) {
    String campaign =
        world.create(
            """
            {'name':'To %s','channel':'whatsapp','when':{'type':'now'},
             'who':{'rule':{'property':'Name','op':'equals','value':'%s'}},
             'what':{'template':{'name':'hello_world','language':'en_US'}}}"""
                .formatted(person, person));
    world.launch(campaign);
    world.runUntil(campaign, "completed");
    facts.settle();
    return campaign;
  }

  private static boolean subscribed(String person) {
    facts.settle();
    JsonNode consents =
        world
            .api
            .get("/api/v1/people/" + URLEncoder.encode(person, StandardCharsets.UTF_8))
            .get("consent");
    for (JsonNode consent : consents) {
      if (consent.get("channel").stringValue().equals("whatsapp")) {
        return consent.get("subscribed").booleanValue();
      }
    }
    throw new AssertionError(consents);
  }

  private static long replied(Sent sent) {
    facts.settle();
    return world.api.counts(sent.campaign, "").getOrDefault("replied", -1L);
  }

  private static List<String> timeline(String person) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode entry : world.api.get("/api/v1/people/" + person + "/timeline").get("entries")) {
      kinds.add(entry.get("kind").stringValue());
    }
    return kinds;
  }

  private static JsonNode health() {
    facts.settle();
    return world.api.get("/api/v1/providers/" + world.connection + "/health");
  }

  private static String bsuid(Sent sent) {
    return "IN.7" + sent.phone;
  }

  // People without a phone number

  @Test
  void aReplyThatNamesItsMessageIsAttributedWithoutAPhone() {
    Sent sent = sent();
    sender.post(
        "'messages':["
            + CallbackSender.message(
                bsuid(sent),
                "in-" + sent.phone,
                "'type':'text','text':{'body':'Nice'},'context':{'id':'" + sent.id + "'}")
            + "]");

    assertThat(replied(sent)).isEqualTo(1);
    sender.text(bsuid(sent), "in2-" + sent.phone, "STOP");
    assertThat(subscribed(sent.person)).isFalse();
    assertThat(world.api.counts(sent.campaign, "?counting=total").get("replied")).isEqualTo(2);
  }

  @Test
  void aStatusTeachesWhoAnIdIsWheneverItComes() {
    Sent sent = sent();
    sender.text(bsuid(sent), "in-" + sent.phone, "stop");
    assertThat(subscribed(sent.person)).isTrue();
    assertThat(replied(sent)).isZero();

    sender.post(
        """
        'statuses':[{'id':'%s','status':'delivered','timestamp':'@NOW','recipient_user_id':'%s',
          'recipient_parent_user_id':'IN.ENT.8%s','biz_opaque_callback_data':'%s'}]"""
            .formatted(sent.id, bsuid(sent), sent.phone, sent.reference));
    assertThat(subscribed(sent.person)).isFalse();
    assertThat(replied(sent)).isEqualTo(1);

    sender.text("IN.ENT.8" + sent.phone, "in2-" + sent.phone, "START");
    assertThat(subscribed(sent.person)).isFalse(); // at the same second: no
    world.time.advanceBy(LATER);
    sender.text("IN.ENT.8" + sent.phone, "in3-" + sent.phone, "START");
    assertThat(subscribed(sent.person)).isTrue();
  }

  @Test
  void aPreferenceOfAnIdUnsubscribesThePerson() {
    Sent sent = sent();
    sender.post(
        """
        'contacts':[{'profile':{'name':'B'},'wa_id':'%s','user_id':'%s'}],
        'messages':[{'from':'%s','from_user_id':'%s','id':'in-%s','timestamp':'@NOW',
          'type':'text','text':{'body':'hi'}}]"""
            .formatted(sent.phone, bsuid(sent), sent.phone, bsuid(sent), sent.phone));
    sender.post(
        """
        'contacts':[{'profile':{'name':'B'},'user_id':'%s'}],
        'user_preferences':[{'user_id':'%s','category':'marketing_messages','value':'stop',
          'timestamp':@NOW}]"""
            .formatted(bsuid(sent), bsuid(sent)));

    assertThat(subscribed(sent.person)).isFalse();
    assertThat(replied(sent)).isEqualTo(1);
  }

  @Test
  void unattributedPeopleAreReported() {
    JsonNode before = health();
    sender.text("DE.5550001", "in-unknown", "STOP");
    sender.text("DE.5550001", "in-unknown-2", "hello?");

    JsonNode after = health();
    assertThat(after.at("/unattributed/replies").intValue())
        .isEqualTo(before.at("/unattributed/replies").intValue() + 2);
    assertThat(after.at("/unattributed/optOuts").intValue())
        .isEqualTo(before.at("/unattributed/optOuts").intValue() + 1);
    assertThat(after.get("advice").toString()).contains("opt-out");
    assertThat(after.get("notUnderstood").intValue()).isZero();
  }

  // Other numbers

  @Test
  void whatIsForAnotherNumberIsNoneOfOurs() {
    Sent sent = sent();
    long before = health().path("otherNumber").longValue();
    sender.post(
        world.connection,
        "999000999000999",
        "'messages':["
            + CallbackSender.message(
                sent.phone, "in-" + sent.phone, "'type':'text','text':{'body':'Cancel'}")
            + "]");

    assertThat(subscribed(sent.person)).isTrue();
    assertThat(replied(sent)).isZero();
    assertThat(health().get("otherNumber").longValue()).isEqualTo(before + 1);
  }

  @Test
  void theConnectionOfTheOtherNumberHandlesIt() {
    var account = world.simulator.whatsApp().account();
    ObjectNode body = Api.json("{'type':'whatsapp-cloud','name':'Second number'}");
    body.putObject("settings")
        .put("baseUrl", world.simulator.baseUrl().toString())
        .put("phoneNumberId", OTHER_NUMBER);
    body.putObject("secrets")
        .put("accessToken", account.accessToken())
        .put("appSecret", account.appSecret())
        .put("verifyToken", "v");
    String second = world.api.call("POST", "/api/v1/providers", body).get("id").stringValue();
    Sent sent = sent();
    sender.post(
        world.connection,
        OTHER_NUMBER,
        "'messages':["
            + CallbackSender.message(
                sent.phone, "in-" + sent.phone, "'type':'text','text':{'body':'Cancel'}")
            + "]");

    assertThat(subscribed(sent.person)).isFalse();
    assertThat(replied(sent)).isEqualTo(1);
    JsonNode health = world.api.get("/api/v1/providers/" + second + "/health");
    assertThat(health.get("incoming").intValue()).isEqualTo(1);
  }

  // Types of messages

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "text|'text':{'body':'ok'}|1",
        "button|'button':{'payload':'P','text':'Yes'}|1",
        "interactive|'interactive':{'type':'nfm_reply','nfm_reply':{'name':'flow','body':'Sent'}}|1",
        "interactive|'interactive':{'type':'list_reply','list_reply':{'id':'1','title':'Red'}}|1",
        "image|'image':{'id':'1'}|1",
        "sticker|'sticker':{'id':'1'}|1",
        "order|'order':{'catalog_id':'1'}|1",
        "edit|'edit':{'original_message_id':'w','message':{'type':'text','text':{'body':'STOP'}}}|0",
        "revoke|'revoke':{'original_message_id':'w'}|0",
        "request_welcome|'x':1|0",
        "reaction|'reaction':{'message_id':'w','emoji':'x'}|0",
        "system|'system':{'body':'A changed','type':'customer_identity_changed'}|0",
        "unsupported|'errors':[{'code':131051}],'unsupported':{'type':'poll_creation'}|0",
      })
  void onlyWhatAPersonWroteOrSentIsAReply(String type, String content, int replies) {
    Sent sent = sent();
    sender.post(
        "'messages':["
            + CallbackSender.message(
                sent.phone, "in-" + sent.phone, "'type':'" + type + "'," + content)
            + "]");

    assertThat(replied(sent)).isEqualTo(replies);
    assertThat(subscribed(sent.person)).isTrue();
    boolean nothing = type.equals("edit") || type.equals("revoke");
    if (replies == 0) {
      assertThat(timeline(sent.person).contains("incoming")).isEqualTo(!nothing);
    }
  }

  @Test
  void aStopThatIsDeletedStaysAStop() {
    Sent sent = sent();
    sender.text(sent.phone, "in-" + sent.phone, "STOP");
    sender.post(
        "'messages':["
            + CallbackSender.message(
                sent.phone,
                "in2-" + sent.phone,
                "'type':'revoke','revoke':{'original_message_id':'in-" + sent.phone + "'}")
            + "]");
    assertThat(subscribed(sent.person)).isFalse();
    assertThat(replied(sent)).isEqualTo(1);
  }

  // Spellings of one number

  @ParameterizedTest
  @CsvSource({
    "+5531987650001, 553187650001",
    "+553187650002, 5531987650002",
    "+525544332211, 5215544332211",
    "+5215544332212, 525544332212",
    "+5491144332211, 541144332211",
    "+541144332212, 5491144332212",
  })
  void anyOfANumbersSpellingsCanStop(String phone, String from) {
    String person = person(phone);
    sender.text(from, "in-" + from, "STOP");
    assertThat(subscribed(person)).isFalse();
    assertThat(world.api.get("/api/v1/people?query=%2B" + from).toString()).contains(person);
  }

  // Words

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP\u200e",
        "\u202astop\u202c",
        "Stop \ud83d\uded1",
        "~stop~",
        "_STOP_",
        "stop,",
        "\u00abStop\u00bb",
        "\uff33\uff34\uff2f\uff30",
        "Stop promotions",
        "Stop all!"
      })
  void wordsThatStopAreUnderstood(String words) {
    Sent sent = sent();
    sender.text(sent.phone, "in-" + sent.phone, words);
    assertThat(subscribed(sent.person)).isFalse();
    world.time.advanceBy(LATER);
    sender.text(sent.phone, "in2-" + sent.phone, "*start* \ud83d\ude0a");
    assertThat(subscribed(sent.person)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "location|'location':{'latitude':1,'longitude':2,'name':'Stop'}",
        "image|'image':{'id':'1','caption':'STOP'}",
        "document|'document':{'id':'1','caption':'Unsubscribe','filename':'stop'}",
      })
  void captionsAndPlacesAreNoWords(String type, String content) {
    Sent sent = sent();
    sender.post(
        "'messages':["
            + CallbackSender.message(
                sent.phone, "in-" + sent.phone, "'type':'" + type + "'," + content)
            + "]");
    assertThat(subscribed(sent.person)).isTrue();
    assertThat(replied(sent)).isEqualTo(1);
  }

  // Changed numbers

  @Test
  void whoChangesTheNumberKeepsTheConsent() {
    Sent sent = sent();
    String fresh = "4915112" + (300_000 + people);
    sender.text(sent.phone, "in-" + sent.phone, "STOP");
    sender.post(
        "'messages':["
            + CallbackSender.message(
                sent.phone,
                "in2-" + sent.phone,
                "'type':'system','system':{'type':'user_changed_number','wa_id':'" + fresh + "'}")
            + "]");
    String other = person("+" + fresh);
    assertThat(subscribed(other)).isFalse();
    assertThat(timeline(sent.person)).contains("incoming");
  }

  @Test
  void whoLeftStaysAwayWhenTheProfileGetsAnotherPhone() {
    Sent sent = sent();
    sender.text(sent.phone, "in-" + sent.phone, "STOP");
    facts.settle();
    world.time.advanceBy(LATER);
    String fresh = "4915113" + (300_000 + people);
    upload(sent.person, "+" + fresh);
    assertThat(subscribed(sent.person)).isFalse();
    String campaign = sendTo(sent.person);
    assertThat(world.api.counts(campaign, "").get("suppressed")).isEqualTo(1);

    world.time.advanceBy(LATER);
    sender.text(sent.phone, "in3-" + sent.phone, "START"); // the old number's next owner
    assertThat(subscribed(sent.person)).isFalse();
    sender.text(fresh, "in2-" + sent.phone, "START");
    assertThat(subscribed(sent.person)).isTrue();
  }
}
