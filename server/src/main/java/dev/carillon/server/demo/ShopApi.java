package dev.carillon.server.demo;

import dev.carillon.simulator.people.LifelikeEvent;
import dev.carillon.simulator.people.LifelikeUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The shop's own programs: they talk to Carillon over HTTP like anybody's. */
final class ShopApi implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int BATCH = 1_000;

  private final URI server;
  private final String apiKey;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ExecutorService uploads = Executors.newFixedThreadPool(4);

  ShopApi(URI server, String apiKey) {
    this.server = server;
    this.apiKey = apiKey;
  }

  static JsonNode json(String text) {
    return MAPPER.readTree(text);
  }

  /** Calls the API and answers the body. */
  JsonNode call(String method, String path, @Nullable JsonNode body) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body));
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .method(method, publisher)
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            method
                + " "
                + path
                + " was answered "
                + answer.statusCode()
                + ": "
                + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return MAPPER.readTree(answer.body());
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  void uploadUsers(List<LifelikeUser> users) {
    upload(users.stream().map(ShopApi::record).toList());
  }

  void uploadEvents(List<LifelikeEvent> events) {
    upload(events.stream().map(ShopApi::record).toList());
  }

  private void upload(List<ObjectNode> records) {
    List<Future<?>> batches = new ArrayList<>();
    for (int from = 0; from < records.size(); from += BATCH) {
      List<ObjectNode> batch = records.subList(from, Math.min(from + BATCH, records.size()));
      batches.add(
          uploads.submit(
              () -> {
                ObjectNode body = MAPPER.createObjectNode();
                body.putArray("d").addAll(batch);
                JsonNode answer = call("POST", "/1/upload", body);
                if (!"success".equals(answer.path("status").asString())) {
                  throw new IllegalStateException("an upload was not taken whole: " + answer);
                }
              }));
    }
    for (Future<?> batch : batches) {
      try {
        batch.get();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", stopped);
      } catch (ExecutionException failed) {
        throw new IllegalStateException(failed.getCause());
      }
    }
  }

  private static ObjectNode record(LifelikeUser user) {
    ObjectNode record = MAPPER.createObjectNode();
    Instant signup = user.signupDate().atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    record.put("type", "profile").put("identity", user.identity());
    record.put("ts", signup.getEpochSecond());
    ObjectNode profile = record.putObject("profileData");
    profile.put("Name", user.name());
    if (user.email() != null) {
      profile.put("Email", user.email());
    }
    if (user.phone() != null) {
      profile.put("Phone", user.phone());
    }
    profile.put("City", user.city()).put("Country", user.country());
    profile.put("Language", user.language()).put("Plan", user.plan());
    profile.put("Gender", user.gender()).put("Age", user.age());
    profile.put("Loyalty points", user.loyaltyPoints());
    profile.put("Signed up", "$D_" + signup.getEpochSecond());
    profile.put("MSG-whatsapp", user.whatsAppOptIn());
    return record;
  }

  private static ObjectNode record(LifelikeEvent event) {
    ObjectNode record = MAPPER.createObjectNode();
    record.put("type", "event").put("identity", event.identity());
    record.put("ts", event.at().getEpochSecond()).put("evtName", event.name());
    record.set("evtData", MAPPER.valueToTree(event.properties()));
    return record;
  }

  @Override
  public void close() {
    uploads.shutdownNow();
    http.shutdownNow();
  }
}
