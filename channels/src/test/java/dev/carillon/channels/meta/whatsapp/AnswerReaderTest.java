package dev.carillon.channels.meta.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channels.meta.graph.GraphErrorReader;
import dev.carillon.channels.support.http.HttpOutcome.Answered;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.SendResult;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerReaderTest {
  private static final String TO = "5511987654321";
  private static final String MISMATCH =
      """
      {"error":{"message":"(#132000) Number of parameters does not match the expected number of \
      params","type":"OAuthException","code":132000,"error_data":{"messaging_product":"whatsapp",\
      "details":"body: number of localizable_params (1) does not match the expected number of \
      params (3)"},"error_subcode":2494073,"fbtrace_id":"Az8or2yhqkZfEZ"}}""";

  private final AnswerReader reader =
      new AnswerReader(new GraphErrorReader(CloudErrors.CODES, InstantSource.fixed(CloudWire.NOW)));

  @Test
  void theProvidersOwnWritingOfTheAddressIsKeptWhereItDiffers() {
    assertThat(read(200, accepted("551187654321")))
        .isEqualTo(new SendResult.Accepted("wamid.HBgL", "551187654321"));
    assertThat(read(200, accepted(TO))).isEqualTo(new SendResult.Accepted("wamid.HBgL", null));
  }

  @Test
  void anAnswerWithoutContactsIsAccepted() {
    assertThat(read(200, "{\"messages\":[{\"id\":\"wamid.HBgL\"}],\"more\":{\"a\":[1]}}"))
        .isEqualTo(new SendResult.Accepted("wamid.HBgL", null));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 403, 404, 429, 500, 503})
  void theCodeDecidesWhateverTheStatus(int status) {
    SendResult.Failed failed = failed(read(status, MISMATCH));

    assertThat(failed.code()).isEqualTo("132000");
    assertThat(failed.text()).startsWith("body: number of localizable_params (1)");
    assertThat(failed.meaning().reaction()).isEqualTo(Reaction.GIVE_UP);
  }

  @Test
  void aMissingObjectHasItsOwnCode() {
    SendResult.Failed failed =
        failed(
            read(
                400,
                "{\"error\":{\"message\":\"Unsupported post request.\",\"code\":100,"
                    + "\"error_subcode\":33}}"));

    assertThat(failed.code()).isEqualTo("100/33");
    assertThat(failed.meaning().reaction()).isEqualTo(Reaction.PAUSE);
  }

  @Test
  void anUnknownCodeOfAServerThatIsInTroubleIsTriedAgain() {
    String unknown = "{\"error\":{\"message\":\"?\",\"code\":5000}}";
    String transientOne = "{\"error\":{\"message\":\"?\",\"code\":5000,\"is_transient\":true}}";

    assertThat(failed(read(503, unknown)).meaning().reaction()).isEqualTo(Reaction.RETRY);
    assertThat(failed(read(400, transientOne)).meaning().reaction()).isEqualTo(Reaction.RETRY);
    assertThat(failed(read(400, unknown)).meaning().reaction()).isEqualTo(Reaction.GIVE_UP);
  }

  @Test
  void aCodeAsTextIsACodeToo() {
    assertThat(failed(read(400, "{\"error\":{\"code\":\"131026\"}}")).code()).isEqualTo("131026");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "7",
        "{\"error\":null}",
        "{\"error\":\"no\"}",
        "{\"error\":{}}",
        "{\"error\":{\"code\":null}}",
        "{\"error\":{\"code\":1.5}}",
        "{\"messages\":[]}",
        "{\"messages\":[{}]}",
        "{\"messages\":[{\"id\":\"\"}]}",
        "{\"messages\":{\"id\":\"x\"}}",
        "{\"messages\":[{\"id\":{}}]}",
        "\u0000"
      })
  void whatSaysNothingIsUnknown(String body) {
    assertThat(read(200, body)).isInstanceOf(SendResult.Unknown.class);
    assertThat(read(500, body)).isInstanceOf(SendResult.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12|PT12S",
        "0|PT0S",
        "Fri, 20 Nov 2026 10:16:00 GMT|PT29.5S",
        "Fri, 20 Nov 2026 10:00:00 GMT|PT0S",
        "999999999|P1D",
      })
  void theProvidersWaitIsRead(String header, Duration wait) {
    assertThat(failed(read(429, MISMATCH, header)).retryAfter()).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "1.5", "99999999999999999999", "Fri, 99 Nov 2026"})
  void aWaitThatCannotBeReadIsNone(String header) {
    assertThat(failed(read(429, MISMATCH, header)).retryAfter()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "{\"1\":[{\"type\":\"messages\",\"estimated_time_to_regain_access\":5}]}|PT5M",
        "{\"1\":[{\"estimated_time_to_regain_access\":0}],\"2\":[{\"estimated_time_to_regain_access\":7}]}|PT7M",
        "{\"1\":[{\"estimated_time_to_regain_access\":99999999999}]}|P1D",
        "{\"1\":[{\"estimated_time_to_regain_access\":0}]}|none",
        "{\"1\":[{\"estimated_time_to_regain_access\":\"soon\"}]}|none",
        "[[]]|none",
        "{|none",
        "7|none",
      })
  void graphsEstimateIsReadWhereNothingElseIsSaid(String header, @Nullable Duration wait) {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("X-Business-Use-Case-Usage", List.of(header)), (name, value) -> true);
    Answered answer = new Answered(400, headers, MISMATCH.getBytes(StandardCharsets.UTF_8));

    assertThat(failed(reader.read(answer, TO)).retryAfter()).isEqualTo(wait);
  }

  @Test
  void longWordsAreShortened() {
    String error = "{\"error\":{\"code\":1,\"message\":\"" + "x".repeat(5000) + "\"}}";
    assertThat(failed(read(400, error)).text()).hasSize(500).endsWith("…");
  }

  private static String accepted(String waId) {
    return """
        {"messaging_product":"whatsapp","contacts":[{"input":"+5511987654321","wa_id":"%s"}],
         "messages":[{"id":"wamid.HBgL","message_status":"held_for_quality_assessment"}]}"""
        .formatted(waId);
  }

  private SendResult read(int status, String body, String... retryAfter) {
    HttpHeaders headers =
        HttpHeaders.of(
            retryAfter.length == 0 ? Map.of() : Map.of("Retry-After", List.of(retryAfter)),
            (name, value) -> true);
    return reader.read(new Answered(status, headers, body.getBytes(StandardCharsets.UTF_8)), TO);
  }

  private static SendResult.Failed failed(SendResult result) {
    assertThat(result).isInstanceOf(SendResult.Failed.class);
    return (SendResult.Failed) result;
  }
}
