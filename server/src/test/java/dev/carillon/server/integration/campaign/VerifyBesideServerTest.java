package dev.carillon.server.integration.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.command.VerifyCommand;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code carillon verify} beside a server that sends and hears back: no number ever differs. */
class VerifyBesideServerTest {
  private static final int PEOPLE = 2_000;
  private static final int LOOKS = 5;

  /** At 500 messages a second sending takes some seconds. */
  private static final double REAL_TIME = 1;

  private static final WebhookChaos MESS =
      new WebhookChaos(
          0.5, Duration.ofSeconds(20), 1, Duration.ofMinutes(10), 0.3, Duration.ofDays(20), 0, 0.2);

  @Test
  void aLiveCampaignNeverShowsADifference(@TempDir Path folder) {
    Path data = folder.resolve("data");
    try (SimulatedWorld world = new SimulatedWorld(data, 5, MESS)) {
      world.api.upload(people());
      String campaign = world.create(definition());
      world.launch(campaign);
      world.time.run(REAL_TIME);
      List<Long> sent = new ArrayList<>();
      try {
        Await.until(
            "the campaign is being sent", Duration.ofMinutes(1), () -> sent(world, campaign) > 0);
        for (int look = 0; look < LOOKS; look++) {
          sent.add(sent(world, campaign));
          assertThat(verify(data))
              .matches("Counted \\d\\d+ numbers of 1 campaigns again: all agree.\\R0");
        }
      } finally {
        world.time.stop();
      }
      assertThat(sent.getLast()).as("sent while it was verified").isGreaterThan(sent.getFirst());

      world.runUntil(campaign, "completed");
      List<JsonNode> lines =
          new String(
                  world.api.answer("POST", "/api/v1/verify", null).body(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> (JsonNode) Api.json(line))
              .toList();
      assertThat(lines).hasSize(2);
      assertThat(lines.getFirst().get("campaign").stringValue()).isEqualTo(campaign);
      assertThat(lines.getFirst().get("differences")).isEmpty();
      assertThat(lines.getLast().get("campaigns").intValue()).isEqualTo(1);
      assertThat(lines.getLast().get("different").intValue()).isZero();
    }
    assertThat(verify(data)).endsWith("all agree." + System.lineSeparator() + "0");
  }

  private static long sent(SimulatedWorld world, String campaign) {
    return world.api.counts(campaign, "").getOrDefault("sent", 0L);
  }

  private static String verify(Path data) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int exit =
        new CommandLine(new VerifyCommand())
            .setOut(out)
            .setErr(out)
            .execute("--data", data.toString());
    return said.toString() + exit;
  }

  private static List<ObjectNode> people() {
    List<ObjectNode> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(
          Api.json(
              "{'type':'profile','identity':'live-%d','profileData':{'Phone':'+91987%07d'}}"
                  .formatted(i, i)));
    }
    return people;
  }

  private static String definition() {
    return """
        {'name':'Live','channel':'whatsapp','when':{'type':'now'},'who':{'rule':{'everyone':true}},
         'controlGroup':{'percent':10},
         'what':{'template':{'name':'order_update','language':'en','parameters':['a','b']}},
         'goal':{'event':'Charged','within':'P2D','revenueProperty':'Amount'}}""";
  }
}
