package dev.carillon.bench;

import dev.carillon.bench.wire.MinimalProvider;
import dev.carillon.engine.dispatch.DispatchSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Sending a campaign to a provider that costs next to nothing, beside the same HTTP client that
 * posts prepared requests with the same number of calls under way.
 */
final class DispatchBenchmark implements Benchmark {
  private static final int WARM_UPS = 6;
  private static final int ROUNDS = 5;
  private static final double LEAST_SHARE = 0.7;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "dispatch";
  }

  @Override
  public String what() {
    return "a campaign to a minimal local provider, from its launch to its last call, beside the"
        + " same HTTP client posting prepared requests; medians of "
        + ROUNDS
        + " rounds in turn";
  }

  @Override
  public List<Figure> run(Sizes sizes, TempFolder folder) throws Exception {
    try (MinimalProvider provider = MinimalProvider.start();
        BenchServer server = BenchServer.start(folder.at("data"))) {
      int connection = server.connect(provider.address());
      server.uploadUsers(sizes.sends());
      Samples ours = new Samples();
      Samples bare = new Samples();
      Samples waits = new Samples();
      for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
        long began = System.nanoTime();
        send(server, connection, provider, sizes.sends());
        double seconds = (provider.lastAt() - began) / 1e9;
        double wait = (provider.firstAt() - began) / 1e9;
        double bareSeconds = post(provider, sizes.sends());
        if (round >= WARM_UPS) {
          ours.add(sizes.sends() / seconds);
          bare.add(sizes.sends() / bareSeconds);
          waits.add(wait);
        }
      }
      return List.of(
          Figure.rate("messages sent", ours, bare, ours.over(bare), LEAST_SHARE),
          Figure.shown("  from the launch to the first call", Figure.time(waits.median()), ""));
    }
  }

  /** Launches a campaign and waits until it is completed. */
  private static void send(
      BenchServer server, int connection, MinimalProvider provider, int messages)
      throws IOException, InterruptedException {
    int campaign = server.campaign(connection);
    provider.reset();
    long began = System.nanoTime();
    server.call("POST", "/api/v1/campaigns/" + campaign + "/launch", "");
    while (true) {
      JsonNode state = server.call("GET", "/api/v1/campaigns/" + campaign, "");
      String status = state.get("status").stringValue();
      if (status.equals("completed")) {
        break;
      }
      if (!status.equals("running") || Samples.secondsSince(began) > PATIENCE.toSeconds()) {
        throw new IllegalStateException("the campaign does not go on: " + state);
      }
      Thread.sleep(500);
    }
    if (provider.answered() != messages) {
      throw new IllegalStateException(provider.answered() + " calls for " + messages + " messages");
    }
  }

  /** Seconds for as many posts of the engine's own last body, in a bare loop. */
  private static double post(MinimalProvider provider, int messages) throws InterruptedException {
    byte[] body = provider.lastBody();
    HttpRequest request =
        HttpRequest.newBuilder(provider.address().resolve("/v25.0/106540352242922/messages"))
            .header("Authorization", "Bearer token")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    Semaphore calls = new Semaphore(DispatchSettings.DEFAULTS.concurrentCalls());
    AtomicInteger failed = new AtomicInteger();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .executor(executor)
                .build()) {
      long began = System.nanoTime();
      for (int i = 0; i < messages; i++) {
        calls.acquire();
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
                    if (answer.statusCode() != 200) {
                      failed.incrementAndGet();
                    }
                  } catch (IOException broken) {
                    failed.incrementAndGet();
                  } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                  } finally {
                    calls.release();
                  }
                });
      }
      calls.acquire(DispatchSettings.DEFAULTS.concurrentCalls());
      double seconds = Samples.secondsSince(began);
      if (failed.get() > 0) {
        throw new IllegalStateException(failed.get() + " of the bare calls failed");
      }
      return seconds;
    }
  }
}
