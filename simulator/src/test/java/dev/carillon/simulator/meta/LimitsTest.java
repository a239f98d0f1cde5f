package dev.carillon.simulator.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.simulator.SimulatedMeta;
import dev.carillon.simulator.SimulatorClient.Answer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final String TO = "919820012345";

  private final SimulatedMeta meta;

  LimitsTest() throws IOException {
    meta = SimulatedMeta.obedient();
  }

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void aNumberSendsSoManyASecond() throws IOException {
    meta.client.control("POST", "whatsapp/limits", "{\"messagesPerSecond\":10}");

    for (int i = 0; i < 10; i++) {
      assertThat(send(i).status()).isEqualTo(200);
    }
    Answer over = send(10);
    assertThat(over.status()).isEqualTo(400);
    assertThat(over.code()).isEqualTo(130429);

    meta.time.advanceBy(Duration.ofMillis(200));
    assertThat(send(11).status()).isEqualTo(200);
    assertThat(send(12).status()).isEqualTo(200);
    assertThat(send(13).code()).isEqualTo(130429);
  }

  @Test
  void onePersonGetsABurstAndThenOneEverySixSeconds() throws IOException {
    for (int i = 0; i < 45; i++) {
      assertThat(meta.client.hello(TO, "burst-" + i).status()).isEqualTo(200);
    }
    assertThat(meta.client.hello(TO, "over").code()).isEqualTo(131056);
    assertThat(meta.client.hello("919820054321", "other person").status()).isEqualTo(200);

    meta.time.advanceBy(Duration.ofMillis(5_999));
    assertThat(meta.client.hello(TO, "too early").code()).isEqualTo(131056);
    meta.time.advanceBy(Duration.ofMillis(1));
    assertThat(meta.client.hello(TO, "in time").status()).isEqualTo(200);
    assertThat(meta.client.hello(TO, "over again").code()).isEqualTo(131056);
  }

  @Test
  void limitsCanBeLifted() throws IOException {
    meta.client.control("POST", "whatsapp/limits", "{\"messagesPerSecond\":0,\"pairBurst\":0}");

    for (int i = 0; i < 200; i++) {
      assertThat(meta.client.hello(TO, "m" + i).status()).isEqualTo(200);
    }
  }

  private Answer send(int i) throws IOException {
    return meta.client.hello("91982001" + (1000 + i), "ref-" + i);
  }
}
