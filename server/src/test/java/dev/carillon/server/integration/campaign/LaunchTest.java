package dev.carillon.server.integration.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is launched is what the launcher saw; what is done to many is noted of each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaunchTest {
  private static final String CAMPAIGNS = "/api/v1/campaigns/";

  private SimulatedWorld world;
  private FormBrowser browser;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    world = new SimulatedWorld(data, 5, WebhookChaos.none());
    browser = new FormBrowser(world.address);
    browser.signIn("admin", SimulatedWorld.PASSWORD);
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void theApiLaunchesTheVersionThatTheCallerNames() {
    String id = draft("By the API");
    change(id, "{'labels':['late']}");

    HttpResponse<byte[]> stale = launch(id, "\"1\"");
    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(Api.tree(stale.body()).get("code").stringValue()).isEqualTo("staleVersion");
    assertThat(world.api.status(id)).isEqualTo("draft");
    assertThat(launch(id, "soon").statusCode()).isEqualTo(400);

    assertThat(launch(id, "\"2\"").statusCode()).isEqualTo(200);
    assertThat(world.api.status(id)).isEqualTo("scheduled");
    world.launch(draft("Without a version"));
  }

  @Test
  void thePageShowsWhatWasChangedInsteadOfLaunchingIt() throws Exception {
    String id = draft("By the page");
    String overview = browser.get("/campaigns/" + id + "/edit/overview").body();
    assertThat(overview).contains("/campaigns/" + id + "/launch?version=1\"");
    change(id, "{'name':'Renamed','controlGroup':{'percent':7}}");

    String asked = browser.get("/campaigns/" + id + "/launch?version=1").body();
    assertThat(asked)
        .contains("Somebody else changed this meanwhile", "Changed since you opened it")
        .contains("/campaigns/" + id + "/launch?version=2\"");
    HttpResponse<String> stale = answered(id, 1);
    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(stale.body())
        .contains("Somebody else changed this meanwhile, so nothing was launched.")
        .contains("Changed since you opened it: ", "By the page. Now: Renamed")
        .contains("/campaigns/" + id + "/launch?version=2\"");
    assertThat(world.api.status(id)).isEqualTo("draft");

    assertThat(browser.get("/campaigns/" + id + "/launch?version=2").body())
        .doesNotContain("meanwhile");
    assertThat(answered(id, 2).statusCode()).isEqualTo(302);
    assertThat(world.api.status(id)).isEqualTo("scheduled");
    assertThat(browser.get("/campaigns/" + id).body()).contains("The campaign is scheduled.");

    HttpResponse<String> again = answered(id, 2);
    assertThat(again.headers().firstValue("Location").orElse("")).endsWith("/campaigns/" + id);
    assertThat(browser.get("/campaigns/" + id).body()).contains("Nothing was launched");
    assertThat(browser.get("/campaigns/" + id + "/launch").statusCode()).isEqualTo(302);
  }

  @Test
  void whatIsDoneToManyIsNotedOfEach() throws Exception {
    String one = draft("One");
    String two = draft("Two");
    String running = draft("Scheduled");
    world.launch(running);
    String token = browser.token("/");
    browser.post(
        "/campaigns/bulk",
        List.of(
            Map.entry("_csrf", token),
            Map.entry("do", "archive"),
            Map.entry("id", one),
            Map.entry("id", two),
            Map.entry("id", running)));

    assertThat(noted("campaign.archive"))
        .containsExactlyInAnyOrder(
            one + " one of 3 that were ticked", two + " one of 3 that were ticked");
    assertThat(noted("campaign.bulk")).isEmpty();
  }

  private List<String> noted(String action) {
    return world.server.context().getBean(AuditStore.class).auditLog(1_000).stream()
        .filter(entry -> entry.action().equals(action) && entry.who().equals(Actor.login("admin")))
        .map(entry -> entry.subject() + " " + entry.detail())
        .toList();
  }

  private String draft(String name) {
    return world.create(
        """
        {'name':'%s','channel':'whatsapp','when':{'type':'at','at':'2026-03-05T10:00'},
         'who':{'rule':{'everyone':true}},
         'what':{'template':{'name':'festival_sale','language':'en','parameters':['x']}}}"""
            .formatted(name));
  }

  private void change(String id, String change) {
    world.api.call("PATCH", CAMPAIGNS + id, Api.json(change));
  }

  private HttpResponse<byte[]> launch(String id, String version) {
    return world.api.send(
        world
            .api
            .request(CAMPAIGNS + id + "/launch")
            .header("Authorization", "Bearer " + SimulatedWorld.KEY)
            .header("If-Match", version)
            .POST(BodyPublishers.noBody())
            .build());
  }

  private HttpResponse<String> answered(String id, int version) throws Exception {
    String form = "/campaigns/" + id + "/launch?version=" + version;
    return browser.post(form, Map.of("_csrf", browser.token("/")));
  }
}
