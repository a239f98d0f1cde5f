package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A purchase that is uploaded with a time ahead: in no number before it, in all of them after. */
class EventsAheadEndToEndTest {
  private static final Duration AHEAD = Duration.ofHours(6);

  @Test
  void countsOnceItsTimeHasComeByTheServersClock(@TempDir Path folder) {
    try (SimulatedWorld world =
        new SimulatedWorld(folder.resolve("data"), 5, WebhookChaos.none())) {
      world.api.upload(
          List.of(
              Api.json(
                  "{'type':'profile','identity':'eve','profileData':{'Phone':'+919870000001'}}")));
      String campaign =
          world.create(
              """
              {'name':'Ahead','channel':'whatsapp','when':{'type':'now'},
               'who':{'rule':{'everyone':true}},
               'what':{'template':{'name':'order_update','language':'en','parameters':['a','b']}},
               'goal':{'event':'Charged','within':'P2D','revenueProperty':'Amount'}}""");
      world.launch(campaign);
      world.runUntil(campaign, "completed");
      ObjectNode purchase =
          Api.json("{'type':'event','identity':'eve','evtName':'Charged','evtData':{'Amount':7}}");
      purchase.put("ts", world.time.instant().plus(AHEAD).getEpochSecond());
      world.api.upload(List.of(purchase));
      assertConverted(world, campaign, 0);
      world.time.advanceBy(AHEAD.minusSeconds(1));
      assertConverted(world, campaign, 0);

      world.time.advanceBy(Duration.ofSeconds(1));
      assertConverted(world, campaign, 1);
      world.api.upload(List.of(purchase));
      assertConverted(world, campaign, 1);
    }
  }

  private static void assertConverted(SimulatedWorld world, String campaign, long users) {
    assertThat(world.api.counts(campaign, "")).containsEntry("converted", users);
    assertThat(world.api.people(campaign, "converted", "")).hasSize((int) users);
    assertThat(
            new String(
                world.api.answer("POST", "/api/v1/verify", null).body(), StandardCharsets.UTF_8))
        .contains("\"campaigns\":1", "\"different\":0");
  }
}
