package dev.carillon.simulator.meta.webhook;

import static dev.carillon.simulator.SimulatorClient.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.simulator.CallbackReceiver;
import dev.carillon.simulator.SimulatedMeta;
import dev.carillon.simulator.meta.WhatsAppLimits;
import dev.carillon.simulator.meta.WhatsAppSettings;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.people.Purchase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CallbackBodiesTest {

  private static final String TO = "919820012345";
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private SimulatedMeta meta;

  CallbackBodiesTest() throws IOException {
    meta = SimulatedMeta.obedient();
  }

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void reportsEveryStepWithTheSendersReference() throws IOException {
    String wamid = meta.client.hello(TO, "ref-7").wamid();
    meta.time.advanceBy(Duration.ofDays(2));

    assertThat(meta.receiver.statusKinds()).startsWith("sent").endsWith("read");
    for (JsonNode status : meta.receiver.statuses()) {
      assertThat(status.path("id").asString("")).isEqualTo(wamid);
      assertThat(status.path("biz_opaque_callback_data").asString("")).isEqualTo("ref-7");
      assertThat(status.path("recipient_id").asString("")).isEqualTo(TO);
      assertThat(status.path("timestamp").isString()).isTrue();
      assertThat(status.has("conversation")).isFalse();
    }
    JsonNode sent = meta.receiver.statuses().getFirst();
    assertThat(sent.path("pricing").toString())
        .isEqualTo(
            "{\"billable\":true,\"pricing_model\":\"PMP\",\"category\":\"utility\",\"type\":\"regular\"}");
    assertThat(Long.parseLong(sent.path("timestamp").asString("")))
        .isBetween(SimulatedMeta.START.getEpochSecond(), SimulatedMeta.START.getEpochSecond() + 2);
  }

  @Test
  void pricesSentAndTheFirstOfDeliveredAndRead() throws IOException {
    sendToMany(40);
    meta.time.advanceBy(Duration.ofDays(2));

    var kindsById =
        meta.receiver.statuses().stream()
            .collect(
                Collectors.groupingBy(
                    status -> status.path("id").asString(""),
                    Collectors.mapping(
                        status ->
                            status.path("status").asString("")
                                + (status.has("pricing") ? "+price" : ""),
                        Collectors.toCollection(TreeSet::new))));
    assertThat(kindsById).hasSize(40);
    assertThat(kindsById.values().stream().map(Object::toString).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "[delivered+price, read, sent+price]", "[read+price, sent+price]");
  }

  @Test
  void signsTheAsciiBytesThatItSends() throws IOException {
    for (int i = 0; i < 30; i++) {
      meta.client.control(
          "POST",
          "whatsapp/incoming",
          "{\"from\":\"9198200" + (10000 + i) + "\",\"text\":\"köstlich / नमस्ते 👍\"}");
    }
    meta.time.advanceBy(Duration.ofMinutes(1));

    assertThat(meta.receiver.messages()).hasSize(30);
    for (CallbackReceiver.Posted post : meta.receiver.posts()) {
      byte[] raw = post.body().getBytes(StandardCharsets.ISO_8859_1);
      assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(post.body())).isTrue();
      assertThat(post.body()).contains("k\\u00f6stlich \\/ \\u0928");
      assertThat(post.headers())
          .containsEntry("X-hub-signature-256", CallbackSignature.sha256(SECRET, raw))
          .containsEntry("X-hub-signature", CallbackSignature.sha1(SECRET, raw))
          .containsEntry("User-agent", "facebookexternalua");
    }
  }

  @Test
  void writesIncomingTextAsMetaDoes() throws IOException {
    meta.client.control(
        "POST",
        "whatsapp/incoming",
        "{\"from\":\"" + TO + "\",\"text\":\"STOP\",\"context\":\"wamid.before\"}");
    meta.time.advanceBy(Duration.ofMinutes(1));

    JsonNode value = meta.receiver.changes().getFirst().path("value");
    assertThat(value.path("metadata").path("phone_number_id").asString(""))
        .isEqualTo("106540352242922");
    assertThat(value.path("contacts").path(0).path("wa_id").asString("")).isEqualTo(TO);
    JsonNode message = value.path("messages").path(0);
    assertThat(message.path("type").asString("")).isEqualTo("text");
    assertThat(message.path("text").path("body").asString("")).isEqualTo("STOP");
    assertThat(message.path("from").asString("")).isEqualTo(TO);
    assertThat(message.path("context").toString())
        .isEqualTo("{\"from\":\"15550783881\",\"id\":\"wamid.before\"}");
  }

  @Test
  void failsWhatCannotReachAnybodyWithMetasReason() throws IOException {
    restart(new PeopleSettings(1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0));
    sendToMany(40);
    meta.time.advanceBy(Duration.ofHours(1));

    assertThat(meta.receiver.statusKinds()).containsOnly("sent", "failed");
    assertThat(meta.receiver.statusKinds().stream().filter("failed"::equals)).hasSize(40);
    JsonNode failed =
        meta.receiver.statuses().stream()
            .filter(status -> status.path("status").asString("").equals("failed"))
            .findFirst()
            .orElseThrow();
    JsonNode error = failed.path("errors").path(0);
    assertThat(error.path("code").asInt()).isEqualTo(131026);
    assertThat(error.path("title").asString("")).isEqualTo("Message undeliverable");
    assertThat(error.path("error_data").path("details").asString("")).isNotEmpty();
  }

  @Test
  void peopleReplyPressButtonsStopAndBuy() throws IOException {
    restart(new PeopleSettings(1, 0, 0, 0, 0, 0, 1, 0.5, 0.4, 0.9, 0));
    meta.server.whatsApp().limit(WhatsAppLimits.unlimited());
    String components =
        """
        [{"type":"body","parameters":[{"type":"text","text":"you"}]},
         {"type":"button","sub_type":"quick_reply","index":"1",
          "parameters":[{"type":"payload","payload":"STOP_PAYLOAD"}]}]""";
    for (int i = 0; i < 200; i++) {
      meta.client.send(
          template("9198200" + (10000 + i), "ref-" + i, "festival_sale", "en", components));
    }
    meta.time.advanceBy(Duration.ofDays(7));

    List<JsonNode> incoming = meta.receiver.messages();
    assertThat(incoming).hasSizeGreaterThan(60);
    assertThat(incoming).anyMatch(message -> message.has("context"));
    assertThat(incoming).anyMatch(message -> !message.has("context"));
    assertThat(incoming)
        .anyMatch(
            message -> message.path("button").path("payload").asString("").equals("STOP_PAYLOAD"));
    assertThat(incoming)
        .anyMatch(
            message -> message.path("text").path("body").asString("").equalsIgnoreCase("STOP"));
    assertThat(meta.receiver.changes())
        .anyMatch(change -> change.path("field").asString("").equals("user_preferences"));
    assertThat(meta.purchases).hasSizeGreaterThan(30);
    assertThat(meta.purchases).allMatch(Purchase::prompted);
    assertThat(meta.purchases)
        .allMatch(purchase -> purchase.at().isAfter(SimulatedMeta.START) && purchase.amount() > 0);
    assertThat(meta.client.control("GET", "purchases?after=10", "").path("next").asInt())
        .isEqualTo(meta.purchases.size());
  }

  @Test
  void whoStoppedMarketingInWhatsAppGetsNoMore() throws IOException {
    restart(new PeopleSettings(1, 0, 0, 0, 0, 0, 1, 0, 0.9, 0, 0));
    meta.server.whatsApp().limit(WhatsAppLimits.unlimited());
    sendMarketingToMany(200);
    meta.time.advanceBy(Duration.ofDays(7));
    long stopped =
        meta.receiver.changes().stream()
            .filter(change -> change.path("field").asString("").equals("user_preferences"))
            .count();
    meta.receiver.forget();
    sendMarketingToMany(200);
    meta.time.advanceBy(Duration.ofMinutes(5));

    List<JsonNode> failed = new ArrayList<>();
    for (JsonNode status : meta.receiver.statuses()) {
      if (status.path("status").asString("").equals("failed")) {
        failed.add(status);
      }
    }
    assertThat(stopped).isPositive();
    assertThat(failed)
        .hasSize((int) stopped)
        .allMatch(status -> status.path("errors").path(0).path("code").asInt() == 131050);
  }

  private void restart(PeopleSettings people) throws IOException {
    meta.close();
    meta = new SimulatedMeta(people, WhatsAppSettings.standard()).subscribed();
  }

  private void sendToMany(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      meta.client.hello("9198200" + (10000 + i), "ref-" + i);
    }
  }

  private void sendMarketingToMany(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      meta.client.send(
          template(
              "9198200" + (10000 + i),
              "ref-" + i,
              "new_arrivals",
              "en",
              """
              [{"type":"header","parameters":[{"type":"text","text":"May"}]},
               {"type":"body","parameters":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]"""));
    }
  }
}
