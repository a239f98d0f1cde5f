package dev.carillon.server.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.meta.account.WhatsAppAccount;
import java.net.URI;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Joins a server and a simulated WhatsApp to each other. */
public final class WhatsAppConnection {
  public static final String VERIFY_TOKEN = "a-verify-token";

  private WhatsAppConnection() {}

  /** Sets up the connection over the API and subscribes its callbacks; answers its id. */
  static String make(Api api, SimulatorServer simulator, double messagesPerSecond) {
    ObjectNode body = definition(simulator, messagesPerSecond);
    body.put("type", "whatsapp-cloud").put("name", "Proof");
    JsonNode connection = api.call("POST", "/api/v1/providers", body);
    subscribe(connection, simulator);
    return connection.get("id").stringValue();
  }

  /** Points a connection that an earlier server left to this simulator. */
  public static void move(
      Api api, String connection, SimulatorServer simulator, double messagesPerSecond) {
    ObjectNode changes = definition(simulator, messagesPerSecond);
    subscribe(api.call("PATCH", "/api/v1/providers/" + connection, changes), simulator);
  }

  private static ObjectNode definition(SimulatorServer simulator, double messagesPerSecond) {
    WhatsAppAccount account = simulator.whatsApp().account();
    ObjectNode body = Api.json("{}");
    body.putObject("settings")
        .put("baseUrl", simulator.baseUrl().toString())
        .put("version", "v25.0")
        .put("phoneNumberId", account.phoneNumberId())
        .put("businessAccountId", account.businessAccountId())
        .put("messagesPerSecond", messagesPerSecond);
    body.putObject("secrets")
        .put("accessToken", account.accessToken())
        .put("appSecret", account.appSecret())
        .put("verifyToken", VERIFY_TOKEN);
    return body;
  }

  private static void subscribe(JsonNode connection, SimulatorServer simulator) {
    WhatsAppAccount account = simulator.whatsApp().account();
    assertThat(
            simulator
                .whatsApp()
                .subscribe(
                    account.businessAccountId(),
                    URI.create(connection.get("callbackUrl").stringValue()),
                    VERIFY_TOKEN,
                    account.appSecret()))
        .as("the handshake of the callback URL")
        .isEmpty();
  }
}
