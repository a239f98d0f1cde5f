package dev.carillon.simulator;

import dev.carillon.simulator.meta.WhatsAppCloud;
import dev.carillon.simulator.meta.WhatsAppControl;
import dev.carillon.simulator.people.People;
import dev.carillon.simulator.received.ReceivedMessages;
import dev.carillon.simulator.time.SimulatedTime;
import dev.carillon.simulator.wire.HttpFront;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/**
 * All simulated providers behind one address, with their control endpoint. Listens on the loopback
 * interface only. Thread-safe.
 */
public final class SimulatorServer implements AutoCloseable {

  private final SimulatedTime time;
  private final ReceivedMessages received;
  private final WhatsAppCloud whatsApp;
  private final HttpFront front;

  private SimulatorServer(int port, SimulatorSettings settings, SimulatedTime time)
      throws IOException {
    this.time = time;
    this.received = new ReceivedMessages(settings.keepMessages());
    RecordedPurchases purchases = new RecordedPurchases(settings.purchases());
    this.whatsApp =
        new WhatsAppCloud(
            settings.whatsApp(),
            time,
            settings.seed(),
            new People(settings.seed(), settings.people()),
            purchases,
            received);
    Runnable reset =
        () -> {
          whatsApp.reset();
          received.clear();
          purchases.clear();
        };
    this.front =
        HttpFront.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            List.of(
                whatsApp,
                new WhatsAppControl(whatsApp, settings.seed()),
                new ControlEndpoint(time, received, purchases, reset)));
  }

  /**
   * Starts to listen.
   *
   * @param port to listen at; any free one when zero
   * @param time the clock that everything runs by; the caller keeps and closes it
   * @throws UncheckedIOException when the port is not to be had
   */
  public static SimulatorServer start(int port, SimulatorSettings settings, SimulatedTime time) {
    try {
      return new SimulatorServer(port, settings, time);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the simulator answers, without a slash at the end. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + front.port());
  }

  public SimulatedTime time() {
    return time;
  }

  public WhatsAppCloud whatsApp() {
    return whatsApp;
  }

  /** What was sent to the providers so far. */
  public ReceivedMessages received() {
    return received;
  }

  @Override
  public void close() {
    front.close();
    whatsApp.close();
  }
}
