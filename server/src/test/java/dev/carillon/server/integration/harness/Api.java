package dev.carillon.server.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A program that uses a server over HTTP with an API key. Thread-safe. */
public final class Api implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final URI server;
  private final String key;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public Api(URI server, String key) {
    this.server = server;
    this.key = key;
  }

  /** JSON in which apostrophes are replaced by quotation marks. */
  public static ObjectNode json(String text) {
    return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
  }

  public static JsonNode tree(byte[] body) {
    return MAPPER.readTree(body);
  }

  public String key() {
    return key;
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(30));
  }

  /** Sends as it is, whatever the answer. */
  public HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  /** Sends with the key, whatever the answer. */
  public HttpResponse<byte[]> answer(String method, String path, @Nullable JsonNode body) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
            .build());
  }

  /** Sends with the key; fails unless the answer says success. */
  public JsonNode call(String method, String path, @Nullable JsonNode body) {
    HttpResponse<byte[]> answer = answer(method, path, body);
    assertThat(answer.statusCode())
        .as("%s %s: %s", method, path, new String(answer.body(), StandardCharsets.UTF_8))
        .isBetween(200, 299);
    return answer.body().length == 0 ? MAPPER.createObjectNode() : tree(answer.body());
  }

  public JsonNode get(String path) {
    return call("GET", path, null);
  }

  public JsonNode post(String path, String body) {
    return call("POST", path, json(body));
  }

  /** Uploads the records, and fails unless all of them are taken. */
  public void upload(List<ObjectNode> records) {
    for (int from = 0; from < records.size(); from += 1_000) {
      List<ObjectNode> part = records.subList(from, Math.min(records.size(), from + 1_000));
      JsonNode answer = call("POST", "/1/upload", uploadBody(part));
      assertThat(answer.get("status").stringValue()).as(answer.toString()).isEqualTo("success");
    }
  }

  public static ObjectNode uploadBody(List<ObjectNode> records) {
    ObjectNode body = MAPPER.createObjectNode();
    body.putArray("d").addAll(records);
    return body;
  }

  /** How many users the rule matches. */
  public long estimate(String rule) {
    return post("/api/v1/segments/estimate", "{'rule':" + rule + "}").get("total").longValue();
  }

  public JsonNode report(String campaign, String query) {
    return get("/api/v1/campaigns/" + campaign + "/report" + query);
  }

  public Map<String, Long> counts(String campaign, String query) {
    Map<String, Long> counts = new LinkedHashMap<>();
    report(campaign, query)
        .get("counts")
        .properties()
        .forEach(count -> counts.put(count.getKey(), count.getValue().longValue()));
    return counts;
  }

  /** The messages behind a number, page by page. */
  public List<JsonNode> people(String campaign, String set, String filter) {
    List<JsonNode> people = new ArrayList<>();
    String next = "";
    while (true) {
      JsonNode page =
          get(
              "/api/v1/campaigns/"
                  + campaign
                  + "/report/people?limit=1000&set="
                  + set
                  + filter
                  + "&cursor="
                  + next);
      page.get("people").forEach(people::add);
      if (!page.has("next")) {
        return people;
      }
      next = page.get("next").stringValue();
    }
  }

  public String status(String campaign) {
    return get("/api/v1/campaigns/" + campaign).get("status").stringValue();
  }

  @Override
  public void close() {
    http.close();
  }
}
