package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.command.VerifyCommand;
import dev.carillon.server.demo.DemoClock;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.OldFolder;
import dev.carillon.server.integration.harness.TestServer;
import dev.carillon.simulator.time.SimulatedTime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Folders that earlier versions left open, show the same numbers, and count right. */
class OldFoldersTest {
  /**
   * Who had one number, said STOP and took it back: that holds, as it did for people with several.
   */
  private static final Set<String> STOPPED = Set.of("stop-taken-back", "stop-then-bad");

  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"format-1-stopped", "format-1-killed", "format-5-profiles", "format-12-stopped"})
  void theFolderShowsWhatItShowed(String name) {
    Path data = OldFolder.unpack(name, folder);
    JsonNode expected = OldFolder.expected(name);
    try (SimulatedTime time = SimulatedTime.stoppedAt(NOW);
        RunningServer server =
            TestServer.start(
                data, Map.of(), beans -> beans.registerSingleton("clock", new DemoClock(time)));
        Api api =
            new Api(URI.create("http://localhost:" + server.address().getPort()), TestServer.KEY)) {
      assertShown(server, api, expected);
      time.run(20);
    }
    assertVerified(data);
  }

  private static void assertShown(RunningServer server, Api api, JsonNode expected) {
    FactStore facts = server.context().getBean(FactStore.class);
    facts.settle();
    assertThat(facts.totals().users()).isEqualTo(expected.get("people").longValue());
    assertThat(facts.totals().events()).isEqualTo(expected.get("events").longValue());
    assertThat(facts.deadLetters()).isEqualTo(expected.get("setAside").longValue());
    assertProfiles(facts, expected.path("profiles"));
    for (Map.Entry<String, JsonNode> campaign : expected.get("campaigns").properties()) {
      String id = campaign.getKey();
      assertThat(api.status(id)).isEqualTo(campaign.getValue().get("status").stringValue());
      for (String counting : new String[] {"unique", "total"}) {
        JsonNode report = api.report(id, "?counting=" + counting);
        JsonNode before = campaign.getValue().get(counting);
        for (String part : new String[] {"counts", "errors"}) {
          assertThat(report.get(part))
              .as("%s of campaign %s, counting %s", part, id, counting)
              .isEqualTo(before.get(part));
        }
        assertThat(report.at("/trend/daily")).isEqualTo(before.at("/trend/daily"));
        assertThat(report.at("/revenue/target")).isEqualTo(before.at("/revenue/target"));
      }
    }
  }

  private static void assertProfiles(FactStore facts, JsonNode expected) {
    for (Map.Entry<String, JsonNode> profile : expected.properties()) {
      assertThat(facts.person(Identity.user(profile.getKey())).orElseThrow().properties())
          .isEqualTo(profile.getValue().toString());
    }
  }

  /** Addresses, consents and reach of before there were endpoints, and purchases in two runs. */
  @Test
  void addressesAreCarriedOver() {
    JsonNode expected = OldFolder.expected("format-12-stopped");
    try (RunningServer server =
            TestServer.start(OldFolder.unpack("format-12-stopped", folder), Map.of(), beans -> {});
        Api api =
            new Api(URI.create("http://localhost:" + server.address().getPort()), TestServer.KEY)) {
      server.context().getBean(FactStore.class).settle();
      for (Map.Entry<String, JsonNode> one : expected.get("reached").properties()) {
        assertReached(api, one.getKey(), one.getValue());
      }
      JsonNode reach = api.post("/api/v1/segments/estimate", "{'rule':{'everyone':true}}");
      for (String channel : new String[] {"push", "sms", "whatsapp"}) {
        assertThat(reach.at("/reachable/" + channel))
            .as(channel)
            .isEqualTo(expected.at("/reach/reachable/" + channel));
      }
      JsonNode twice = expected.at("/campaigns/2");
      assertThat(api.report("2", "?run=1").get("counts")).isEqualTo(twice.at("/run 1/counts"));
      assertThat(api.report("2", "?run=2").at("/counts/converted").intValue())
          .as("a purchase in the windows of both runs belongs to both")
          .isGreaterThan(twice.at("/run 2/counts/converted").intValue());
    }
  }

  /** An e-mail address that is not valid reaches nobody any more, and a refusal of ads counts. */
  private static void assertReached(Api api, String identity, JsonNode before) {
    HttpResponse<byte[]> answer =
        api.answer(
            "GET",
            "/api/v1/people?identity=" + URLEncoder.encode(identity, StandardCharsets.UTF_8),
            null);
    if (before.isNull()) {
      assertThat(answer.statusCode()).as(identity).isEqualTo(404);
      return;
    }
    JsonNode person = Api.tree(answer.body());
    assertThat(person.path("phone").asString("none"))
        .as(identity)
        .isEqualTo(before.path("phone").asString("none"));
    if (STOPPED.contains(identity)) {
      assertThat(person.at("/subscribed/whatsapp").booleanValue()).as(identity).isFalse();
      return;
    }
    for (String channel : new String[] {"push", "sms", "whatsapp"}) {
      assertThat(person.at("/subscribed/" + channel))
          .as("%s on %s", identity, channel)
          .isEqualTo(before.at("/subscribed/" + channel));
    }
    assertThat(person.get("consent")).as(identity).isEqualTo(before.get("consent"));
  }

  /** What was kept of the past counts for what comes after it. */
  @Test
  void changesGoOnWhereAnEarlierVersionStopped() {
    try (RunningServer server =
            TestServer.start(OldFolder.unpack("format-5-profiles", folder), Map.of(), beans -> {});
        Api api =
            new Api(URI.create("http://localhost:" + server.address().getPort()), TestServer.KEY)) {
      FactStore facts = server.context().getBean(FactStore.class);
      api.post(
          "/1/upload",
          """
          {'d':[
            {'type':'profile','identity':'folded','ts':1795000009,'profileData':{'n':{'$incr':1}}},
            {'type':'profile','identity':'folded','ts':1795000200,'profileData':{'n':{'$incr':1}}},
            {'type':'profile','identity':'counted','ts':1795000000,'profileData':{'n':{'$incr':1}}},
            {'type':'profile','identity':'tied','ts':1795000000,
             'profileData':{'plan':'a','MSG-whatsapp':false}},
            {'type':'profile','identity':'plain','ts':1794999999,'profileData':{'City':'Delhi'}}]}\
          """);
      facts.settle();
      assertProfiles(
          facts,
          Api.json(
              """
              {'plain':{'Age':30,'City':'Agra','MSG-sms':false,'Phone':'+919812345678'},
               'tied':{'MSG-whatsapp':false,'plan':'a'},
               'counted':{'l':['x','y'],'n':8},'folded':{'n':33931}}\
              """));
    }
  }

  private static void assertVerified(Path data) {
    StringWriter said = new StringWriter();
    int exit =
        new CommandLine(new VerifyCommand())
            .setOut(new PrintWriter(said))
            .setErr(new PrintWriter(said))
            .execute("--data", data.toString());
    assertThat(exit).as(said.toString()).isZero();
  }
}
