package dev.carillon.server.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import dev.carillon.engine.port.WaitingClock;
import dev.carillon.server.command.RunningServer;
import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.time.SimulatedTime;
import dev.carillon.simulator.whatsapp.WhatsAppLimits;
import dev.carillon.simulator.whatsapp.WhatsAppSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A whole server with a simulated WhatsApp beside it, and the system's Chromium before it. */
final class Dashboard implements AutoCloseable {
  static final String PASSWORD = "a-password-of-the-walk";
  static final String KEY = "key-of-the-walk";
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final long SEED = 11;

  final SimulatedTime time = SimulatedTime.stoppedAt(START);
  final SimulatorServer simulator;
  final URI address;
  final Browser browser;
  private final RunningServer server;
  private final Playwright playwright;

  Dashboard(Path data) {
    simulator =
        SimulatorServer.start(
            0,
            SimulatorSettings.seeded(SEED)
                .whatsApp(WhatsAppSettings.standard().limits(WhatsAppLimits.unlimited())),
            time);
    server =
        RunningServer.start(
            Map.of(
                "server.port",
                0,
                "carillon.data",
                data.toString(),
                "carillon.api-key",
                KEY,
                "carillon.admin-password",
                PASSWORD),
            beans -> beans.registerSingleton("clock", new Clock(time)));
    address = URI.create("http://localhost:" + server.address().getPort());
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(chromium())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  private static Path chromium() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Install Chromium to run this test."));
  }

  /** Sends users in, as a developer does. */
  void upload(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/1/upload"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200 || !answer.body().contains("\"success\"")) {
        throw new AssertionError("the upload was not taken: " + answer.body());
      }
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
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
