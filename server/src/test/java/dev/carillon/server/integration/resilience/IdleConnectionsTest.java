package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.RawConnection;
import dev.carillon.server.integration.harness.ServerProcess;
import dev.carillon.server.integration.harness.TestServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Clients that open more connections than a small server accepts, and send nothing or never finish
 * a request, do not shut others out. A request that is being answered is not cut off.
 */
class IdleConnectionsTest {
  private static final int CONNECTIONS = 2_500;

  /** Tomcat gives up on silent connections after twenty seconds: that would be too late. */
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(15);

  @TempDir private Path folder;
  private final List<RawConnection> idle = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /campaigns HTTP/1.1\r\nHost: loc"})
  void idleConnectionsDoNotShutOthersOut(String beginning) throws Exception {
    ServerProcess server =
        ServerProcess.launchWithHeap(
                "384m",
                folder.resolve("output.log"),
                "serve",
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString(),
                "--api-key",
                TestServer.KEY)
            .ready();
    URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
    RawConnection honest = new RawConnection(address);
    honest.send(head("/1/upload", 10)).send("{\"d\":[");
    for (int wave = 0; wave < 2; wave++) {
      for (int i = 0; i < CONNECTIONS; i++) {
        RawConnection connection = new RawConnection(address);
        idle.add(connection);
        if (!beginning.isEmpty()) {
          connection.send(beginning);
        }
      }
      // Each look needs a new connection: an open one would have its place already.
      for (String path : List.of("/actuator/health", "/actuator/health/readiness")) {
        try (Api api = new Api(address, TestServer.KEY)) {
          long asked = System.nanoTime();
          HttpResponse<byte[]> health = api.send(api.request(path).GET().build());
          assertThat(health.statusCode()).isEqualTo(200);
          assertThat(Duration.ofNanos(System.nanoTime() - asked))
              .as("%s in wave %s", path, wave)
              .isLessThan(ANSWERED_WITHIN);
        }
      }
      honest.send(" ");
    }
    assertThat(honest.send("]}").response().status()).as("a slow body").isEqualTo(200);
    try (Api api = new Api(address, TestServer.KEY)) {
      ObjectNode record = Api.json("{'type':'profile','identity':'ann','profileData':{'a':1}}");
      api.upload(List.of(record));
    }
    server.close();
    for (RawConnection connection : idle) {
      connection.close();
    }
  }

  private static String head(String path, int length) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + TestServer.KEY
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }
}
