package dev.carillon.simulator.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.simulator.SimulatedMeta;
import dev.carillon.simulator.SimulatorClient;
import dev.carillon.simulator.SimulatorClient.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OutcomeScriptTest {

  private static final String TO = "919820012345";

  private final SimulatedMeta meta;

  OutcomeScriptTest() throws IOException {
    meta = SimulatedMeta.obedient();
  }

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void refusesTheNextFewWithACode() throws IOException {
    script("{\"next\":2}", "{\"type\":\"error\",\"code\":131049,\"details\":\"because\"}");

    Answer refused = meta.client.hello(TO, "a");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo(131049);
    assertThat(refused.details()).isEqualTo("because");
    assertThat(meta.client.hello(TO, "b").code()).isEqualTo(131049);
    assertThat(meta.client.hello(TO, "c").status()).isEqualTo(200);
    JsonNode requests = meta.client.control("GET", "requests", "");
    assertThat(requests.path("requests").asInt()).isEqualTo(3);
    assertThat(requests.path("accepted").asInt()).isEqualTo(1);
    assertThat(requests.path("refused").path("131049").asInt()).isEqualTo(2);
  }

  @Test
  void answersAnErrorWithStatus200() throws IOException {
    script(
        "{\"to\":\"+91 98200 12345\"}", "{\"type\":\"error\",\"code\":131000,\"httpStatus\":200}");

    Answer answer = meta.client.hello(TO, "a");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(131000);
    assertThat(meta.client.hello("919820054321", "b").code()).isEqualTo(-1);
  }

  @Test
  void scriptsByTemplateReferenceAndProbability() throws IOException {
    script("{\"opaque\":\"bad-\"}", "{\"type\":\"error\",\"code\":131053}");
    script("{\"template\":\"festival_sale\"}", "{\"type\":\"error\",\"code\":131052}");

    assertThat(meta.client.hello(TO, "bad-1").code()).isEqualTo(131053);
    assertThat(meta.client.hello(TO, "good-1").status()).isEqualTo(200);

    meta.client.control("DELETE", "whatsapp/outcomes", "");
    meta.server.whatsApp().limit(WhatsAppLimits.unlimited());
    script("{\"probability\":0.3}", "{\"type\":\"error\",\"code\":131000}");
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      refused += meta.client.hello(TO, "m" + i).status() == 500 ? 1 : 0;
    }
    assertThat(refused).as("seed %d", SimulatedMeta.SEED).isBetween(35, 85);
  }

  @Test
  void answers500WithoutABody() throws IOException {
    script("{\"next\":1}", "{\"type\":\"status\",\"httpStatus\":500}");

    Answer answer = meta.client.hello(TO, "a");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body().size()).isZero();
    assertThat(meta.server.received().accepted()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "breakOff"})
  void acceptsAndThenBreaksTheConnection(String type) throws IOException {
    script("{\"next\":1}", "{\"type\":\"" + type + "\"}");

    assertThatThrownBy(() -> meta.client.hello(TO, "unsure")).isInstanceOf(IOException.class);
    assertThat(meta.server.received().times("unsure")).isEqualTo(1);
    meta.time.advanceBy(Duration.ofDays(2));
    assertThat(meta.receiver.statusKinds()).startsWith("sent").endsWith("read");
  }

  @Test
  void breaksTheConnectionWithoutAccepting() throws IOException {
    script("{\"next\":1}", "{\"type\":\"reset\",\"accepted\":false}");

    assertThatThrownBy(() -> meta.client.hello(TO, "lost")).isInstanceOf(IOException.class);
    assertThat(meta.server.received().times("lost")).isZero();
  }

  @Test
  void answersWithHalfAnObject() throws IOException {
    script("{\"next\":1}", "{\"type\":\"malformed\"}");

    Answer answer = meta.client.hello(TO, "odd");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().size()).isZero();
    assertThat(meta.server.received().times("odd")).isEqualTo(1);
  }

  @Test
  void hangsLongerThanACallerWaits() throws IOException {
    script("{\"next\":1}", "{\"type\":\"hang\",\"millis\":60000}");

    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(meta.server.baseUrl().resolve("/v25.0/106540352242922/messages"))
              .timeout(Duration.ofMillis(300))
              .header("Authorization", "Bearer simulated-access-token")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      SimulatorClient.template(TO, "slow", "hello_world", "en_US", "[]")))
              .build();
      assertThatThrownBy(() -> http.send(request, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(HttpTimeoutException.class);
    }
    assertThat(meta.server.received().times("slow")).isEqualTo(1);
  }

  @Test
  void answersLate() throws IOException {
    script("{\"next\":1}", "{\"type\":\"delay\",\"millis\":50}");

    assertThat(meta.client.hello(TO, "late").status()).isEqualTo(200);
  }

  @Test
  void failsAfterSent() throws IOException {
    script("{\"next\":1}", "{\"type\":\"failLater\",\"code\":131049}");

    assertThat(meta.client.hello(TO, "a").status()).isEqualTo(200);
    meta.time.advanceBy(Duration.ofHours(1));
    assertThat(meta.receiver.statusKinds()).containsExactly("sent", "failed");
    JsonNode error = meta.receiver.statuses().getLast().path("errors").path(0);
    assertThat(error.path("code").asInt()).isEqualTo(131049);
  }

  @Test
  void callsBackBeforeTheAnswerOrNever() throws IOException {
    script("{\"next\":1}", "{\"type\":\"callbackFirst\"}");
    script("{}", "{\"type\":\"silent\"}");

    assertThat(meta.client.hello(TO, "first").status()).isEqualTo(200);
    assertThat(meta.receiver.statusKinds()).containsExactly("sent");
    meta.receiver.forget();
    assertThat(meta.client.hello("919820054321", "silent").status()).isEqualTo(200);
    meta.time.advanceBy(Duration.ofDays(9));
    assertThat(meta.receiver.statuses())
        .noneMatch(status -> status.path("biz_opaque_callback_data").asString("").equals("silent"));
  }

  @Test
  void refusesAScriptThatItDoesNotUnderstand() throws IOException {
    Answer answer =
        meta.client.call("POST", "/_ctl/whatsapp/outcomes", "{\"then\":{\"type\":\"explode\"}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("problem").asString("")).contains("explode");
  }

  private void script(String when, String then) throws IOException {
    meta.client.control(
        "POST", "whatsapp/outcomes", "{\"when\":%s,\"then\":%s}".formatted(when, then));
  }
}
