package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.engine.reporting.Verification;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.SendingLoad;
import dev.carillon.server.integration.harness.ServerProcess;
import dev.carillon.server.integration.harness.Uploads;
import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.time.SimulatedTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server under load is killed again and again at random moments. Afterwards everything that it
 * acknowledged is there, no one got a message twice, and every number agrees with the facts.
 *
 * <p>The system property {@code test.kills} says how often it is killed, {@code test.seed} when.
 */
class ServerCrashTest {
  private static final String KEY = "key-of-the-crash-test";
  private static final int KILLS = Integer.getInteger("test.kills", 5);
  private static final int USERS = 1_200 + 150 * KILLS;
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final PeopleSettings PEOPLE =
      new PeopleSettings(400, 0.03, 0.03, 0.004, 0.02, 0.2, 0.7, 0.05, 0.02, 0.2, 0);

  private final long seed = Long.getLong("test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<String> story = new ArrayList<>();

  @TempDir private Path folder;
  private @Nullable ServerProcess running;

  @AfterEach
  void leaveNoProcess() throws InterruptedException {
    if (running != null) {
      running.kill();
    }
  }

  @Test
  void nothingIsLostOrSentTwice(TestReporter reporter) throws Exception {
    reporter.publishEntry("seed", Long.toString(seed));
    int port = freePort();
    AtomicReference<Uploads> shop = new AtomicReference<>();
    SimulatorSettings settings =
        SendingLoad.simulator(seed, PEOPLE)
            .purchases(purchase -> Objects.requireNonNull(shop.get()).bought(purchase));
    try (SimulatedTime time = SimulatedTime.wall();
        SimulatorServer simulator = SimulatorServer.start(0, settings, time);
        Api api = new Api(URI.create("http://127.0.0.1:" + port), KEY)) {
      Uploads uploads = new Uploads(api, SendingLoad::identity);
      shop.set(uploads);
      ServerProcess server = launch(port, 0).ready();
      SendingLoad load = SendingLoad.launch(api, simulator, USERS, 150);
      uploads.start();
      for (int kill = 1; kill <= KILLS; kill++) {
        awaitMoment(load, uploads);
        server.kill();
        note(kill, load, uploads);
        server = launch(port, kill);
        if (random.nextInt(5) > 0) {
          server.ready();
        }
      }
      server.ready();
      load.finish();
      uploads.close();
      reporter.publishEntry("story", story + " " + uploads);

      uploads.assertAllKept();
      assertSentOnce(api, load);
      server.close();
    } catch (AssertionError | RuntimeException failed) {
      throw new AssertionError("with -Dtest.seed=" + seed + ": " + story, failed);
    }
    assertVerified();
  }

  private ServerProcess launch(int port, int number) throws IOException {
    ServerProcess server =
        ServerProcess.launch(
            port, folder.resolve("data"), KEY, folder.resolve("server-" + number + ".log"));
    running = server;
    return server;
  }

  /** Some moment: so many more messages out, so many more batches in, or simply somewhat later. */
  private void awaitMoment(SendingLoad load, Uploads uploads) {
    long sent = load.accepted() + 1 + random.nextInt(200);
    int uploaded = uploads.acknowledged() + 1 + random.nextInt(60);
    switch (random.nextInt(3)) {
      case 0 ->
          Await.until(
              "the campaign goes on", LONG, () -> load.accepted() >= sent || !load.isUnderWay());
      case 1 -> Await.until("uploads go on", LONG, () -> uploads.acknowledged() >= uploaded);
      default -> LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1_500)).toNanos());
    }
    LockSupport.parkNanos(random.nextInt(30_000_000));
  }

  private void note(int kill, SendingLoad load, Uploads uploads) {
    story.add(
        "kill %d after %d messages and %d batches"
            .formatted(kill, load.accepted(), uploads.acknowledged()));
  }

  private void assertSentOnce(Api api, SendingLoad load) {
    Map<String, Long> counts = load.assertSentOnce();
    story.add(counts.toString());
    assertThat(counts.get("converted")).isPositive();
    assertThat(api.people(load.campaign(), "uncertain", ""))
        .hasSize(Math.toIntExact(Objects.requireNonNull(counts.get("uncertain"))));
  }

  private void assertVerified() {
    try (RunningServer server =
        RunningServer.start(
            Map.of(
                "server.port",
                0,
                "carillon.data",
                folder.resolve("data").toString(),
                "carillon.api-key",
                KEY),
            beans -> {})) {
      Verification verification =
          new Verification(
              server.context().getBean(Reports.class),
              server.context().getBean(FactStore.class),
              server.context().getBean(Account.class));
      Campaign campaign = server.context().getBean(CampaignService.class).find(1);
      Verification.Result result = verification.verify(campaign);
      assertThat(result.compared()).isGreaterThan(20);
      assertThat(result.differences()).as("with -Dtest.seed=%s", seed).isEmpty();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
