package dev.carillon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ControlTest {

  private final SimulatedMeta meta;

  ControlTest() throws IOException {
    meta = SimulatedMeta.obedient();
  }

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void reportsWhatWasSentTwice() throws IOException {
    meta.client.hello("919820012345", "once");
    meta.client.hello("919820012345", "twice");
    meta.client.hello("919820012345", "twice");

    assertThat(meta.client.control("GET", "duplicates", "").toString())
        .isEqualTo("{\"count\":1,\"duplicates\":[{\"opaque\":\"twice\",\"times\":2}]}");
    JsonNode found = meta.client.control("GET", "messages?to=%2B919820012345&opaque=twice", "");
    assertThat(found.path("times").asInt()).isEqualTo(2);
    assertThat(found.path("messages").size()).isEqualTo(2);
    assertThat(found.path("messages").path(0).path("id").asString(""))
        .isNotEqualTo(found.path("messages").path(1).path("id").asString(""));
    assertThat(meta.client.control("GET", "messages?limit=1&after=1", "").path("messages").size())
        .isEqualTo(1);
  }

  @Test
  void windsTheClockOn() throws IOException {
    JsonNode time = meta.client.control("POST", "time", "{\"advanceBy\":\"PT1H\"}");
    assertThat(time.path("now").asString("")).isEqualTo("2026-11-01T10:00:00Z");
    time = meta.client.control("POST", "time", "{\"advanceTo\":\"2026-11-02T00:00:00Z\"}");
    assertThat(time.path("now").asString("")).isEqualTo("2026-11-02T00:00:00Z");
    assertThat(meta.client.call("POST", "/_ctl/time", "{\"advanceTo\":\"yesterday\"}").status())
        .isEqualTo(400);
    assertThat(
            meta.client
                .call("POST", "/_ctl/time", "{\"advanceTo\":\"2026-11-01T00:00:00Z\"}")
                .status())
        .isEqualTo(400);

    meta.client.control("POST", "time", "{\"speed\":10}");
    assertThat(meta.time.isStopped()).isFalse();
    assertThat(meta.client.call("POST", "/_ctl/time", "{\"advanceBy\":\"PT1H\"}").status())
        .isEqualTo(400);
    meta.client.control("POST", "time", "{\"speed\":0}");
    assertThat(meta.time.isStopped()).isTrue();
  }

  @Test
  void resetForgetsWhatHappened() throws IOException {
    meta.client.control(
        "POST", "whatsapp/outcomes", "{\"then\":{\"type\":\"error\",\"code\":131000}}");
    meta.client.control("POST", "whatsapp/chaos", "{\"drop\":1}");
    meta.client.hello("919820012345", "before");
    meta.client.control("POST", "reset", "");

    assertThat(meta.client.hello("919820012345", "after").status()).isEqualTo(200);
    meta.client.control("POST", "flush", "");
    assertThat(meta.receiver.statusKinds()).contains("sent", "read");
    assertThat(meta.server.received().requests()).isEqualTo(1);
  }

  @Test
  void changesSettingsInPart() throws IOException {
    meta.client.control("POST", "whatsapp/chaos", "{\"duplicate\":0.25,\"delayWithin\":\"PT1M\"}");

    JsonNode chaos = meta.client.control("GET", "whatsapp/chaos", "");
    assertThat(chaos.path("duplicate").asDouble()).isEqualTo(0.25);
    assertThat(chaos.path("delayWithin").asString("")).isEqualTo("PT1M");
    assertThat(chaos.path("shuffleWithin").asString("")).isEqualTo("PT5S");
    assertThat(meta.client.call("POST", "/_ctl/whatsapp/people", "{\"pace\":0}").status())
        .isEqualTo(400);
    meta.client.control("POST", "whatsapp/people", "{\"reads\":0}");
    meta.client.hello("919820012345", "unread");
    meta.client.control("POST", "flush", "");
    assertThat(meta.receiver.statusKinds()).containsOnly("sent", "delivered");
  }

  @Test
  void addsAccountsOfOtherBusinesses() throws IOException {
    meta.client.control(
        "POST",
        "whatsapp/accounts",
        """
        {"businessAccountId":"2","phoneNumberId":"22","displayNumber":"442071838750",
         "verifiedName":"Second","accessToken":"other-token","appSecret":"s"}""");
    meta.client.control(
        "POST",
        "whatsapp/templates",
        """
        {"businessAccountId":"2","name":"t","language":"en","category":"UTILITY",
         "components":[{"type":"BODY","text":"hello"}]}""");
    meta.client.useToken("other-token");

    String body = SimulatorClient.template("919820012345", "r", "t", "en", "[]");
    assertThat(meta.client.call("POST", "/v25.0/22/messages", body).status()).isEqualTo(200);
    assertThat(meta.client.send(body).code()).isEqualTo(190);
  }

  @Test
  void readsItsCommandLine() {
    SimulatorSettings settings =
        SimulatorMain.settings(
            SimulatorMain.parse(
                new String[] {"--seed", "7", "--people-speed", "60", "--chaos", "ordinary"}));

    assertThat(settings.seed()).isEqualTo(7);
    assertThat(settings.people().pace()).isEqualTo(60);
    assertThat(settings.whatsApp().chaos().duplicate()).isPositive();
    assertThatThrownBy(() -> SimulatorMain.parse(new String[] {"--sed", "7"}))
        .hasMessageContaining("--sed");
    assertThatThrownBy(() -> SimulatorMain.parse(new String[] {"--seed"}))
        .hasMessageContaining("no value");
    assertThatThrownBy(() -> SimulatorMain.settings(Map.of("chaos", "total")))
        .hasMessageContaining("--chaos");
  }
}
