package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.RawConnection;
import dev.carillon.server.integration.harness.RawConnection.Response;
import dev.carillon.server.integration.harness.ServerProcess;
import dev.carillon.server.integration.harness.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to end under load answers every request that was begun. */
class EndUnderLoadTest {
  private static final int SENDERS = 32;
  private static final int WARM = 2_000;

  /** So many from one address need not wait. */
  private static final int FREE_TRIES = 20;

  private final AtomicLong answered = new AtomicLong();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> cut = new ConcurrentLinkedQueue<>();

  @Test
  void noRequestIsCut(@TempDir Path folder) throws Exception {
    ServerProcess server =
        ServerProcess.launch(
                0, folder.resolve("data"), TestServer.KEY, folder.resolve("output.log"))
            .ready();
    URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
    RawConnection halfSent = new RawConnection(address);
    byte[] request = request("half");
    halfSent.send(Arrays.copyOf(request, request.length - 10));

    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      String identity = "sender-" + i;
      senders.add(Thread.ofVirtual().start(() -> sendUntilRefused(address, identity)));
    }
    Await.until("it is warm", Duration.ofSeconds(60), () -> answered.get() > WARM);
    ending.set(true);
    server.askToEnd();
    halfSent.send(Arrays.copyOfRange(request, request.length - 10, request.length));

    assertThat(halfSent.response().status()).isEqualTo(200);
    for (Thread sender : senders) {
      sender.join();
    }
    server.awaitEnd();
    assertThat(cut).as("cut without an answer, after %s answers", answered).isEmpty();
    assertThat(statuses).contains(200).isSubsetOf(200, 503);
  }

  @Test
  void whoWaitsForATurnToSignInIsAnswered(@TempDir Path folder) throws Exception {
    ServerProcess server =
        ServerProcess.launch(
                0, folder.resolve("data"), TestServer.KEY, folder.resolve("output.log"))
            .ready();
    URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> tries =
          IntStream.range(0, 2 * FREE_TRIES)
              .mapToObj(_ -> threads.submit(() -> signInWrongly(address)))
              .toList();
      Await.until(
          "the others wait",
          Duration.ofSeconds(60),
          () -> tries.stream().filter(Future::isDone).count() >= FREE_TRIES);
      server.askToEnd();
      for (Future<Integer> one : tries) {
        statuses.add(one.get());
      }
    }
    server.awaitEnd();
    assertThat(statuses).containsOnly(302, 503);
  }

  private static int signInWrongly(URI address) throws IOException, InterruptedException {
    return new FormBrowser(address).signIn("nobody", "wrong password").statusCode();
  }

  /** Sends one request after the other, on one connection as long as the server keeps it. */
  private void sendUntilRefused(URI address, String identity) {
    byte[] request = request(identity);
    boolean served = true;
    while (served) {
      boolean isNew = ending.get();
      try (RawConnection connection = new RawConnection(address)) {
        served = send(connection, request, isNew);
      } catch (IOException refused) {
        served = false;
      }
    }
  }

  /**
   * @param isNew whether the connection was made when the server was ending, so that it need not
   *     even be taken
   * @return whether the last request was answered
   */
  private boolean send(RawConnection connection, byte[] request, boolean isNew) {
    int answers = 0;
    boolean kept = true;
    while (kept) {
      try {
        Response answer = connection.send(request).response();
        answers++;
        answered.incrementAndGet();
        statuses.add(answer.status());
        kept = !"close".equalsIgnoreCase(answer.header("Connection"));
      } catch (IOException ended) {
        if (answers > 0 || !isNew) {
          cut.add("after " + answers + " answers on its connection: " + ended);
        }
        return false;
      }
    }
    return true;
  }

  private static byte[] request(String identity) {
    String body =
        "{\"d\":[{\"type\":\"profile\",\"identity\":\"%s\",\"profileData\":{\"a\":1}}]}"
            .formatted(identity);
    return ("POST /1/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + TestServer.KEY
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
