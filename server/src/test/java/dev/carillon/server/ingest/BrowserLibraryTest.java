package dev.carillon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.browser.Chromium;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Segment's library for browsers, unchanged, in a real one on a page of another origin. */
class BrowserLibraryTest {
  private static final String KEY = "key-of-the-way-in";
  private static final Duration SOON = Duration.ofSeconds(20);

  /** As its package on npm has it. */
  private static final String LIBRARY = "/segment/analytics-next-1.84.3.js.gz";

  private static final String PAGE =
      "<!doctype html><html lang=en><title>Shop</title><script src=/analytics.js></script><h1>Shop</h1>";

  @TempDir private static Path folder;
  private static RunningServer server;
  private static Api api;
  private static HttpServer shop;
  private static Playwright playwright;
  private static Browser browser;
  private static String publicKey = "";
  private static String writeKey = "";

  private BrowserContext context;
  private Page page;
  private final List<String> answers = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    server =
        RunningServer.start(
            Map.of("server.port", 0, "carillon.data", folder.toString(), "carillon.api-key", KEY),
            beans -> {});
    api = new Api(URI.create("http://127.0.0.1:" + server.address().getPort()), KEY);
    ApiKeys keys = server.context().getBean(ApiKeys.class);
    publicKey = keys.create("shop page", EnumSet.of(Scope.DATA_APPEND), false, Actor.SYSTEM).key();
    writeKey = keys.create("shop server", EnumSet.of(Scope.DATA_WRITE), false, Actor.SYSTEM).key();
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext(
        "/", exchange -> answer(exchange, "text/html", PAGE.getBytes(StandardCharsets.UTF_8)));
    shop.createContext("/analytics.js", exchange -> answer(exchange, "text/javascript", library()));
    shop.start();
    playwright = Chromium.playwright();
    browser = Chromium.launch(playwright);
  }

  private static byte[] library() throws IOException {
    InputStream packed = BrowserLibraryTest.class.getResourceAsStream(LIBRARY);
    try (InputStream library = new GZIPInputStream(Objects.requireNonNull(packed, LIBRARY))) {
      return library.readAllBytes();
    }
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterAll
  static void stop() {
    browser.close();
    playwright.close();
    shop.stop(0);
    api.close();
    server.close();
  }

  @BeforeEach
  void open() {
    context = browser.newContext();
    page = context.newPage();
    page.onResponse(this::note);
    page.onRequestFailed(request -> failures.add(request.method() + " " + path(request)));
    page.onPageError(failures::add);
    page.navigate("http://127.0.0.1:" + shop.getAddress().getPort() + "/");
  }

  @AfterEach
  void leave() {
    context.close();
  }

  private void note(Response response) {
    if (response.url().startsWith(host())) {
      answers.add(path(response.request()) + " " + response.status());
    }
  }

  private static String path(Request request) {
    return URI.create(request.url()).getPath();
  }

  private static String host() {
    return "http://localhost:" + server.address().getPort();
  }

  /** Loads the library as the developer's guide says. */
  private void load(String key, String delivery) {
    page.evaluate(
        """
        ([key, host, delivery]) => {
          window.analytics = AnalyticsNext.AnalyticsBrowser.load({
            writeKey: key,
            cdnSettings: {integrations: {'Segment.io': {
              apiKey: key, apiHost: host + '/v1', protocol: 'http', deliveryStrategy: delivery}}}})
        }""",
        List.of(key, host().replace("http://", ""), page.evaluate("(" + delivery + ")")));
  }

  /** Calls the library in turn; each call is awaited. */
  private void call(String... calls) {
    for (String call : calls) {
      page.evaluate("async () => { await analytics." + call + " }");
    }
  }

  private void answered(String... expected) {
    page.waitForCondition(() -> answers.size() >= expected.length);
    assertThat(answers).containsExactlyInAnyOrder(expected);
    assertThat(failures).isEmpty();
  }

  private static String timeline(String identity) {
    JsonNode entries =
        api.get("/api/v1/people/timeline?kind=event&identity=" + identity).get("entries");
    return entries.toString();
  }

  @Test
  void aPageOfAnotherOriginSendsUsersAndEvents() {
    load(publicKey, "{}");
    call(
        "page('Home')",
        "track('Product Viewed', {sku: 'S-1'})",
        "identify('browser-1', {plan: 'pro', email: 'mia@example.com'})",
        "track('Product Added', {sku: 'S-1', price: 12.5})",
        "group('club-1', {tier: 'gold'})",
        "screen('Cart')");
    answered("/v1/p 200", "/v1/t 200", "/v1/i 200", "/v1/t 200", "/v1/g 200", "/v1/s 200");

    JsonNode person = api.get("/api/v1/people?identity=browser-1");
    assertThat(person.at("/properties/plan").stringValue()).isEqualTo("pro");
    assertThat(person.at("/properties/Email").stringValue()).isEqualTo("mia@example.com");
    assertThat(timeline("browser-1"))
        .as("what the visitor did before is theirs too")
        .contains("Page Viewed", "Product Viewed", "Product Added", "12.5", "Screen Viewed");
  }

  @Test
  void consentIsNotTakenFromAPageAndTheLibraryGoesOn() {
    load(publicKey, "{}");
    call(
        "identify('browser-2', {plan: 'pro'})",
        "identify('browser-2', {plan: 'max', 'MSG-whatsapp': true})",
        "track('Looked')");
    answered("/v1/i 200", "/v1/i 400", "/v1/t 200");

    JsonNode properties = api.get("/api/v1/people?identity=browser-2").get("properties");
    assertThat(properties.get("plan").stringValue()).isEqualTo("pro");
    assertThat(properties.has("MSG-whatsapp")).isFalse();
    assertThat(timeline("browser-2")).contains("Looked");
  }

  @Test
  void batchesAreTaken() {
    load(publicKey, "{strategy: 'batching', config: {size: 3, timeout: 200}}");
    call("identify('browser-3', {plan: 'pro'})", "track('One')", "track('Two')", "track('Three')");
    answered("/v1/b 200", "/v1/b 200");

    assertThat(timeline("browser-3")).contains("One", "Two", "Three");
  }

  @Test
  void whatWaitsIsSentAsThePageIsLeft() {
    load(publicKey, "{strategy: 'batching', config: {size: 100, timeout: 600000}}");
    call("identify('browser-4', {plan: 'pro'})", "track('Left')");
    page.navigate("about:blank");

    Await.until(
        "the last event is there",
        SOON,
        () -> api.answer("GET", "/api/v1/people?identity=browser-4", null).statusCode() == 200);
    assertThat(timeline("browser-4")).contains("Left");
  }

  /** The library says in its own header that it tries again, so the browser asks about it. */
  @Test
  void theLibraryMayTryAgain() {
    assertThat(fetched(publicKey, "'X-Retry-Count': '2'")).isEqualTo("200");
    assertThat(fetched(publicKey, "'Content-Encoding': 'br'")).isEqualTo("refused by the browser");
  }

  /** Who holds a key that may change consent must not be drawn into putting it on a page. */
  @Test
  void aPageCannotUseAKeyThatIsSecret() {
    assertThat(fetched(writeKey, "")).isEqualTo("refused by the browser");
    assertThat(fetched("no-key-at-all", "")).isEqualTo("401");
    assertThat(fetched(publicKey, "")).isEqualTo("200");
  }

  /** The status of a message as a page of the shop sees it. */
  private Object fetched(String key, String header) {
    return page.evaluate(
        """
        async ([key, host]) => {
          try {
            const answer = await fetch(host + '/v1/t', {
              method: 'post',
              headers: {'Content-Type': 'text/plain', Authorization: 'Basic ' + btoa(key + ':'), HEADER},
              body: JSON.stringify({type: 'track', userId: 'browser-5', event: 'Looked', writeKey: key})})
            return String(answer.status)
          } catch (refused) {
            return 'refused by the browser'
          }
        }"""
            .replace("HEADER", header),
        List.of(key, host()));
  }
}
