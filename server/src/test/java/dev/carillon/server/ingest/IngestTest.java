package dev.carillon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.AliasMessage;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.PageMessage;
import com.segment.analytics.messages.ScreenMessage;
import com.segment.analytics.messages.TrackMessage;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class IngestTest {
  private static final String KEY = "key-of-the-way-in";

  @TempDir private static Path folder;
  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server =
        RunningServer.start(
            Map.of("server.port", 0, "carillon.data", folder.toString(), "carillon.api-key", KEY),
            beans -> {});
    api = new Api(URI.create("http://127.0.0.1:" + server.address().getPort()), KEY);
    api.post("/api/v1/segments", "{'name':'Fuzzed','rule':{'everyone':true}}");
    api.post(
        "/api/v1/providers",
        """
        {'type':'whatsapp-cloud','name':'Fuzzed','settings':{'baseUrl':'http://127.0.0.1:9',
         'version':'v25.0','phoneNumberId':'1','businessAccountId':'2','messagesPerSecond':80},
         'secrets':{'accessToken':'a','appSecret':'b','verifyToken':'c'}}\
        """);
  }

  @AfterAll
  static void stop() {
    api.close();
    server.close();
  }

  @Test
  void whatComesInIsCountedByStatus() {
    String upload = "{\"d\":[{\"type\":\"profile\",\"identity\":\"counted\",\"profileData\":{}}]}";
    assertThat(send("POST", "/1/upload", bytes(upload)).statusCode()).isEqualTo(200);
    assertThat(send("POST", "/hooks/99", bytes("{}")).statusCode()).isEqualTo(404);

    String metrics =
        new String(send("GET", "/actuator/prometheus", new byte[0]).body(), StandardCharsets.UTF_8);
    assertThat(metrics)
        .contains(
            "carillon_intake_requests_seconds_count{servlet=\"UploadServlet\",status=\"200\"}")
        .contains("carillon_intake_requests_seconds_count{servlet=\"HookServlet\",status=\"404\"}")
        .contains("carillon_facts_dead_letters");
  }

  @Test
  void whatIsRefusedLeavesNothingBehind() throws IOException {
    String half =
        "{\"d\":[{\"type\":\"profile\",\"identity\":\"half-taken\",\"profileData\":{\"a\":1}},";
    assertThat(send("POST", "/1/upload", bytes(half)).statusCode()).isEqualTo(400);
    StringBuilder many = new StringBuilder("{\"d\":[");
    for (int i = 0; i < 1_001; i++) {
      many.append(i == 0 ? "" : ",")
          .append("{\"type\":\"profile\",\"identity\":\"half-taken\",\"profileData\":{\"a\":1}}");
    }
    assertThat(send("POST", "/1/upload", bytes(many + "]}")).statusCode()).isEqualTo(400);
    byte[] large = new byte[40 * 1024 * 1024];
    Arrays.fill(large, (byte) ' ');
    byte[] packed = gzip(large);
    HttpRequest.Builder bomb =
        keyed("/1/upload")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(packed));
    assertThat(api.send(bomb.build()).statusCode()).isEqualTo(413);
    assertThat(api.answer("GET", "/api/v1/people/half-taken", null).statusCode()).isEqualTo(404);
  }

  @Test
  void oneBadRecordDoesNotSpoilTheOthers() {
    HttpResponse<byte[]> answer =
        send(
            "POST",
            "/1/upload",
            bytes(
                """
                {"d":[{"type":"profile","identity":"good-record","profileData":{"a":1}},
                      {"type":"profile","profileData":{"a":1}},
                      {"type":"event","identity":"bad-record","evtName":"E","ts":1}]}\
                """));
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = Api.tree(answer.body());
    assertThat(body.get("status").stringValue()).isEqualTo("partial");
    assertThat(body.get("processed").intValue()).isEqualTo(1);
    assertThat(body.get("unprocessed").size()).isEqualTo(2);
    assertThat(api.get("/api/v1/people/good-record").at("/properties/a").intValue()).isEqualTo(1);
    assertThat(api.answer("GET", "/api/v1/people/bad-record", null).statusCode()).isEqualTo(404);
  }

  @Test
  void packedBodiesAreReadAndBrokenOnesRefused() throws IOException {
    byte[] sound =
        gzip(bytes("{\"d\":[{\"type\":\"profile\",\"identity\":\"packed\",\"profileData\":{}}]}"));
    assertThat(packed("gzip", sound)).isEqualTo(200);
    assertThat(api.get("/api/v1/people/packed").get("identity").stringValue()).isEqualTo("packed");
    assertThat(packed("gzip", Arrays.copyOf(sound, sound.length / 2))).isEqualTo(400);
    assertThat(packed("gzip", bytes("not packed"))).isEqualTo(400);
    assertThat(packed("br", sound)).isEqualTo(415);
  }

  private static int packed(String encoding, byte[] body) {
    return api.send(
            keyed("/1/upload")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body))
                .build())
        .statusCode();
  }

  @Test
  void wrongKeysMethodsAndPathsAreTurnedAway() {
    for (String path : List.of("/1/upload", "/v1/batch", "/v1/track", "/api/v1/campaigns")) {
      HttpRequest.Builder wrong =
          api.request(path)
              .header("Authorization", "Bearer wrong")
              .POST(BodyPublishers.ofString("{}"));
      assertThat(api.send(wrong.build()).statusCode()).as(path).isEqualTo(401);
      HttpRequest.Builder none = api.request(path).POST(BodyPublishers.ofString("{}"));
      assertThat(api.send(none.build()).statusCode()).as(path).isIn(401, 403);
    }
    for (String path :
        List.of(
            "//v1/track",
            "//hooks/1",
            "/hooks/",
            "/hooks/0",
            "/hooks/-1",
            "/hooks/99",
            "/hooks/1/2",
            "/hooks/%00",
            "/hooks/99999999999999",
            "/v1/",
            "/v1/nothing",
            "/v1/track/more",
            "/1/upload/more",
            "/api/v1/nothing",
            "/api/v1/campaigns/x",
            "/api/v1/campaigns/0/report",
            "/api/v1/people/%00",
            "/api/v1/people/%F0%9F%98%80",
            "/api/v1/campaigns/1/messages/-1",
            "/api/v1/campaigns/1/report?from=x",
            "/api/v1/campaigns/1/report/people",
            "/api/v1/people?query=%25_%27",
            "/api/v1/campaigns?limit=-1&status=x")) {
      for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")) {
        assertThat(send(method, path, bytes("{}")).statusCode())
            .as("%s %s", method, path)
            .isBetween(200, 499);
      }
    }
    for (String path : List.of("/1/upload", "/v1/batch", "/hooks/1", "/api/v1/campaigns/1")) {
      for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "BREW")) {
        assertThat(send(method, path, new byte[0]).statusCode())
            .as("%s %s", method, path)
            .isLessThanOrEqualTo(501)
            .isNotEqualTo(500);
      }
    }
  }

  @Test
  void theOfficialSegmentLibraryWorksUnchanged() {
    ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<Message> delivered = new ConcurrentLinkedQueue<>();
    Analytics analytics =
        Analytics.builder(KEY)
            .endpoint("http://127.0.0.1:" + server.address().getPort())
            .callback(
                new Callback() {
                  @Override
                  public void success(Message message) {
                    delivered.add(message);
                  }

                  @Override
                  public void failure(Message message, Throwable cause) {
                    failures.add(message.type() + ": " + cause);
                  }
                })
            .build();
    try {
      analytics.enqueue(
          IdentifyMessage.builder()
              .userId("segment-1")
              .anonymousId("anonymous-1")
              .traits(Map.of("name", "Ada", "email", "ada@example.com", "plan", "pro")));
      analytics.enqueue(
          TrackMessage.builder("Segment Bought")
              .userId("segment-1")
              .properties(Map.of("Amount", 12.5)));
      analytics.enqueue(TrackMessage.builder("Segment Looked").anonymousId("anonymous-1"));
      analytics.enqueue(PageMessage.builder("Home").userId("segment-1"));
      analytics.enqueue(ScreenMessage.builder("Cart").userId("segment-1"));
      analytics.enqueue(AliasMessage.builder("earlier-1").userId("segment-1"));
      analytics.flush();
      Await.until(
          "all six are answered",
          Duration.ofSeconds(60),
          () -> delivered.size() + failures.size() == 6);
    } finally {
      analytics.shutdown();
    }
    assertThat(failures).isEmpty();
    JsonNode person = api.get("/api/v1/people/segment-1");
    assertThat(person.at("/properties/plan").stringValue()).isEqualTo("pro");
    assertThat(person.at("/properties/Name").stringValue()).isEqualTo("Ada");
    assertThat(person.get("timeline").toString())
        .contains("Segment Bought", "12.5", "Segment Looked", "Page Viewed", "Screen Viewed");
    assertThat(
            api.estimate(
                "{'did':'Segment"
                    + " Bought','exactly':1,'where':[{'property':'Amount','op':'greaterThan','value':12}]}"))
        .isEqualTo(1);
    assertThat(api.get("/api/v1/people/anonymous-1").get("identity").stringValue())
        .isEqualTo("segment-1");
  }

  private static HttpRequest.Builder keyed(String path) {
    return api.request(path)
        .header("Authorization", "Bearer " + KEY)
        .header("Content-Type", "application/json");
  }

  private static HttpResponse<byte[]> send(String method, String path, byte[] body) {
    return api.send(keyed(path).method(method, BodyPublishers.ofByteArray(body)).build());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    }
    return packed.toByteArray();
  }
}
