package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.RawConnection;
import dev.carillon.server.integration.harness.RawConnection.Response;
import dev.carillon.server.integration.harness.ServerProcess;
import dev.carillon.server.integration.harness.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with little memory under all kinds of load at once: it answers health, says no where it
 * must, and loses nothing that it has acknowledged.
 */
class SmallHeapTest {
  private static final Duration ATTACK = Duration.ofSeconds(20);
  private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(10);
  private static final int PROFILES = 100;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong acknowledged = new AtomicLong();
  private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
  private final List<RawConnection> held = new ArrayList<>();

  private URI address = URI.create("http://127.0.0.1");

  @Test
  void littleMemoryIsEnough(@TempDir Path folder) throws Exception {
    ServerProcess server =
        ServerProcess.launchWithHeap(
                "384m",
                folder.resolve("output.log"),
                "serve",
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString(),
                "--api-key",
                TestServer.KEY)
            .ready();
    address = URI.create("http://127.0.0.1:" + server.address().getPort());
    try (Api api = new Api(address, TestServer.KEY)) {
      makeConnection(api);
      attackWithoutAKey(api);

      List<Thread> load = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String name = "user-" + i + "-";
        load.add(start(() -> upload(name)));
        load.add(start(this::callBack));
        load.add(start(this::sendTooMuch));
        load.add(start(this::sendMuch));
      }
      long end = System.nanoTime() + ATTACK.toNanos();
      while (System.nanoTime() < end) {
        assertHealthy(api);
        holdSlowPosts();
      }
      over.set(true);
      for (Thread thread : load) {
        thread.join();
      }
      for (RawConnection connection : held) {
        connection.close();
      }
      assertThat(server.said()).doesNotContain("OutOfMemoryError");
      assertThat(acknowledged.get()).as("answers %s", answers).isPositive();
      assertThat(answers).containsKeys(200, 413);
      assertThat(answers.keySet()).as("all answers").isSubsetOf(200, 413, 503);
      assertThat(api.estimate("{'property':'kept','op':'equals','value':true}"))
          .as("people that were acknowledged; answers %s", answers)
          .isEqualTo(acknowledged.get());
    } catch (Throwable failed) {
      throw new AssertionError("the server said:\n" + server.said(), failed);
    } finally {
      over.set(true);
      server.close();
    }
  }

  private static Thread start(Runnable work) {
    return Thread.ofVirtual().start(work);
  }

  private static void makeConnection(Api api) {
    api.post(
        "/api/v1/providers",
        """
        {'type':'whatsapp-cloud','name':'Hooks','settings':{'baseUrl':'http://127.0.0.1:9',
         'version':'v25.0','phoneNumberId':'1','businessAccountId':'2','messagesPerSecond':80},
         'secrets':{'accessToken':'a','appSecret':'app-secret','verifyToken':'c'}}\
        """);
  }

  private void assertHealthy(Api api) {
    long asked = System.nanoTime();
    HttpResponse<byte[]> health = api.send(api.request("/actuator/health").GET().build());
    assertThat(health.statusCode()).as("health").isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(HEALTHY_WITHIN);
  }

  /** What stopped a process of 2 GB once: much in little, with its end withheld. */
  private void attackWithoutAKey(Api api) throws IOException {
    byte[] packed = gzip(8 << 20);
    byte[] most = Arrays.copyOf(packed, packed.length - 8);
    for (int i = 0; i < 260; i++) {
      RawConnection connection = new RawConnection(address);
      held.add(connection);
      connection.send(
          "POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: "
              + packed.length
              + "\r\n\r\n");
      connection.send(most);
    }
    assertHealthy(api);
    for (RawConnection connection : held) {
      assertThat(connection.response().status()).isIn(401, 503);
      connection.close();
    }
    held.clear();
  }

  /** Callbacks with a signature that may be right, of which all but the last byte comes. */
  private void holdSlowPosts() throws IOException {
    byte[] body = new byte[1 << 20];
    for (int i = 0; i < 10 && held.size() < 100; i++) {
      RawConnection connection = new RawConnection(address);
      held.add(connection);
      connection.send(
          "POST /hooks/1 HTTP/1.1\r\nHost: localhost\r\nX-Hub-Signature-256: sha256="
              + "0".repeat(64)
              + "\r\nContent-Length: "
              + (4 << 20)
              + "\r\n\r\n");
      try {
        connection.send(body);
      } catch (IOException refused) {
        connection.close();
      }
    }
  }

  private void upload(String name) {
    int round = 0;
    while (!over.get()) {
      StringBuilder body = new StringBuilder("{\"d\":[");
      for (int i = 0; i < PROFILES; i++) {
        body.append(i == 0 ? "" : ",")
            .append("{\"type\":\"profile\",\"identity\":\"")
            .append(name)
            .append(round)
            .append('-')
            .append(i)
            .append("\",\"profileData\":{\"kept\":true,\"text\":\"")
            .append("t".repeat(1_000))
            .append("\"}}");
      }
      if (post("/1/upload", "", body.append("]}").toString().getBytes(StandardCharsets.UTF_8))
          == 200) {
        acknowledged.addAndGet(PROFILES);
      }
      round++;
    }
  }

  private void callBack() {
    byte[] body =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"2","changes":[{"field":"messages",
        "value":{"statuses":[{"id":"wamid.X","status":"delivered","timestamp":"%d"}]}}]}]}\
        """
            .formatted(Instant.now().getEpochSecond())
            .getBytes(StandardCharsets.UTF_8);
    String signature = "X-Hub-Signature-256: sha256=" + hmac(body) + "\r\n";
    while (!over.get()) {
      post("/hooks/1", signature, body);
    }
  }

  /** More than any upload has, and as gzip. */
  private void sendTooMuch() {
    byte[] packed = gzip(40 << 20);
    while (!over.get()) {
      post("/1/upload", "Content-Encoding: gzip\r\n", packed);
    }
  }

  /** As much as one upload may have, of nothing. */
  private void sendMuch() {
    byte[] body = new byte[15 << 20];
    Arrays.fill(body, (byte) ' ');
    byte[] json = "{\"d\":[]}".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(json, 0, body, 0, json.length);
    while (!over.get()) {
      post("/1/upload", "", body);
    }
  }

  private int post(String path, String headers, byte[] body) {
    try (RawConnection connection = new RawConnection(address)) {
      connection.send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + TestServer.KEY
              + "\r\n"
              + headers
              + "Content-Length: "
              + body.length
              + "\r\n\r\n");
      connection.send(body);
      Response answer = connection.response();
      answers.computeIfAbsent(answer.status(), _ -> new AtomicInteger()).incrementAndGet();
      return answer.status();
    } catch (IOException cut) {
      answers.computeIfAbsent(0, _ -> new AtomicInteger()).incrementAndGet();
      return 0;
    }
  }

  private static byte[] gzip(int bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] megabyte = new byte[1 << 20];
    Arrays.fill(megabyte, (byte) ' ');
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < bytes >> 20; i++) {
        gzip.write(megabyte);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return packed.toByteArray();
  }

  private static String hmac(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("app-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
