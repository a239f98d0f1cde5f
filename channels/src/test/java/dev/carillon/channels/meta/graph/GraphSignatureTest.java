package dev.carillon.channels.meta.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Against vectors that were computed elsewhere. */
final class GraphSignatureTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String EMPTY = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}";
  private static final String EMPTY_SIGNED =
      "sha256=eefab58106e73358686845848feb95c56372e7391b3dc050b6a31c8c5f347ece";
  private static final String ESCAPED = "{\"t\":\"caf\\u00e9\"}";
  private static final String ESCAPED_SIGNED =
      "sha256=7506251cea811984eb32ae47d36656196b97c0785a4f9baeb655317b558f2f7a";

  @Test
  void publishedVectors() {
    assertThat(GraphSignature.matches(EMPTY_SIGNED, bytes(EMPTY), SECRET)).isTrue();
    assertThat(GraphSignature.matches(ESCAPED_SIGNED, bytes(ESCAPED), SECRET)).isTrue();
    assertThat(GraphSignature.matches(ESCAPED_SIGNED, bytes("{\"t\":\"café\"}"), SECRET)).isFalse();
    assertThat(GraphSignature.appSecretProof("EAAtesttoken", SECRET))
        .isEqualTo("558080b299ccfabcdbfaf45bd3a4f6c06b5703c83f3c6d3023c8efc960fef88b");
  }

  @Test
  void capitalsAreTheSameDigits() {
    String capitals = "sha256=" + EMPTY_SIGNED.substring(7).toUpperCase(java.util.Locale.ROOT);
    assertThat(GraphSignature.matches(capitals, bytes(EMPTY), SECRET)).isTrue();
  }

  @Test
  void anythingElseDoesNotMatch() {
    for (String header :
        new String[] {
          "",
          "sha256=",
          "sha256",
          EMPTY_SIGNED.substring(7),
          "sha1=" + EMPTY_SIGNED.substring(7),
          EMPTY_SIGNED + "00",
          EMPTY_SIGNED.substring(0, 70),
          "sha256=zz",
          ESCAPED_SIGNED
        }) {
      assertThat(GraphSignature.matches(header, bytes(EMPTY), SECRET)).as(header).isFalse();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
