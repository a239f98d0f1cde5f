package dev.carillon.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.campaign.Campaigns;
import dev.carillon.engine.port.FactStore;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.engine.reporting.Verification;
import dev.carillon.server.command.RunningServer;
import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.received.ReceivedMessage;
import dev.carillon.simulator.time.SimulatedTime;
import dev.carillon.simulator.whatsapp.WebhookChaos;
import dev.carillon.simulator.whatsapp.WebhookDelivery;
import dev.carillon.simulator.whatsapp.WhatsAppLimits;
import dev.carillon.simulator.whatsapp.WhatsAppSettings;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server under load is killed again and again at random moments. Afterwards everything that it
 * acknowledged is there, nobody got a message twice, and every number agrees with the facts.
 *
 * <p>The system property {@code carillon.kills} says how often it is killed, {@code carillon.seed}
 * when.
 */
class CrashTest {
  private static final String KEY = "key-of-the-crash-test";
  private static final int KILLS = Integer.getInteger("carillon.kills", 5);
  private static final int USERS = 1_200 + 150 * KILLS;
  private static final Duration LONG = Duration.ofMinutes(2);

  private final long seed = Long.getLong("carillon.seed", System.nanoTime());
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
    try (SimulatedTime time = SimulatedTime.wall();
        SimulatorServer simulator = SimulatorServer.start(0, settings(shop), time);
        Api api = new Api(URI.create("http://127.0.0.1:" + port), KEY)) {
      Uploads uploads = new Uploads(api, phone -> "user-" + Integer.parseInt(phone.substring(7)));
      shop.set(uploads);
      ServerProcess server = launch(port, 0).ready();
      String connection = WhatsAppConnection.make(api, simulator, 150);
      String campaign = launchCampaign(api, connection);
      uploads.start();
      for (int kill = 1; kill <= KILLS; kill++) {
        awaitMoment(simulator, uploads);
        server.kill();
        note(kill, simulator, uploads);
        server = launch(port, kill);
        if (random.nextInt(5) > 0) {
          server.ready();
        }
      }
      server.ready();
      finish(api, simulator, connection, campaign);
      uploads.close();
      reporter.publishEntry("story", story + " " + uploads);

      uploads.assertAllKept();
      assertSentOnce(api, simulator, campaign);
      server.close();
    } catch (AssertionError | RuntimeException failed) {
      throw new AssertionError("with -Dcarillon.seed=" + seed + ": " + story, failed);
    }
    assertVerified();
  }

  private SimulatorSettings settings(AtomicReference<Uploads> shop) {
    PeopleSettings people =
        new PeopleSettings(400, 0.03, 0.03, 0.004, 0.02, 0.2, 0.7, 0.05, 0.02, 0.2, 0);
    WhatsAppSettings whatsApp =
        WhatsAppSettings.standard()
            .limits(WhatsAppLimits.unlimited())
            .delivery(
                new WebhookDelivery(
                    20, Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofDays(7), 4))
            .chaos(
                new WebhookChaos(
                    0.2,
                    Duration.ofSeconds(2),
                    0.1,
                    Duration.ofSeconds(5),
                    0.02,
                    Duration.ofSeconds(20),
                    0,
                    0.05));
    return SimulatorSettings.seeded(seed)
        .people(people)
        .whatsApp(whatsApp)
        .purchases(purchase -> Objects.requireNonNull(shop.get()).bought(purchase));
  }

  private ServerProcess launch(int port, int number) throws IOException {
    ServerProcess server =
        ServerProcess.launch(
            port, folder.resolve("data"), KEY, folder.resolve("server-" + number + ".log"));
    running = server;
    return server;
  }

  private static String launchCampaign(Api api, String connection) {
    List<ObjectNode> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      ObjectNode user = Api.json("{'type':'profile'}").put("identity", "user-" + i);
      user.putObject("profileData")
          .put("Name", "User " + i)
          .put("Phone", "+9198765%05d".formatted(i));
      users.add(user);
    }
    api.upload(users);
    String id =
        api.post(
                "/api/v1/campaigns",
                """
                {'name':'Sent through crashes','channel':'whatsapp','when':{'type':'now'},
                 'who':{'rule':{'everyone':true}},'controlGroup':{'percent':10},
                 'what':{'provider':'%s','template':{'name':'festival_sale','language':'en',
                         'parameters':['{{ Name }}']}},
                 'goal':{'event':'Charged','within':'P2D','revenueProperty':'Amount'}}"""
                    .formatted(connection))
            .get("id")
            .stringValue();
    api.call("POST", "/api/v1/campaigns/" + id + "/launch", null);
    return id;
  }

  /** Some moment: so many more messages out, so many more batches in, or simply somewhat later. */
  private void awaitMoment(SimulatorServer simulator, Uploads uploads) {
    long sent = simulator.received().accepted() + 1 + random.nextInt(200);
    int uploaded = uploads.acknowledged() + 1 + random.nextInt(60);
    switch (random.nextInt(3)) {
      case 0 ->
          Await.until(
              "the campaign goes on",
              LONG,
              () ->
                  simulator.received().accepted() >= sent
                      || simulator.received().accepted() >= USERS * 0.8);
      case 1 -> Await.until("uploads go on", LONG, () -> uploads.acknowledged() >= uploaded);
      default -> LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1_500)).toNanos());
    }
    LockSupport.parkNanos(random.nextInt(30_000_000));
  }

  private void note(int kill, SimulatorServer simulator, Uploads uploads) {
    story.add(
        "kill %d after %d messages and %d batches"
            .formatted(kill, simulator.received().accepted(), uploads.acknowledged()));
  }

  private static void finish(
      Api api, SimulatorServer simulator, String connection, String campaign) {
    api.call(
        "PATCH",
        "/api/v1/providers/" + connection,
        Api.json("{'settings':{'messagesPerSecond':1000}}"));
    Await.until("the campaign completes", LONG, () -> api.status(campaign).equals("completed"));
    Await.until(
        "all callbacks have come",
        LONG,
        () -> {
          simulator.time().runEverythingNow();
          return simulator.time().pending() == 0;
        });
  }

  private void assertSentOnce(Api api, SimulatorServer simulator, String campaign) {
    assertThat(simulator.received().duplicates()).as("references accepted twice").isEmpty();
    List<String> recipients =
        simulator.received().messages(null, null).map(ReceivedMessage::to).toList();
    assertThat(recipients).as("people who got a message").doesNotHaveDuplicates();

    Map<String, Long> counts = api.counts(campaign, "");
    story.add(counts.toString());
    Identities.hold(counts);
    assertThat(counts).containsEntry("pending", 0L).containsEntry("dispatchErrors", 0L);
    assertThat(counts.get("planned")).isGreaterThanOrEqualTo(USERS);
    assertThat(counts.get("converted")).isPositive();
    Set<String> sent =
        api.people(campaign, "sent", "").stream()
            .map(person -> person.get("address").stringValue().replace("+", ""))
            .collect(Collectors.toSet());
    assertThat(sent).hasSize(recipients.size()).containsAll(recipients);
    assertThat(api.people(campaign, "uncertain", ""))
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
      Campaign campaign = server.context().getBean(Campaigns.class).find(1);
      Verification.Result result = verification.verify(campaign);
      assertThat(result.compared()).isGreaterThan(20);
      assertThat(result.differences()).as("with -Dcarillon.seed=%s", seed).isEmpty();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
