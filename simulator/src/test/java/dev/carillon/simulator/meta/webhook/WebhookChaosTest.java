package dev.carillon.simulator.meta.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.simulator.CallbackReceiver;
import dev.carillon.simulator.SimulatedMeta;
import dev.carillon.simulator.meta.WhatsAppLimits;
import dev.carillon.simulator.meta.WhatsAppSettings;
import dev.carillon.simulator.people.PeopleSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

class WebhookChaosTest {

  private static final WebhookChaos CHAOS =
      new WebhookChaos(
          0.5, Duration.ofMinutes(30), 0.2, Duration.ofHours(1), 0.1, Duration.ofDays(3), 0.1, 0);

  @Test
  void sameSeedSameMess() throws IOException {
    List<String> once = messOf(60);

    assertThat(messOf(60)).as("seed %d", SimulatedMeta.SEED).isEqualTo(once);
    assertThat(once).hasSizeGreaterThan(10);
  }

  @Test
  void dropsDuplicatesAndOvertakes() throws IOException {
    try (SimulatedMeta meta = chaotic(CHAOS)) {
      send(meta, 200);
      meta.time.advanceBy(Duration.ofDays(10));

      JsonNode counts = meta.client.control("GET", "whatsapp/webhooks", "");
      assertThat(counts.path("dropped").asInt()).isPositive();
      assertThat(counts.path("duplicated").asInt()).isPositive();
      List<String> kinds =
          meta.receiver.statuses().stream()
              .map(one -> one.path("id").asString("") + one.path("status").asString(""))
              .toList();
      assertThat(kinds)
          .hasSize(
              counts.path("items").asInt()
                  - counts.path("dropped").asInt()
                  + counts.path("duplicated").asInt());
      assertThat(new HashSet<>(kinds)).hasSizeLessThan(kinds.size());
      long overtaken =
          meta.receiver.statuses().stream()
              .filter(one -> one.path("status").asString("").equals("read"))
              .map(one -> one.path("id").asString(""))
              .filter(id -> kinds.indexOf(id + "sent") > kinds.indexOf(id + "read"))
              .count();
      assertThat(overtaken).isPositive();
    }
  }

  @Test
  void batchesWhatComesTogether() throws IOException {
    try (SimulatedMeta meta = SimulatedMeta.obedient()) {
      meta.client.control("POST", "whatsapp/delivery", "{\"maxBatch\":20,\"linger\":\"PT10S\"}");
      send(meta, 50);
      meta.time.advanceBy(Duration.ofSeconds(30));

      List<Integer> sizes = meta.receiver.posts().stream().map(WebhookChaosTest::items).toList();
      assertThat(sizes).allMatch(size -> size <= 20).contains(20);
      List<JsonNode> trees = meta.receiver.posts().stream().map(CallbackReceiver::tree).toList();
      assertThat(trees).anyMatch(tree -> tree.path("entry").size() > 1);
      assertThat(meta.receiver.changes())
          .anyMatch(change -> change.path("value").path("statuses").size() > 1);
    }
  }

  @Test
  void repeatsTheSameBytesWithGrowingPausesUntilTheyAreTaken() throws IOException {
    try (SimulatedMeta meta = SimulatedMeta.obedient()) {
      meta.receiver.refuseNext(4);
      meta.client.control(
          "POST", "whatsapp/incoming", "{\"from\":\"919820012345\",\"text\":\"hi\"}");
      meta.time.advanceBy(Duration.ofSeconds(1));
      assertThat(meta.receiver.posts()).hasSize(1);
      meta.time.advanceBy(Duration.ofSeconds(2 + 4));
      assertThat(meta.receiver.posts()).hasSize(3);
      meta.time.advanceBy(Duration.ofSeconds(8 + 16));

      assertThat(meta.receiver.posts()).hasSize(5);
      assertThat(meta.receiver.posts().stream().map(CallbackReceiver.Posted::body).distinct())
          .hasSize(1);
      assertThat(meta.receiver.posts().stream().map(CallbackReceiver.Posted::status))
          .containsExactly(500, 500, 500, 500, 200);
      meta.time.advanceBy(Duration.ofDays(8));
      assertThat(meta.receiver.posts()).hasSize(5);
    }
  }

  @Test
  void givesUpAfterSevenDays() throws IOException {
    try (SimulatedMeta meta = SimulatedMeta.obedient()) {
      meta.receiver.refuseNext(Integer.MAX_VALUE);
      meta.client.control(
          "POST", "whatsapp/incoming", "{\"from\":\"919820012345\",\"text\":\"hi\"}");
      meta.time.advanceBy(Duration.ofDays(6));
      int before = meta.receiver.posts().size();
      meta.time.advanceBy(Duration.ofDays(3));

      assertThat(meta.receiver.posts()).hasSizeBetween(before + 1, before + 6);
      assertThat(meta.time.pending()).isZero();
      assertThat(meta.client.control("GET", "whatsapp/webhooks", "").path("itemsGivenUp").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void sentMayComeBeforeTheAnswer() throws IOException {
    try (SimulatedMeta meta =
        chaotic(new WebhookChaos(0, Duration.ZERO, 0, Duration.ZERO, 0, Duration.ZERO, 0, 1))) {
      String wamid = meta.client.hello("919820012345", "early").wamid();

      assertThat(meta.receiver.statusKinds()).containsExactly("sent");
      assertThat(meta.receiver.statuses().getFirst().path("id").asString("")).isEqualTo(wamid);
      meta.time.advanceBy(Duration.ofDays(2));
      assertThat(meta.receiver.statusKinds()).containsOnlyOnce("sent").endsWith("read");
    }
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void postsInParallelAreDoneWhenTimeHasMovedOn() throws IOException {
    try (SimulatedMeta meta = SimulatedMeta.obedient()) {
      meta.server.whatsApp().limit(WhatsAppLimits.unlimited());
      meta.server.whatsApp().deliver(WebhookDelivery.standard().parallel(8));
      meta.receiver.refuseNext(5);
      send(meta, 200);
      meta.time.advanceBy(Duration.ofDays(3));

      JsonNode counts = meta.client.control("GET", "whatsapp/webhooks", "");
      assertThat(counts.path("itemsTaken").asInt()).isEqualTo(counts.path("items").asInt());
      assertThat(counts.path("retries").asInt()).isEqualTo(5);
    }
  }

  @Test
  void callbacksComeByThemselvesWhileTimeRuns() throws Exception {
    try (SimulatedMeta meta = SimulatedMeta.obedient()) {
      meta.time.run(100_000);
      meta.receiver.refuseNext(1);
      meta.client.hello("919820012345", "live");

      assertThat(meta.receiver.awaitStatuses(2)).isTrue();
      assertThat(meta.receiver.statusKinds()).contains("sent", "read");
    }
  }

  @Test
  void flushDeliversEverythingWithoutMovingTime() throws IOException {
    try (SimulatedMeta meta = SimulatedMeta.obedient()) {
      meta.client.hello("919820012345", "ref");
      meta.client.control("POST", "flush", "");

      assertThat(meta.receiver.statusKinds()).contains("sent", "read");
      assertThat(meta.time.instant()).isEqualTo(SimulatedMeta.START);
    }
  }

  @Test
  void subscribesOnlyWhoAnswersTheChallenge() throws IOException {
    try (SimulatedMeta meta =
        new SimulatedMeta(PeopleSettings.obedient(), WhatsAppSettings.standard())) {
      var answer =
          meta.client.call(
              "POST",
              "/_ctl/whatsapp/webhooks",
              "{\"callbackUrl\":\"%s\",\"verifyToken\":\"wrong\"}".formatted(meta.receiver.url()));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body().path("problem").asString("")).contains("403");

      var graph =
          meta.client.call(
              "POST",
              "/v25.0/102290129340398/subscribed_apps",
              "{\"override_callback_uri\":\"%s\",\"verify_token\":\"%s\"}"
                  .formatted(meta.receiver.url(), CallbackReceiver.VERIFY_TOKEN));
      assertThat(graph.body().path("success").asBoolean()).isTrue();
      var list = meta.client.call("GET", "/v25.0/102290129340398/subscribed_apps", "");
      assertThat(list.body().path("data").size()).isEqualTo(1);
      meta.client.call("DELETE", "/v25.0/102290129340398/subscribed_apps", "");
      list = meta.client.call("GET", "/v25.0/102290129340398/subscribed_apps", "");
      assertThat(list.body().path("data").size()).isZero();
    }
  }

  private static SimulatedMeta chaotic(WebhookChaos chaos) throws IOException {
    return new SimulatedMeta(
            PeopleSettings.obedient(),
            WhatsAppSettings.standard().limits(WhatsAppLimits.unlimited()).chaos(chaos))
        .subscribed();
  }

  private static List<String> messOf(int sends) throws IOException {
    try (SimulatedMeta meta = chaotic(CHAOS)) {
      send(meta, sends);
      meta.time.advanceBy(Duration.ofDays(10));
      return meta.receiver.posts().stream().map(CallbackReceiver.Posted::body).toList();
    }
  }

  private static void send(SimulatedMeta meta, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      assertThat(meta.client.hello("9198200" + (10000 + i), "ref-" + i).status()).isEqualTo(200);
    }
  }

  private static int items(CallbackReceiver.Posted post) {
    int items = 0;
    for (JsonNode entry : CallbackReceiver.tree(post).path("entry")) {
      for (JsonNode change : entry.path("changes")) {
        items += change.path("value").path("statuses").size();
      }
    }
    return items;
  }
}
