package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.TestServer;
import dev.carillon.storage.embedded.FactStoreSettings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * A running server whose applier dies: another connection to its database takes a table away, so
 * that nothing can be applied, and sets the position back, so that the applier finds the database
 * elsewhere than where it left it. It must not go on by guessing: it says so, fails those who wait,
 * and a new start on the repaired database loses nothing.
 */
class DeadApplierTest {
  private static final int MEMORY_MEGABYTES = 256;
  private static final String POSITION =
      "UPDATE progress SET value = value %s WHERE name = 'journal'";

  @TempDir private Path folder;

  @Test
  void itSaysSoAndFailsThoseWhoWait() throws Exception {
    try (RunningServer server = start();
        Api api = api(server);
        Connection database = database();
        Statement sql = database.createStatement()) {
      api.upload(List.of(record("before")));
      assertThat(api.get("/api/v1/people/before").get("identity").stringValue())
          .isEqualTo("before");

      sql.execute("ALTER TABLE event RENAME TO event_taken_away");
      sql.execute(POSITION.formatted("- 1"));
      assertThat(upload(api, "meanwhile")).as("durable, though not readable").isEqualTo(200);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Integer>> waiters =
            Stream.<IntSupplier>of(
                    () -> api.answer("GET", "/api/v1/people?query=before", null).statusCode(),
                    () -> api.answer("GET", "/api/v1/people/before", null).statusCode(),
                    () -> api.answer("POST", "/api/v1/dead-letters/retry", null).statusCode())
                .map(waiter -> threads.submit(waiter::getAsInt))
                .toList();
        Await.until(
            "the applier is dead", Await.LONG, () -> health(api, "/liveness").statusCode() == 503);
        for (Future<Integer> waiter : waiters) {
          assertThat(waiter.get(10, TimeUnit.SECONDS)).as("who waited").isEqualTo(503);
        }
      }

      for (String group : List.of("/readiness", "/liveness")) {
        assertThat(text(health(api, group)))
            .as(group)
            .contains("\"facts\"", "has ended a part of the store", "Start Carillon again");
      }
      assertThat(health(api, "").statusCode()).isEqualTo(503);
      assertThat(upload(api, "after")).isEqualTo(503);
      assertThat(api.answer("GET", "/api/v1/people?query=before", null).statusCode())
          .as("whatever waits for what was accepted")
          .isEqualTo(503);

      sql.execute("ALTER TABLE event_taken_away RENAME TO event");
      sql.execute(POSITION.formatted("+ 1"));
    }
    try (RunningServer again = start();
        Api api = api(again)) {
      assertThat(health(api, "/readiness").statusCode()).isEqualTo(200);
      Await.until(
          "what was accepted can be read",
          Await.LONG,
          () -> api.answer("GET", "/api/v1/people/meanwhile", null).statusCode() == 200);
      assertThat(api.estimate("{'did':'Came','exactly':1}")).isEqualTo(2);
    }
  }

  private RunningServer start() {
    return TestServer.start(
        folder, Map.of("carillon.memory-limit-mb", MEMORY_MEGABYTES), beans -> {});
  }

  private static Api api(RunningServer server) {
    return new Api(URI.create("http://localhost:" + server.address().getPort()), TestServer.KEY);
  }

  /** A second connection in this process, which must name the same settings as the server's. */
  private Connection database() throws SQLException {
    Path facts = folder.resolve("facts");
    Properties settings = new Properties();
    settings.setProperty("memory_limit", MEMORY_MEGABYTES + "MB");
    settings.setProperty("threads", String.valueOf(FactStoreSettings.in(facts).threads()));
    settings.setProperty("temp_directory", facts.resolve("facts.tmp").toString());
    settings.setProperty("checkpoint_threshold", "128MB");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    return DriverManager.getConnection("jdbc:duckdb:" + facts.resolve("facts.duckdb"), settings);
  }

  private static ObjectNode record(String identity) {
    return Api.json(
        "{'type':'event','evtName':'Came','ts':1790000000,'evtData':{},'identity':'"
            + identity
            + "'}");
  }

  private static int upload(Api api, String identity) {
    return api.answer("POST", "/1/upload", Api.uploadBody(List.of(record(identity)))).statusCode();
  }

  private static HttpResponse<byte[]> health(Api api, String group) {
    return api.send(api.request("/actuator/health" + group).GET().build());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
