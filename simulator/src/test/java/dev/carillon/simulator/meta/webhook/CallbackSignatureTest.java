package dev.carillon.simulator.meta.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackSignatureTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"object\":\"whatsapp_business_account\",\"entry\":[]} | "
            + "sha256=eefab58106e73358686845848feb95c56372e7391b3dc050b6a31c8c5f347ece",
        "{\"t\":\"caf\\u00e9\"} | "
            + "sha256=7506251cea811984eb32ae47d36656196b97c0785a4f9baeb655317b558f2f7a"
      })
  void signsTheRawBytes(String body, String signature) {
    assertThat(CallbackSignature.sha256(SECRET, body.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(signature);
  }

  @Test
  void provesTheAccessToken() {
    assertThat(CallbackSignature.proof(SECRET, "EAAtesttoken"))
        .isEqualTo("558080b299ccfabcdbfaf45bd3a4f6c06b5703c83f3c6d3023c8efc960fef88b");
  }
}
