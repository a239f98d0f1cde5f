package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.command.VerifyCommand;
import dev.carillon.server.demo.DemoClock;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.Identities;
import dev.carillon.server.integration.harness.OldFolder;
import dev.carillon.server.integration.harness.TestServer;
import dev.carillon.server.integration.harness.WhatsAppConnection;
import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.received.ReceivedMessage;
import dev.carillon.simulator.time.SimulatedTime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** Those of the addresses that were given which are e-mail addresses. */
  private static final Map<String, String> EMAILS =
      Map.ofEntries(
          Map.entry("plain-0", "plain-0@example.com"),
          Map.entry("plain-5", "plain-5@example.com"),
          Map.entry("plain-70", "plain-70@example.com"),
          Map.entry("no-phone-email", "ann@example.com"),
          Map.entry("bad-phone-email", "ben@example.com"),
          Map.entry("email-0", "odd.case+tag@example.com"),
          Map.entry("email-1", "lead@example.com"),
          Map.entry("email-2", "tab@example.com"),
          Map.entry("email-3", "jörg@straße.de"),
          Map.entry("email-4", "a*b~c%d@x.example"),
          Map.entry("email-moves", "second@example.com"),
          Map.entry("no-whatsapp", "no-whatsapp@example.com"),
          Map.entry("no-sms", "no-sms@example.com"),
          Map.entry("no-push", "no-push@example.com"),
          Map.entry("no-email", "no-email@example.com"),
          Map.entry("no-facebook", "no-facebook@example.com"),
          Map.entry("anonymous-joined", "visitor@example.com"));

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
          .isEqualTo(
              Math.toIntExact(
                  api.people("2", "sent", "&run=2").stream()
                      .map(person -> person.path("identity").asString(""))
                      .filter(OldFoldersTest::boughtInSecondWindow)
                      .count()));
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

  /** People 25 to 44 bought in the windows of both runs, 40 to 59 in that of the second alone. */
  private static boolean boughtInSecondWindow(String identity) {
    return identity.equals("moved")
        || IntStream.range(25, 60).anyMatch(person -> identity.equals("plain-" + person));
  }

  /** Only addresses that are one reach anybody on Facebook; before, any text did. */
  @Test
  void emailAddressesAreReadAnew() {
    JsonNode expected = OldFolder.expected("format-12-stopped");
    try (RunningServer server =
            TestServer.start(OldFolder.unpack("format-12-stopped", folder), Map.of(), beans -> {});
        Api api =
            new Api(URI.create("http://localhost:" + server.address().getPort()), TestServer.KEY)) {
      FactStore facts = server.context().getBean(FactStore.class);
      facts.settle();
      int lost = 0;
      for (Map.Entry<String, JsonNode> one : expected.get("reached").properties()) {
        String identity = one.getKey();
        JsonNode before = one.getValue();
        if (!before.has("email") || before.get("email").isNull()) {
          continue;
        }
        String email = EMAILS.get(identity);
        assertThat(
                facts
                    .person(Identity.user(identity))
                    .orElseThrow()
                    .endpoints()
                    .address(EndpointKind.EMAIL))
            .as(identity)
            .isEqualTo(email);
        boolean reached =
            (email != null || !before.path("phone").isNull()) && !identity.equals("no-facebook");
        assertThat(reached(api, identity)).as(identity).isEqualTo(reached);
        if (!reached && before.get("reachable").toString().contains("facebook")) {
          lost++;
        }
      }
      assertThat(
              api.post("/api/v1/segments/estimate", "{'rule':{'everyone':true}}")
                  .at("/reachable/facebook")
                  .intValue())
          .isEqualTo(expected.at("/reach/reachable/facebook").intValue() - lost);
      assertLists(api, expected);
    }
  }

  private static boolean reached(Api api, String identity) {
    return api.estimate(
            "{'all':[{'property':'Name','op':'equals','value':'%s'},{'reachable':'facebook'}]}"
                .formatted(identity.equals("anonymous-joined") ? "visitor-1" : identity))
        == 1;
  }

  private static void assertLists(Api api, JsonNode expected) {
    for (JsonNode list : api.get("/api/v1/lists").get("lists")) {
      Set<String> people = new TreeSet<>();
      api.get("/api/v1/lists/" + list.get("id").stringValue() + "/people")
          .get("people")
          .forEach(person -> people.add(person.get("identity").stringValue()));
      Set<String> before = new TreeSet<>();
      expected
          .get("lists")
          .get(list.get("name").stringValue())
          .forEach(person -> before.add(person.stringValue()));
      assertThat(people).isEqualTo(before);
    }
  }

  /** Each person of a paused campaign gets one message, before or after the change of version. */
  @ParameterizedTest
  @ValueSource(strings = {"6", "7"})
  void aPausedCampaignIsResumedAndSendsToEachPersonOnce(String campaign) {
    Path data = OldFolder.unpack("format-12-stopped", folder);
    try (SimulatedTime time = SimulatedTime.stoppedAt(NOW);
        SimulatorServer simulator =
            SimulatorServer.start(
                0, SimulatorSettings.seeded(12).people(PeopleSettings.obedient()), time);
        RunningServer server =
            TestServer.start(
                data, Map.of(), beans -> beans.registerSingleton("clock", new DemoClock(time)));
        Api api =
            new Api(URI.create("http://localhost:" + server.address().getPort()), TestServer.KEY)) {
      WhatsAppConnection.move(api, "1", simulator, 500);
      Map<String, Long> before = api.counts(campaign, "");
      Set<String> sentBefore = recipients(api, campaign);
      assertThat(sentBefore).hasSize(Math.toIntExact(before.getOrDefault("sent", -1L)));

      api.call("POST", "/api/v1/campaigns/" + campaign + "/resume", null);
      time.run(20);
      Await.until("it completes", Await.LONG, () -> api.status(campaign).equals("completed"));

      List<String> sentNow =
          simulator.received().messages(null, null).map(ReceivedMessage::to).toList();
      assertThat(sentNow).isNotEmpty().doesNotHaveDuplicates();
      assertThat(sentBefore).doesNotContainAnyElementsOf(sentNow);
      Map<String, Long> counts = api.counts(campaign, "");
      Identities.hold(counts);
      assertThat(counts)
          .containsEntry("planned", before.get("planned"))
          .containsEntry("pending", 0L)
          .containsEntry("uncertain", 0L)
          .containsEntry("sent", (long) sentBefore.size() + sentNow.size());
    }
    assertVerified(data);
  }

  private static Set<String> recipients(Api api, String campaign) {
    return api.people(campaign, "sent", "").stream()
        .map(person -> person.get("address").stringValue().replace("+", ""))
        .collect(Collectors.toSet());
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
