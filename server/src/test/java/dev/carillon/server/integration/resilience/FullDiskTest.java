package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.SendingLoad;
import dev.carillon.server.integration.harness.ServerProcess;
import dev.carillon.server.integration.harness.SmallDisk;
import dev.carillon.server.integration.harness.Uploads;
import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.time.SimulatedTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The disk of a server that takes uploads, sends a campaign and gets its callbacks is filled and
 * freed again and again. It says so while it is full. Afterwards everything that it acknowledged is
 * there exactly once, no message was sent twice, those who asked for no more are unsubscribed, no
 * entry was blamed, and every number agrees with the facts.
 *
 * <p>The system property {@code test.disks} says how often it is filled, {@code test.seed} for how
 * long.
 */
class FullDiskTest {
  private static final String KEY = "key-of-the-full-disk-test";
  private static final int EPISODES = Integer.getInteger("test.disks", 10);
  private static final int MEGABYTES = 192;
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  private static final int MESSAGES_PER_SECOND = 60;
  private static final int USERS = 600 + 60 * EPISODES;

  /** How many people ask for no more messages while the disk is full. */
  private static final int STOPS = 5;

  /** All of them get and read everything. */
  private static final PeopleSettings PEOPLE =
      new PeopleSettings(400, 0, 0, 0, 0, 0, 1, 0.1, 0.05, 0.2, 0);

  /** Of a few kinds of failures each; every failed attempt's would be hundreds. */
  private static final long MOST_TRACE_LINES = 200;

  /** More than the journal has room for that it filled with zeros before. */
  private static final int RECORDS_OF_BULK = 800;

  private final long seed = Long.getLong("test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private final SortedMap<Integer, Boolean> bulks = new TreeMap<>();
  private final Set<Integer> stopped = new TreeSet<>();

  @TempDir private Path folder;
  private @Nullable ServerProcess server;

  @AfterEach
  void leaveNoProcess() throws InterruptedException {
    if (server != null) {
      server.kill();
    }
  }

  @Test
  void nothingThatWasAcknowledgedIsLost(TestReporter reporter) throws Exception {
    reporter.publishEntry("seed", Long.toString(seed));
    SmallDisk disk = SmallDisk.make(folder.resolve("disk"), MEGABYTES).orElse(null);
    Assumptions.assumeTrue(
        disk != null,
        "No small file system can be made here, so nothing is known of full disks: 'unshare -rm'"
            + " (user namespaces) must be allowed, or the tests run as root with CAP_SYS_ADMIN.");
    int port = freePort();
    ServerProcess running = launch(disk, port);
    AtomicReference<Uploads> shop = new AtomicReference<>();
    SimulatorSettings settings =
        SendingLoad.simulator(seed, PEOPLE)
            .purchases(purchase -> Objects.requireNonNull(shop.get()).bought(purchase));
    try (SimulatedTime time = SimulatedTime.wall();
        SimulatorServer simulator = SimulatorServer.start(0, settings, time);
        Api api = new Api(URI.create("http://127.0.0.1:" + port), KEY)) {
      Uploads uploads = new Uploads(api, SendingLoad::identity);
      shop.set(uploads);
      SendingLoad load = SendingLoad.launch(api, simulator, USERS, MESSAGES_PER_SECOND);
      uploads.start();
      for (int episode = 0; episode < EPISODES; episode++) {
        fillAndFree(disk, running, api, load);
        int uploaded = uploads.acknowledged();
        long sent = load.accepted();
        Await.until("uploads go on", LONG, () -> uploads.acknowledged() > uploaded + 5);
        Await.until(
            "the campaign goes on", LONG, () -> load.accepted() > sent + 5 || !load.isUnderWay());
      }
      load.finish();
      uploads.close();
      reporter.publishEntry("story", uploads + ", bulks " + bulks + ", stopped " + stopped.size());
      Await.until(
          "the store says that all is well",
          LONG,
          () -> api.answer("GET", "/api/v1/people?query=new", null).statusCode() == 200);

      assertLogged(running.said());
      assertThat(api.get("/api/v1/dead-letters").get("total").intValue()).isZero();
      uploads.assertKept();
      assertBulksKept(api);
      load.assertAllAcknowledged();
      assertCounted(load.assertSentOnce());
      assertStopped(api);
      assertVerified(api);
    } catch (AssertionError | RuntimeException failed) {
      throw new AssertionError(
          failed.getMessage()
              + "\nwith -Dtest.seed="
              + seed
              + "; the server said:\n"
              + tail(running.said()),
          failed);
    }
  }

  private ServerProcess launch(SmallDisk disk, int port) throws IOException {
    ServerProcess launched =
        ServerProcess.launch(
            disk.prefix(),
            folder.resolve("server.log"),
            "serve",
            "--port",
            Integer.toString(port),
            "--data",
            disk.folder().resolve("data").toString(),
            "--api-key",
            KEY);
    server = launched;
    return launched.ready();
  }

  /** Keeps the disk full until the server has said so, and for some time after. */
  private void fillAndFree(SmallDisk disk, ServerProcess running, Api api, SendingLoad load)
      throws IOException {
    Await.until(
        "readiness says that the disk is full",
        LONG,
        () -> {
          fill(disk, running);
          int bulk = bulks.size();
          bulks.put(bulk, isTaken(api, bulk(bulk)));
          return saysFull(api);
        });
    assertThat(health(api, "liveness").statusCode()).as("liveness").isEqualTo(200);
    for (int i = 0; i < STOPS; i++) {
      int user = random.nextInt(USERS);
      load.stop(user);
      stopped.add(user);
    }
    LockSupport.parkNanos(random.nextLong(Duration.ofMillis(900).toNanos()));
    disk.free(running.pid());
  }

  private static void fill(SmallDisk disk, ServerProcess running) {
    try {
      disk.fill(running.pid());
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static boolean saysFull(Api api) {
    HttpResponse<byte[]> readiness = health(api, "readiness");
    return readiness.statusCode() == 503
        && new String(readiness.body(), StandardCharsets.UTF_8).contains("The disk is full");
  }

  private static HttpResponse<byte[]> health(Api api, String group) {
    return api.send(api.request("/actuator/health/" + group).GET().build());
  }

  private static boolean isTaken(Api api, List<ObjectNode> records) {
    HttpResponse<byte[]> answer = api.answer("POST", "/1/upload", Api.uploadBody(records));
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isIn(200, 503);
    return answer.statusCode() == 200;
  }

  /** An upload that cannot be compressed much. */
  private List<ObjectNode> bulk(int number) {
    List<ObjectNode> records = new ArrayList<>();
    for (int i = 0; i < RECORDS_OF_BULK; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(8_000, 0, LETTERS.length())
          .forEach(letter -> text.append(LETTERS.charAt(letter)));
      ObjectNode record = Api.json("{'type':'event','evtName':'Bulk'}");
      record.put("identity", "bulk-" + i).put("ts", 1_790_000_000L + number);
      record.putObject("evtData").put("bulk", number).put("text", text.toString());
      records.add(record);
    }
    return records;
  }

  private void assertBulksKept(Api api) {
    bulks.forEach(
        (bulk, taken) ->
            assertThat(
                    api.estimate(
                        "{'did':'Bulk','exactly':1,'where':[{'property':'bulk','op':'equals',"
                            + "'value':"
                            + bulk
                            + "}]}"))
                .as("the large upload %s", bulk)
                .isEqualTo(taken ? RECORDS_OF_BULK : 0));
  }

  /** The log says why, and takes little of the disk for it. */
  private static void assertLogged(String log) {
    assertThat(log).as("the disk was full").contains("No space left on device");
    assertThat(log.lines().filter(line -> line.startsWith("\tat ")).count())
        .as("lines of stack traces")
        .isLessThan(EPISODES * MOST_TRACE_LINES);
  }

  /** All who got a message got and read it, and the process never ended: nothing is unknown. */
  private static void assertCounted(Map<String, Long> counts) {
    Long sent = counts.get("sent");
    assertThat(counts)
        .containsEntry("uncertain", 0L)
        .containsEntry("delivered", sent)
        .containsEntry("viewed", sent);
    assertThat(counts.get("replied")).as("%s", counts).isPositive();
    assertThat(counts.get("converted")).as("%s", counts).isPositive();
  }

  private void assertStopped(Api api) {
    for (int user : stopped) {
      JsonNode person = api.get("/api/v1/people/user-" + user);
      assertThat(person.at("/subscribed/whatsapp").booleanValue(true))
          .as("user-%s asked for no more messages: %s", user, person)
          .isFalse();
    }
  }

  private static void assertVerified(Api api) {
    List<JsonNode> lines =
        new String(api.answer("POST", "/api/v1/verify", null).body(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> (JsonNode) Api.json(line))
            .toList();
    assertThat(lines.getLast().get("different").intValue()).as("%s", lines).isZero();
    assertThat(lines.getLast().get("numbers").intValue()).isGreaterThan(20);
  }

  private static String tail(String log) {
    return log.substring(Math.max(0, log.length() - 5_000));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
