package dev.carillon.server.proof;

import dev.carillon.engine.port.WaitingClock;
import dev.carillon.server.command.RunningServer;
import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.time.SimulatedTime;
import dev.carillon.simulator.whatsapp.WebhookChaos;
import dev.carillon.simulator.whatsapp.WhatsAppLimits;
import dev.carillon.simulator.whatsapp.WhatsAppSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server in this process and a simulated WhatsApp that live by one clock. It stands still unless
 * a campaign is being sent or a test winds it on.
 */
final class SimulatedWorld implements AutoCloseable {
  static final String KEY = "key-of-the-proofs";
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  /** How fast time runs while messages go out, so that pauses before retries are short. */
  private static final double HASTE = 20;

  final SimulatedTime time = SimulatedTime.stoppedAt(START);
  final SimulatorServer simulator;
  final RunningServer server;
  final Api api;
  final String connection;

  SimulatedWorld(Path data, long seed, WebhookChaos chaos) {
    simulator =
        SimulatorServer.start(
            0,
            SimulatorSettings.seeded(seed)
                .people(PeopleSettings.obedient())
                .whatsApp(
                    WhatsAppSettings.standard().limits(WhatsAppLimits.unlimited()).chaos(chaos)),
            time);
    server =
        RunningServer.start(
            Map.of("server.port", 0, "carillon.data", data.toString(), "carillon.api-key", KEY),
            beans -> beans.registerSingleton("clock", new Clock(time)));
    api = new Api(URI.create("http://127.0.0.1:" + server.address().getPort()), KEY);
    connection = WhatsAppConnection.make(api, simulator, 500);
  }

  /** Makes a campaign; the provider is filled in. */
  String create(String definition) {
    var body = Api.json(definition);
    ((ObjectNode) body.get("what")).put("provider", connection);
    return api.call("POST", "/api/v1/campaigns", body).get("id").stringValue();
  }

  void launch(String campaign) {
    api.call("POST", "/api/v1/campaigns/" + campaign + "/launch", null);
  }

  /** Lets time run until the campaign has this status, then stops it. */
  void runUntil(String campaign, String status) {
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

  @Override
  public void close() {
    api.close();
    server.close();
    simulator.close();
    time.close();
  }

  /** The simulated clock as the server's own. */
  private record Clock(SimulatedTime time) implements WaitingClock {
    @Override
    public Instant instant() {
      return time.instant();
    }

    @Override
    public void sleepUntil(Instant moment) throws InterruptedException {
      if (moment.isAfter(instant())) {
        CountDownLatch come = new CountDownLatch(1);
        time.schedule(moment, Long.MIN_VALUE, come::countDown);
        come.await();
      }
    }
  }
}
