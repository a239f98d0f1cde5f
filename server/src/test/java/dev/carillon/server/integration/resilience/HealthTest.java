package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot do its work says so to orchestrators, and why. */
class HealthTest {
  private static final String WORDS = "The disk is full. Make room.";

  @TempDir private Path folder;

  @Test
  void readinessSaysWhyAndLivenessOnlyWhatDoesNotPass() throws Exception {
    try (RunningServer server = TestServer.start(folder, Map.of(), beans -> {});
        HttpClient http = HttpClient.newHttpClient()) {
      ProcessHealth health = server.context().getBean(ProcessHealth.class);
      URI at = server.address();
      assertThat(get(http, at, "/actuator/health", null).statusCode()).isEqualTo(200);
      assertThat(get(http, at, "/actuator/health/readiness", null).statusCode()).isEqualTo(200);

      health.troubled("disk-writer", WORDS);
      HttpResponse<String> readiness = get(http, at, "/actuator/health/readiness", null);
      assertThat(readiness.statusCode()).isEqualTo(503);
      assertThat(readiness.body()).contains("disk-writer", WORDS);
      assertThat(get(http, at, "/actuator/health/liveness", null).statusCode()).isEqualTo(200);
      HttpResponse<String> open = get(http, at, "/actuator/health", null);
      assertThat(open.statusCode()).isEqualTo(503);
      assertThat(open.body()).contains("DOWN").doesNotContain("disk-writer");
      assertThat(get(http, at, "/actuator/health", TestServer.KEY).body()).contains(WORDS);
      FormBrowser browser = new FormBrowser(at);
      browser.signIn("admin", TestServer.PASSWORD);
      assertThat(browser.get("/").body()).contains("disk-writer", WORDS);

      health.recovered("disk-writer");
      assertThat(get(http, at, "/actuator/health/readiness", null).statusCode()).isEqualTo(200);

      health.failed("disk-writer", WORDS);
      HttpResponse<String> liveness = get(http, at, "/actuator/health/liveness", null);
      assertThat(liveness.statusCode()).isEqualTo(503);
      assertThat(liveness.body()).contains(WORDS);
    }
  }

  private static HttpResponse<String> get(
      HttpClient http, URI server, String path, @Nullable String key)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
