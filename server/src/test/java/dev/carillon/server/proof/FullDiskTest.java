package dev.carillon.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
 * The disk of a server under load is filled and freed again and again. Afterwards everything that
 * it acknowledged is there exactly once, no entry was blamed, and every number agrees with the
 * facts.
 *
 * <p>The system property {@code carillon.disks} says how often it is filled, {@code carillon.seed}
 * for how long.
 */
class FullDiskTest {
  private static final String KEY = "key-of-the-full-disk-test";
  private static final int EPISODES = Integer.getInteger("carillon.disks", 10);
  private static final int MEGABYTES = 192;
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  /** More than the journal has room for that it filled with zeros before. */
  private static final int RECORDS_OF_BULK = 800;

  private final long seed = Long.getLong("carillon.seed", System.nanoTime());
  private final Random random = new Random(seed);

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
    server =
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
    ServerProcess running = server.ready();
    try (Api api = new Api(URI.create("http://127.0.0.1:" + port), KEY)) {
      Uploads uploads = new Uploads(api, phone -> phone);
      uploads.start();
      List<Integer> bulks = new ArrayList<>();
      for (int episode = 0; episode < EPISODES; episode++) {
        disk.fill(running.pid());
        if (isTaken(api, bulk(episode))) {
          bulks.add(episode);
        }
        LockSupport.parkNanos(random.nextLong(Duration.ofMillis(900).toNanos()));
        disk.free(running.pid());
        int before = uploads.acknowledged();
        Await.until("uploads go on", LONG, () -> uploads.acknowledged() > before + 5);
      }
      uploads.close();
      reporter.publishEntry("story", uploads + ", bulks taken " + bulks);
      Await.until(
          "the store says that all is well",
          LONG,
          () -> api.answer("GET", "/api/v1/people?query=new", null).statusCode() == 200);

      assertThat(running.said()).as("the disk was full").contains("No space left on device");
      assertThat(api.get("/api/v1/dead-letters").get("total").intValue()).isZero();
      uploads.assertKept();
      for (int episode = 0; episode < EPISODES; episode++) {
        assertThat(
                api.estimate(
                    "{'did':'Bulk','exactly':1,'where':[{'property':'episode','op':'equals',"
                        + "'value':"
                        + episode
                        + "}]}"))
            .as("the large upload of episode %s", episode)
            .isEqualTo(bulks.contains(episode) ? RECORDS_OF_BULK : 0);
      }
      assertVerified(api);
    } catch (AssertionError | RuntimeException failed) {
      throw new AssertionError(
          "with -Dcarillon.seed=" + seed + "; the server said:\n" + tail(running.said()), failed);
    }
  }

  private static boolean isTaken(Api api, List<ObjectNode> records) {
    HttpResponse<byte[]> answer = api.answer("POST", "/1/upload", Api.uploadBody(records));
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isIn(200, 503);
    return answer.statusCode() == 200;
  }

  /** An upload that cannot be compressed much. */
  private List<ObjectNode> bulk(int episode) {
    List<ObjectNode> records = new ArrayList<>();
    for (int i = 0; i < RECORDS_OF_BULK; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(8_000, 0, LETTERS.length())
          .forEach(letter -> text.append(LETTERS.charAt(letter)));
      ObjectNode record = Api.json("{'type':'event','evtName':'Bulk'}");
      record.put("identity", "bulk-" + i).put("ts", 1_790_000_000L + episode);
      record.putObject("evtData").put("episode", episode).put("text", text.toString());
      records.add(record);
    }
    return records;
  }

  private static void assertVerified(Api api) {
    List<JsonNode> lines =
        new String(api.answer("POST", "/api/v1/verify", null).body(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> (JsonNode) Api.json(line))
            .toList();
    assertThat(lines.getLast().get("different").intValue()).isZero();
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
