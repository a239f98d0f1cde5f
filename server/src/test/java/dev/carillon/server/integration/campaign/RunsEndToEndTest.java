package dev.carillon.server.integration.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.Identities;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Campaigns of several runs on the real server, its real stores and a simulated provider. */
class RunsEndToEndTest {
  private static final int PEOPLE = 30;

  @TempDir private static Path folder;
  private static SimulatedWorld world;
  private static Api api;

  @BeforeAll
  static void start() {
    world =
        new SimulatedWorld(
            folder.resolve("data"),
            11,
            new WebhookChaos(0, Duration.ZERO, 1, Duration.ZERO, 0, Duration.ZERO, 0, 0));
    api = world.api;
    List<ObjectNode> users = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      ObjectNode record = Api.json("{'type':'profile'}").put("identity", "user-" + i);
      record
          .putObject("profileData")
          .put("Name", "User " + i)
          .put("Phone", "+919876500%03d".formatted(i))
          .put("Tz", i % 2 == 0 ? "+00:00" : "-01:00");
      users.add(record);
    }
    api.upload(users);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static LocalDateTime soon() {
    return LocalDateTime.ofInstant(world.time.instant(), ZoneOffset.UTC)
        .truncatedTo(ChronoUnit.MINUTES)
        .plusMinutes(5);
  }

  private static String create(String when, String delivery) {
    return world.create(
        """
        {'name':'Runs','channel':'whatsapp','who':{'rule':{'everyone':true}},
         'controlGroup':{'percent':30},'when':%s,'delivery':%s,
         'what':{'template':{'name':'new_arrivals','language':'en',
           'header':{'type':'text','value':'town'},'parameters':['{{ Name }}','town']}}}"""
            .formatted(when, delivery));
  }

  @Test
  void aRecurringCampaignRunsByItsUsersClocksAndItsReportNarrowsToARun() {
    LocalDateTime first = soon();
    String campaign =
        create(
            "{'type':'recurring','every':'day','at':'%s','runs':2}".formatted(first.toLocalTime()),
            "{'zone':'user','quietHours':'none'}");
    world.launch(campaign);
    assertThat(api.status(campaign)).isEqualTo("scheduled");
    firstZoneSentAndThen(campaign, 1, first, "awaitingNextRun");
    firstZoneSentAndThen(campaign, 2, first.plusDays(1), "completed");

    JsonNode runs = api.get("/api/v1/campaigns/" + campaign + "/runs");
    assertThat(runs).hasSize(2);
    for (JsonNode run : runs) {
      assertThat(run.get("planned").intValue()).isEqualTo(PEOPLE);
      assertThat(run.has("finishedAt")).isTrue();
      Map<String, Long> counts = api.counts(campaign, "?run=" + run.get("run").intValue());
      Identities.hold(counts);
      assertThat(counts).containsEntry("planned", (long) PEOPLE).containsEntry("pending", 0L);
    }
    Map<String, Long> all = api.counts(campaign, "");
    Identities.hold(all);
    assertThat(all).containsEntry("planned", 2L * PEOPLE).containsEntry("pending", 0L);
    assertThat(api.people(campaign, "control", "&run=1").stream().map(RunsEndToEndTest::identity))
        .containsExactlyInAnyOrderElementsOf(
            api.people(campaign, "control", "&run=2").stream()
                .map(RunsEndToEndTest::identity)
                .toList());
    String verified =
        new String(api.answer("POST", "/api/v1/verify", null).body(), StandardCharsets.UTF_8);
    assertThat(verified).contains("\"different\":0");
  }

  /** Half of the people wait an hour longer than the others. */
  private static void firstZoneSentAndThen(
      String campaign, int run, LocalDateTime due, String status) {
    to(due);
    world.runUntil(campaign, "running");
    Await.until(
        "the run is planned",
        Duration.ofMinutes(1),
        () -> api.counts(campaign, "").getOrDefault("planned", 0L) == (long) run * PEOPLE);
    assertThat(api.counts(campaign, "").getOrDefault("pending", 0L)).isPositive();
    assertThat(api.status(campaign)).isEqualTo("running");
    to(due.plusHours(1));
    world.runUntil(campaign, status);
  }

  private static void to(LocalDateTime moment) {
    Instant target = moment.toInstant(ZoneOffset.UTC).plusSeconds(5);
    world.time.advanceBy(Duration.between(world.time.instant(), target));
  }

  private static String identity(JsonNode person) {
    return person.get("identity").toString();
  }

  @Test
  void aRunThatWasDueDuringAPauseSaysWhyItWasLeftOut() {
    LocalDateTime first = soon();
    LocalDateTime third = first.plusDays(2);
    String campaign =
        create(
            "{'type':'dates','at':['%s','%s','%s']}".formatted(third, first, first.plusDays(1)),
            "{'graceMinutes':30}");
    world.launch(campaign);
    to(first);
    world.runUntil(campaign, "awaitingNextRun");
    api.call("POST", "/api/v1/campaigns/" + campaign + "/pause", null);
    to(first.plusDays(1));
    assertThat(api.status(campaign)).isEqualTo("paused");
    api.call("POST", "/api/v1/campaigns/" + campaign + "/resume", null);
    world.runUntil(campaign, "awaitingNextRun");

    JsonNode runs = api.get("/api/v1/campaigns/" + campaign + "/runs");
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0).has("skipped")).isFalse();
    assertThat(runs.get(1).get("skipped").stringValue()).isEqualTo("paused");
    assertThat(runs.get(1).get("skippedBecause").stringValue()).isNotEmpty();
    assertThat(api.get("/api/v1/campaigns/" + campaign).get("startsAt").stringValue())
        .isEqualTo(third.toInstant(ZoneOffset.UTC).toString());
    api.call("POST", "/api/v1/campaigns/" + campaign + "/stop", null);
    assertThat(api.status(campaign)).isEqualTo("stopped");
  }
}
