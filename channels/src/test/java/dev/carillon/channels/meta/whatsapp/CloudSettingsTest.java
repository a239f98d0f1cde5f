package dev.carillon.channels.meta.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider.Field;
import dev.carillon.engine.provider.Provider.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CloudSettingsTest {
  private static final Map<String, String> SECRETS =
      Map.of("accessToken", "EAAtesttoken", "appSecret", CloudWire.APP_SECRET, "verifyToken", "v");

  @Test
  void defaults() {
    CloudSettings settings = CloudSettings.of(with(Map.of()));

    assertThat(settings.uri("1/messages"))
        .hasToString("https://graph.facebook.com/v25.0/1/messages");
    assertThat(settings.callTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.appSecretProof()).isFalse();
    assertThat(CloudSettings.messagesPerSecond(with(Map.of()))).isEqualTo(80);
  }

  /** What forms show as what applies when a field is left empty. */
  @Test
  void theInitialValuesOfTheFieldsAreTheDefaults() {
    Map<String, Object> initial = new HashMap<>();
    for (Field field : CloudSettings.FORM.fields()) {
      if (field.initial() != null) {
        initial.put(field.name(), field.initial());
      }
    }
    Connection given = with(initial);

    assertThat(CloudSettings.FORM.check(given)).isEmpty();
    assertThat(CloudSettings.of(given)).isEqualTo(CloudSettings.of(with(Map.of())));
    assertThat(CloudSettings.messagesPerSecond(given))
        .isEqualTo(CloudSettings.messagesPerSecond(with(Map.of())));
  }

  @Test
  void everythingSet() {
    Connection connection =
        with(
            Map.of(
                "baseUrl",
                "http://emulator:9000/graph/",
                "allowHttp",
                "true",
                "version",
                "v26.0",
                "businessAccountId",
                102290129340398L,
                "messagesPerSecond",
                1000,
                "appSecretProof",
                true,
                "timeoutSeconds",
                2.5,
                "stopWords",
                "Basta, para ,"));
    CloudSettings settings = CloudSettings.of(connection);

    assertThat(connection.settings().keySet())
        .as("each field but the secrets")
        .containsExactlyInAnyOrderElementsOf(
            CloudSettings.FORM.fields().stream()
                .filter(field -> !field.secret())
                .map(Field::name)
                .toList());
    assertThat(settings.uri("1/messages"))
        .hasToString(
            "http://emulator:9000/graph/v26.0/1/messages?appsecret_proof="
                + "558080b299ccfabcdbfaf45bd3a4f6c06b5703c83f3c6d3023c8efc960fef88b");
    assertThat(settings.businessAccountId()).isEqualTo("102290129340398");
    assertThat(settings.callTimeout()).isEqualTo(Duration.ofMillis(2500));
    assertThat(CloudSettings.messagesPerSecond(connection)).isEqualTo(1000);
  }

  @Test
  void aStopWordThatNoMessageCanBeIsAProblem() {
    assertThat(CloudSettings.FORM.check(with(Map.of("stopWords", "Basta, \ud83d\uded1"))))
        .extracting(Problem::field)
        .containsExactly("stopWords");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://127.0.0.1",
        "http://[::1]:99",
        "http://api.localhost",
        "https://graph.facebook.com",
        "https://10.0.0.1:8443/base"
      })
  void addressesThatAreFine(String address) {
    assertThat(CloudSettings.FORM.check(with(Map.of("baseUrl", address)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://graph.facebook.com",
        "http://10.0.0.1",
        "http://localhost.evil.com",
        "http://127.0.0.1.evil.com",
        "ftp://graph.facebook.com",
        "graph.facebook.com",
        "https://",
        "https://user:pass@host",
        "https://host?x=1",
        "https://host#f",
        "not an address",
        "//host"
      })
  void addressesThatAreNot(String address) {
    assertThat(CloudSettings.FORM.check(with(Map.of("baseUrl", address))))
        .extracting(Problem::field)
        .containsExactly("baseUrl");
  }

  @Test
  void plainHttpElsewhereIsTheAdministratorsChoice() {
    assertThat(
            CloudSettings.FORM.check(
                with(Map.of("baseUrl", "http://emulator:80", "allowHttp", true))))
        .isEmpty();
  }

  @Test
  void numbersAndIdsAreChecked() {
    assertThat(
            CloudSettings.FORM.check(
                with(
                    Map.of(
                        "messagesPerSecond", 0,
                        "timeoutSeconds", "soon",
                        "version", "v25.0/../x",
                        "businessAccountId", "1 2"))))
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "messagesPerSecond", "timeoutSeconds", "version", "businessAccountId");
  }

  @ParameterizedTest
  @CsvSource({
    "messagesPerSecond, 0, It must be a number from 0.01 to 100000.",
    "messagesPerSecond, 100001, It must be a number from 0.01 to 100000.",
    "timeoutSeconds, 0.5, It must be a number from 1 to 300.",
    "timeoutSeconds, 301, It must be a number from 1 to 300.",
    "appSecretProof, yes, It must be true or false.",
    "allowHttp, 1, It must be true or false."
  })
  void whatIsOutOfRangeIsAnsweredWithTheRange(String field, String value, String words) {
    assertThat(CloudSettings.FORM.check(with(Map.of(field, value))))
        .containsExactly(new Problem(field, words));
  }

  @Test
  void aBrokenTokenIsAProblemAndIsNotRepeated() {
    Map<String, String> secrets = new HashMap<>(SECRETS);
    secrets.put("accessToken", "EAA\r\nX-Evil: 1");
    Connection connection =
        new Connection(1, "whatsapp-cloud", "n", Map.of("phoneNumberId", "1"), secrets);

    assertThat(CloudSettings.FORM.check(connection))
        .extracting(Problem::field)
        .containsExactly("accessToken");
    assertThatThrownBy(() -> CloudSettings.of(connection))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("EAA");
  }

  @Test
  void noSecretInItsText() {
    assertThat(CloudSettings.of(with(Map.of())).toString()).isEqualTo("CloudSettings[1]");
  }

  private static Connection with(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("phoneNumberId", "1");
    return new Connection(1, "whatsapp-cloud", "n", all, SECRETS);
  }
}
