package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A change of a connection's address does not send its secrets there. */
class SecretsStayTest {
  private static final String TOKEN = "tok-SECRET-A";

  @TempDir private static Path data;
  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server = TestServer.start(data, Map.of(), _ -> {});
    api = new Api(server.address(), TestServer.KEY);
  }

  @AfterAll
  static void stop() {
    api.close();
    server.close();
  }

  @Test
  void overTheApi() throws IOException {
    try (Listener first = new Listener();
        Listener second = new Listener()) {
      String path = "/api/v1/providers/" + create(first);
      ObjectNode elsewhere = Api.json("{}");
      elsewhere.putObject("settings").put("baseUrl", second.address());

      HttpResponse<byte[]> refused = api.answer("PATCH", path, elsewhere);
      assertThat(refused.statusCode()).isEqualTo(422);
      JsonNode problem = Api.tree(refused.body());
      assertThat(problem.get("code").stringValue()).isEqualTo("secretsNeeded");
      assertThat(problem.get("errors"))
          .extracting(error -> error.get("pointer").stringValue())
          .containsExactly("/secrets/accessToken", "/secrets/appSecret", "/secrets/verifyToken");

      api.call("POST", path + "/test", null);
      assertThat(first.authorizations()).contains("Bearer " + TOKEN);
      assertThat(second.authorizations()).isEmpty();

      elsewhere
          .putObject("secrets")
          .put("accessToken", "tok-B")
          .put("appSecret", "app-B")
          .put("verifyToken", "ver-B");
      api.call("PATCH", path, elsewhere);
      api.call("POST", path + "/test", null);
      assertThat(second.authorizations()).isNotEmpty().containsOnly("Bearer tok-B");
      assertThat(audited())
          .contains(
              "connection.change baseUrl from %s to %s; secrets entered: accessToken, appSecret, verifyToken"
                  .formatted(first.address(), second.address()))
          .noneMatch(line -> line.contains(TOKEN) || line.contains("tok-B"));
    }
  }

  @Test
  void onThePages() throws Exception {
    try (Listener first = new Listener();
        Listener second = new Listener()) {
      String id = create(first);
      FormBrowser browser = new FormBrowser(server.address());
      browser.signIn("admin", TestServer.PASSWORD);
      String path = "/connections/" + id;
      assertThat(browser.get(path + "/edit").body())
          .contains("With another scheme, host or port, enter all secrets anew.");
      Map<String, String> form =
          Map.of(
              "_csrf",
              browser.token(path + "/edit"),
              "connection",
              "Moved",
              "f.phoneNumberId",
              "1",
              "f.baseUrl",
              second.address());

      HttpResponse<String> refused = browser.post(path, form);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("leads to another server", "f-accessToken-problem");
      browser.post(path + "/test", Map.of("_csrf", browser.token(path)));
      assertThat(first.authorizations()).contains("Bearer " + TOKEN);
      assertThat(second.authorizations()).isEmpty();

      assertThat(
              browser
                  .post(
                      path,
                      Map.of(
                          "_csrf",
                          browser.token(path + "/edit"),
                          "connection",
                          "Renamed",
                          "f.phoneNumberId",
                          "1",
                          "f.baseUrl",
                          first.address() + "/"))
                  .statusCode())
          .isEqualTo(302);
      Await.until(
          "the change is in the audit log",
          Duration.ofSeconds(10),
          () ->
              audited().stream()
                  .anyMatch(
                      line ->
                          line.startsWith("connection.change name from Main number to Renamed;")));
    }
  }

  private static List<String> audited() {
    return server.context().getBean(AuditStore.class).auditLog(1_000).stream()
        .map(entry -> entry.action() + " " + entry.detail())
        .toList();
  }

  private static String create(Listener provider) {
    ObjectNode body = Api.json("{'type':'whatsapp-cloud','name':'Main number'}");
    body.putObject("settings").put("baseUrl", provider.address()).put("phoneNumberId", "1");
    body.putObject("secrets")
        .put("accessToken", TOKEN)
        .put("appSecret", "app-A")
        .put("verifyToken", "ver-A");
    return api.call("POST", "/api/v1/providers", body).get("id").stringValue();
  }

  /** Somebody's server, which remembers what it was sent. */
  private static final class Listener implements AutoCloseable {
    private final HttpServer http;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    Listener() throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext(
          "/",
          exchange -> {
            authorizations.addAll(
                exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      http.start();
    }

    String address() {
      return "http://localhost:" + http.getAddress().getPort();
    }

    List<String> authorizations() {
      return authorizations;
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }
}
