package dev.carillon.simulator;

import dev.carillon.simulator.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Talks to a simulator as a business would, and as its script. */
public final class SimulatorClient implements AutoCloseable {

  /** A status with the JSON object that came with it. */
  public record Answer(int status, JsonNode body) {
    public int code() {
      return body.path("error").path("code").asInt(-1);
    }

    public String details() {
      return body.path("error").path("error_data").path("details").asString("");
    }

    public String wamid() {
      return body.path("messages").path(0).path("id").asString("");
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private String token = "simulated-access-token";

  public SimulatorClient(URI base) {
    this.base = base;
  }

  public void useToken(String other) {
    token = other;
  }

  /** Sends the template {@code hello_world}. */
  public Answer hello(String to, String opaque) throws IOException {
    return send(template(to, opaque, "hello_world", "en_US", "[]"));
  }

  public Answer send(String body) throws IOException {
    return call("POST", "/v25.0/106540352242922/messages", body);
  }

  public static String template(
      String to, String opaque, String name, String language, String components) {
    return """
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"%s","type":"template",
         "biz_opaque_callback_data":"%s",
         "template":{"name":"%s","language":{"code":"%s"},"components":%s}}"""
        .formatted(to, opaque, name, language, components);
  }

  public static String text(String to, String body) {
    return """
        {"messaging_product":"whatsapp","to":"%s","type":"text","text":{"body":"%s"}}"""
        .formatted(to, body);
  }

  public JsonNode control(String method, String path, String body) throws IOException {
    Answer answer = call(method, "/_ctl/" + path, body);
    if (answer.status() != 200) {
      throw new IllegalStateException(path + " answered " + answer);
    }
    return answer.body();
  }

  public Answer call(String method, String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      ObjectNode none = Json.object();
      return new Answer(
          response.statusCode(),
          Json.readObject(response.body().getBytes(StandardCharsets.UTF_8)).orElse(none));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
