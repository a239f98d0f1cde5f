package dev.carillon.simulator;

import dev.carillon.simulator.meta.WhatsAppSettings;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.people.Purchase;
import dev.carillon.simulator.time.SimulatedTime;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A simulator with a stopped clock, an app that hears its callbacks, and a client. */
public final class SimulatedMeta implements AutoCloseable {

  public static final Instant START = Instant.parse("2026-11-01T09:00:00Z");
  public static final long SEED = 20261101;

  public final SimulatedTime time = SimulatedTime.stoppedAt(START);
  public final List<Purchase> purchases = new CopyOnWriteArrayList<>();
  public final CallbackReceiver receiver = new CallbackReceiver();
  public final SimulatorServer server;
  public final SimulatorClient client;

  public SimulatedMeta(PeopleSettings people, WhatsAppSettings whatsApp) throws IOException {
    server =
        SimulatorServer.start(
            0,
            SimulatorSettings.seeded(SEED)
                .people(people)
                .whatsApp(whatsApp)
                .purchases(purchases::add),
            time);
    client = new SimulatorClient(server.baseUrl());
  }

  /** Everybody gets and reads everything at once. */
  public static SimulatedMeta obedient() throws IOException {
    return new SimulatedMeta(PeopleSettings.obedient(), WhatsAppSettings.standard()).subscribed();
  }

  /** Has the receiver hear all callbacks. */
  public SimulatedMeta subscribed() throws IOException {
    client.control(
        "POST",
        "whatsapp/webhooks",
        """
        {"callbackUrl":"%s","verifyToken":"%s","appSecret":"0123456789abcdef0123456789abcdef"}"""
            .formatted(receiver.url(), CallbackReceiver.VERIFY_TOKEN));
    return this;
  }

  @Override
  public void close() {
    client.close();
    server.close();
    receiver.close();
    time.close();
  }
}
