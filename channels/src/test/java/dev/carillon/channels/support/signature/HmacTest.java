package dev.carillon.channels.support.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against vectors that were computed elsewhere. */
class HmacTest {

  /** RFC 2202 and RFC 4231, test case 2. */
  @Test
  void vectorsOfTheStandards() {
    byte[] message = bytes("what do ya want for nothing?");

    assertThat(HexFormat.of().formatHex(Hmac.SHA1.of("Jefe", message)))
        .isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    assertThat(HexFormat.of().formatHex(Hmac.SHA256.of("Jefe", message)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  /** An address with its form's parameters by name, as a telephone provider signs them. */
  @Test
  void anAddressAndItsParameters() {
    String signed =
        "https://mycompany.com/myapp.php?foo=1&bar=2CallSidCA1234567890ABCDECaller+14158675309"
            + "Digits1234From+14158675309To+18005551212";
    byte[] claimed = Base64.getDecoder().decode("RSOYDt4T1cUTdK1PDd93/VVr8B8=");

    assertThat(Hmac.SHA1.matches(claimed, "12345", bytes(signed))).isTrue();
    assertThat(Hmac.SHA1.matches(claimed, "12346", bytes(signed))).isFalse();
    assertThat(Hmac.SHA1.matches(claimed, "12345", bytes(signed + "x"))).isFalse();
    assertThat(Hmac.SHA1.matches(new byte[0], "12345", bytes(signed))).isFalse();
  }

  @Test
  void textsAreTheSameOrNot() {
    assertThat(Hmac.sameText("é", "é")).isTrue();
    assertThat(Hmac.sameText("a", "b")).isFalse();
    assertThat(Hmac.sameText("a", "")).isFalse();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
