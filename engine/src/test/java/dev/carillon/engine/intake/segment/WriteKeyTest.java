package dev.carillon.engine.intake.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteKeyTest {
  private static final String WHOLE =
      "{\"batch\":[{\"writeKey\":\"inner\"},[1,{\"a\":null}]],\"writeKey\":\"outer\",\"sentAt\":\"x\"}";

  @Test
  void itStandsInTheOutermostObject() {
    assertThat(WriteKey.in(bytes(WHOLE), WHOLE.length())).contains("outer");
  }

  @Test
  void theBeginningOfABodyIsEnoughWhenItHasTheKey() {
    int afterKey = WHOLE.indexOf("outer") + "outer\"".length();
    for (int length = 0; length <= WHOLE.length(); length++) {
      assertThat(WriteKey.in(bytes(WHOLE), length).isPresent())
          .as("%s bytes", length)
          .isEqualTo(length >= afterKey);
    }
  }

  @Test
  void whatIsNoTextIsNoKey() {
    for (String body :
        List.of(
            "",
            "[]",
            "7",
            "{",
            "{\"writeKey\":7}",
            "{\"writeKey\":{\"a\":\"b\"}}",
            "[\"writeKey\"]")) {
      assertThat(WriteKey.in(bytes(body), body.length())).as(body).isEmpty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
