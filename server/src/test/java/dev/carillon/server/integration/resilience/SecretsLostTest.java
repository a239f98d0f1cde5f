package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.account.ReferenceKey;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.demo.DemoClock;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.OldFolder;
import dev.carillon.server.integration.harness.TestServer;
import dev.carillon.simulator.time.SimulatedTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A folder whose secrets.key is missing: it starts, says which connections need their secrets,
 * sends nothing through them, and goes on where they are entered anew. When the key is back too,
 * what it sealed opens again.
 */
class SecretsLostTest {
  private static final String PAUSED = "3";
  private static final String PROVIDER = "/api/v1/providers/1";

  @TempDir private Path folder;

  @Test
  void withoutTheKeyEverythingButTheConnectionsWorks() throws IOException {
    Path data = OldFolder.unpack("format-1-stopped", folder);
    Path file = data.resolve("secrets.key");
    String key = Files.readString(file);
    Files.delete(file);

    start(
        data,
        (server, api) -> {
          assertClosed(api);
          assertThat(file).as("it can still be put back").doesNotExist();
          assertThat(references(server))
              .extracting(ReferenceKey::sealed)
              .containsExactly(false, true);
          enterAnew(api);
        });
    Files.writeString(file, Files.readString(file) + key);
    start(
        data,
        (server, api) -> {
          assertThat(api.get(PROVIDER).has("needsSecrets")).isFalse();
          assertThat(references(server)).as("the old one is accepted again").hasSize(2);
          assertThat(references(server)).noneMatch(ReferenceKey::sealed);
        });
  }

  private static void assertClosed(Api api) {
    JsonNode connection = api.get(PROVIDER);
    assertThat(connection.get("needsSecrets").booleanValue()).isTrue();
    assertThat(connection.get("secretsSet")).isEmpty();
    assertThat(api.get(PROVIDER + "/health").get("advice").get(0).stringValue())
        .contains("secrets.key")
        .contains("enter the secrets anew");
    assertThat(
            api.send(api.request("/hooks/1").POST(BodyPublishers.ofString("{}")).build())
                .statusCode())
        .as("the provider is to try again")
        .isEqualTo(503);
    api.call("POST", "/api/v1/campaigns/" + PAUSED + "/resume", null);
    Await.until(
        "the campaign is paused again",
        Duration.ofSeconds(30),
        () -> api.status(PAUSED).equals("paused"));
    assertThat(api.get("/api/v1/campaigns/" + PAUSED).get("statusReason").stringValue())
        .contains("secrets of this connection cannot be used");
    assertThat(api.counts(PAUSED, "")).containsEntry("pending", 1L);
    assertThat(api.counts("1", "")).containsEntry("sent", 38L);
  }

  private static void enterAnew(Api api) {
    assertThat(api.answer("PATCH", PROVIDER, Api.json("{'name':'Renamed'}")).statusCode())
        .as("a change without the secrets does not lose them")
        .isBetween(400, 422);
    api.call(
        "PATCH",
        PROVIDER,
        Api.json(
            "{'secrets':{'accessToken':'a-new-token','appSecret':'0123456789abcdef0123456789abcdef',"
                + "'verifyToken':'a-new-verify-token'}}"));
    assertThat(api.get(PROVIDER).has("needsSecrets")).isFalse();
    assertThat(
            api.send(api.request("/hooks/1").POST(BodyPublishers.ofString("{}")).build())
                .statusCode())
        .isIn(401, 403);
  }

  private static List<ReferenceKey> references(RunningServer server) {
    return server.context().getBean(MetadataStore.class).referenceKeys();
  }

  private interface Look {
    void at(RunningServer server, Api api);
  }

  private static void start(Path data, Look look) {
    try (SimulatedTime time = SimulatedTime.stoppedAt(Instant.parse("2026-12-01T09:00:00Z"));
        RunningServer server =
            TestServer.start(
                data, Map.of(), beans -> beans.registerSingleton("clock", new DemoClock(time)));
        Api api =
            new Api(URI.create("http://localhost:" + server.address().getPort()), TestServer.KEY)) {
      time.run(1);
      look.at(server, api);
      time.run(20);
    }
  }
}
