package dev.carillon.server.integration.harness;

import dev.carillon.server.command.RunningServer;
import dev.carillon.server.demo.DemoClock;
import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.meta.WhatsAppLimits;
import dev.carillon.simulator.meta.WhatsAppSettings;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.time.SimulatedTime;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server in this process and a simulated WhatsApp that live by one clock. It does not move unless
 * a campaign is being sent or a test winds it on.
 */
public final class SimulatedWorld implements AutoCloseable {
  public static final String KEY = TestServer.KEY;

  /** Of the login admin. */
  public static final String PASSWORD = TestServer.PASSWORD;

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  /** How fast time runs while messages are sent, so that pauses before retries are short. */
  private static final double HASTE = 20;

  public final SimulatedTime time = SimulatedTime.stoppedAt(START);
  public final SimulatorServer simulator;
  public final RunningServer server;
  public final Api api;
  public final URI address;

  /** The connection's id; empty when there is none. */
  public String connection = "";

  /** With a connection, and people who do nothing by themselves. */
  public SimulatedWorld(Path data, long seed, WebhookChaos chaos) {
    this(
        data,
        SimulatorSettings.seeded(seed)
            .people(PeopleSettings.obedient())
            .whatsApp(WhatsAppSettings.standard().limits(WhatsAppLimits.unlimited()).chaos(chaos)));
    connection = WhatsAppConnection.make(api, simulator, 500);
  }

  /** Without a connection. */
  public SimulatedWorld(Path data, SimulatorSettings settings) {
    simulator = SimulatorServer.start(0, settings, time);
    server =
        TestServer.start(
            data, Map.of(), beans -> beans.registerSingleton("clock", new DemoClock(time)));
    address = URI.create("http://localhost:" + server.address().getPort());
    api = new Api(address, KEY);
  }

  /** Makes a campaign; the provider is filled in. */
  public String create(String definition) {
    var body = Api.json(definition);
    ((ObjectNode) body.get("what")).put("provider", connection);
    return api.call("POST", "/api/v1/campaigns", body).get("id").stringValue();
  }

  public void launch(String campaign) {
    api.call("POST", "/api/v1/campaigns/" + campaign + "/launch", null);
  }

  /** Lets time run until the campaign has this status, then stops it. */
  public void runUntil(String campaign, String status) {
    time.run(HASTE);
    try {
      Await.until(
          "the campaign is " + status,
          Duration.ofMinutes(2),
          () -> api.status(campaign).equals(status));
    } finally {
      time.stop();
    }
  }

  /** Lets time run, because a server that waits for a moment of its clock would never end. */
  @Override
  public void close() {
    api.close();
    time.run(HASTE);
    server.close();
    simulator.close();
    time.close();
  }
}
