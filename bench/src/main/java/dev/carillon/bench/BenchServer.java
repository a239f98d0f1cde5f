package dev.carillon.bench;

import dev.carillon.bench.wire.EmptyHandler;
import dev.carillon.bench.wire.StraightEmptyHandler;
import dev.carillon.server.command.RunningServer;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real server in this process, on a free port, with empty handlers beside the real ones: one as
 * the framework serves any, one reached past its filters as the hooks are.
 */
final class BenchServer implements AutoCloseable {
  static final String KEY = "5f1d7a7be0c64a0f9a5c0c7b2f3e4d61";
  static final String EMPTY_PATH = "/hooks/empty";
  static final String STRAIGHT_PATH = "/hooks/straight";
  static final String APP_SECRET = "0123456789abcdef0123456789abcdef";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RunningServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private BenchServer(RunningServer server) {
    this.server = server;
  }

  static BenchServer start(Path data) {
    Map<String, Object> settings =
        Map.of(
            "server.port",
            0,
            "carillon.data",
            data.toString(),
            "carillon.api-key",
            KEY,
            "carillon.admin-password",
            "only-for-measuring");
    return new BenchServer(
        RunningServer.start(
            settings,
            beans -> {
              register(beans, "emptyHandler", new EmptyHandler(), EMPTY_PATH);
              register(beans, "straightHandler", new StraightEmptyHandler(), STRAIGHT_PATH);
            }));
  }

  private static void register(
      ConfigurableListableBeanFactory beans, String name, Servlet servlet, String path) {
    ServletRegistrationBean<Servlet> registration = new ServletRegistrationBean<>(servlet, path);
    registration.setName(name);
    beans.registerSingleton(name, registration);
  }

  InetSocketAddress socket() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().getPort());
  }

  /** A part of the server. */
  <T> T part(Class<T> type) {
    return server.context().getBean(type);
  }

  /** Calls the API; an empty body for none. */
  JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    JsonNode json = JSON.readTree(answer.body());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          method + " " + path + " was answered " + answer.statusCode() + ": " + json);
    }
    return json;
  }

  /** Makes a WhatsApp connection to a provider at the address; returns its id. */
  int connect(URI provider) throws IOException, InterruptedException {
    String body =
        """
        {"type":"whatsapp-cloud","name":"Bench",
         "settings":{"baseUrl":"%s","version":"v25.0","phoneNumberId":"106540352242922",
                     "messagesPerSecond":100000},
         "secrets":{"accessToken":"token","appSecret":"%s","verifyToken":"verify"}}\
        """
            .formatted(provider, APP_SECRET);
    JsonNode connection = call("POST", "/api/v1/providers", body);
    return Integer.parseInt(connection.get("id").stringValue());
  }

  /** Makes a campaign to everyone, without a control group; returns its id. */
  int campaign(int connection) throws IOException, InterruptedException {
    String body =
        """
        {"name":"Bench","channel":"whatsapp","when":{"type":"now"},
         "who":{"rule":{"everyone":true}},"controlGroup":{"percent":0},
         "what":{"provider":"%d","template":{"name":"festival_sale","language":"en",
                 "parameters":["{{ Name | default: 'friend' }}"]}},
         "goal":{"event":"Charged","within":"P2D","revenueProperty":"Amount"}}\
        """
            .formatted(connection);
    JsonNode campaign = call("POST", "/api/v1/campaigns", body);
    return Integer.parseInt(campaign.get("id").stringValue());
  }

  /** Uploads users with different phone numbers. */
  void uploadUsers(int count) throws IOException, InterruptedException {
    for (int from = 0; from < count; from += 1000) {
      StringBuilder body = new StringBuilder("{\"d\":[");
      for (int user = from; user < Math.min(count, from + 1000); user++) {
        body.append(user == from ? "" : ",")
            .append("{\"type\":\"profile\",\"identity\":\"user-")
            .append(user)
            .append("\",\"ts\":1790000000,\"profileData\":{\"Name\":\"Asha ")
            .append(user)
            .append("\",\"Phone\":\"+91")
            .append(9_800_000_000L + user)
            .append("\",\"City\":\"Pune\"}}");
      }
      JsonNode answer = call("POST", "/1/upload", body.append("]}").toString());
      if (!"success".equals(answer.path("status").asString())) {
        throw new IllegalStateException("users were not taken: " + answer);
      }
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
