package dev.carillon.channels.meta.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.testkit.provider.ReceivedRequest;
import dev.carillon.testkit.provider.ScriptedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is particular to this provider's requests on the wire. */
final class CloudSendTest {
  private static final MessageContent HELLO =
      new WhatsAppTemplate(3, "hello_world", "en_US", null, List.of(), List.of());

  @Test
  void pathHeadersAndDigits() throws Exception {
    try (ScriptedServer server = new ScriptedServer().then(new CloudWire().accepts("wamid.1"));
        Provider.Sender sender =
            CloudWire.provider().open(CloudWire.connection(server.address(), 20))) {

      assertThat(sender.send(sender.prepare(HELLO, "+1 (650) 555-1234", "{}"), "r"))
          .isEqualTo(new SendResult.Accepted("wamid.1", null));

      ReceivedRequest request = server.requests().getFirst();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/v25.0/106540352242922/messages");
      assertThat(request.headers())
          .containsEntry("authorization", "Bearer EAAtesttoken")
          .containsEntry("content-type", "application/json")
          .doesNotContainKey("upgrade");
      assertThat(request.text()).contains("\"to\":\"16505551234\"");
    }
  }

  @Test
  void aReferenceThatIsTooLongIsNotSent() throws Exception {
    try (ScriptedServer server = new ScriptedServer();
        Provider.Sender sender =
            CloudWire.provider().open(CloudWire.connection(server.address(), 20))) {
      SendResult result = sender.send(sender.prepare(HELLO, "1650", "{}"), "x".repeat(513));

      assertThat(result).isInstanceOf(SendResult.Failed.class);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void tooLargeACallbackIsRejectedBeforeAnythingElse() {
    CallbackRequest request =
        new CallbackRequest(
            "POST", CloudWire.HOOK, Map.of(), new byte[3 * 1024 * 1024 + 1], CloudWire.NOW);

    assertThat(CloudWire.provider().receive(CloudWire.connection(), request))
        .isEqualTo(new CallbackAnswer.Rejected(413, "tooLarge"));
  }

  @Test
  void aCallbackOfTheGreatestSizeIsRead() {
    StringBuilder statuses = new StringBuilder("\"statuses\":[");
    while (statuses.length() < 3_000_000) {
      statuses.append("{\"id\":\"wamid.1\",\"status\":\"read\",\"timestamp\":\"1750030073\"},");
    }
    byte[] body = CloudWire.change(statuses + "{\"id\":\"wamid.2\",\"status\":\"read\"}]");

    CallbackAnswer answer =
        CloudWire.provider()
            .receive(CloudWire.connection(), new CloudWire().signed(body, CloudWire.NOW));

    assertThat(answer).isInstanceOf(CallbackAnswer.Received.class);
    assertThat(((CallbackAnswer.Received) answer).items()).hasSizeGreaterThan(40_000);
  }
}
