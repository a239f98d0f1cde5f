package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.RawConnection;
import dev.carillon.server.integration.harness.RawConnection.Response;
import dev.carillon.server.integration.harness.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What anybody can do to the server without a key or a login, and what little comes of it. */
class HostileRequestsTest {
  private static final String KEY = "Authorization: Bearer " + TestServer.KEY + "\r\n";
  private static final String WRONG_KEY = "Authorization: Bearer wrong\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String FILE = "Content-Type: multipart/form-data; boundary=between\r\n";
  private static final String SIGNED = "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n";

  @TempDir private static Path data;
  private static RunningServer server;
  private static URI address;
  private static String session;

  @BeforeAll
  static void start() throws Exception {
    server =
        TestServer.start(
            data,
            Map.of(
                "carillon.request-patience", "2s",
                "server.tomcat.connection-timeout", "2s",
                "carillon.public-url", "https://carillon.example"),
            beans -> {});
    address = URI.create("http://127.0.0.1:" + server.address().getPort());
    FormBrowser browser = new FormBrowser(server.address());
    browser.signIn("admin", TestServer.PASSWORD);
    session =
        "Cookie: "
            + browser.cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::toString)
                .collect(Collectors.joining("; "))
            + "\r\n";
    try (Api api = new Api(server.address(), TestServer.KEY)) {
      api.post(
          "/api/v1/providers",
          """
          {'type':'whatsapp-cloud','name':'Hooks','settings':{'baseUrl':'http://127.0.0.1:9',
           'version':'v25.0','phoneNumberId':'1','businessAccountId':'2','messagesPerSecond':80},
           'secrets':{'accessToken':'a','appSecret':'b','verifyToken':'c'}}\
          """);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String head(String method, String path, String headers) {
    return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }

  /** A request whose body is announced and does not come. */
  private static Response withheld(String path, String headers) throws IOException {
    try (RawConnection connection = new RawConnection(address)) {
      return connection.send(head("POST", path, "Content-Length: 100000\r\n" + headers)).response();
    }
  }

  @Test
  void whatIsWrongForCertainIsRefusedUnread() throws Exception {
    assertThat(withheld("/hooks/99", SIGNED).status()).isEqualTo(404);
    assertThat(withheld("/hooks/1", "").status()).isEqualTo(401);
    assertThat(withheld("/hooks/1", "X-Hub-Signature-256: sha256=12\r\n").status()).isEqualTo(401);
    assertThat(withheld("/1/upload", "").status()).isEqualTo(401);
    assertThat(withheld("/1/upload", WRONG_KEY).status()).isEqualTo(401);
    assertThat(withheld("/v1/batch", WRONG_KEY).status()).isEqualTo(401);
    assertThat(withheld("/v1/nothing", "").status()).isEqualTo(404);
    assertThat(withheld("/api/v1/segments", JSON + WRONG_KEY).status()).isEqualTo(401);
    assertThat(withheld("/api/v1/segments", JSON).status()).isEqualTo(401);
    assertThat(withheld("/api/v1/segments", FILE + KEY).status()).isEqualTo(415);
  }

  @Test
  void aKeyInTheBodyIsLookedForInItsBeginningOnly() throws Exception {
    String message =
        "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"E\",\"properties\":{\"pad\":\"%s\"}}"
            .formatted("x".repeat(1_000));
    String batch = "\"batch\":[" + String.join(",", Collections.nCopies(600, message)) + "]";
    String key = "\"writeKey\":\"" + TestServer.KEY + "\"";
    String late = "{" + batch + "," + key + "}";
    String early = "{" + key + "," + batch + "}";

    assertThat(whole("/v1/batch", JSON, late.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(401);
    assertThat(whole("/v1/batch", JSON, early.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(200);
    assertThat(whole("/v1/batch", JSON + "Content-Encoding: gzip\r\n", gzip(early)).status())
        .isEqualTo(200);
  }

  private static Response whole(String path, String headers, byte[] body) throws IOException {
    try (RawConnection connection = new RawConnection(address)) {
      connection.send(head("POST", path, "Content-Length: " + body.length + "\r\n" + headers));
      try {
        connection.send(body);
      } catch (SocketException answeredBefore) {
        // It is answered without all of the body.
      }
      return connection.response();
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  /** Every way to let bytes come slowly, all at once. */
  @Test
  void aRequestThatComesTooSlowlyEnds() throws Exception {
    String announced = "Content-Length: 1000\r\n";
    Map<String, String> beginnings = new LinkedHashMap<>();
    beginnings.put("head", "POST /1/upload HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
    beginnings.put("upload", head("POST", "/1/upload", announced + KEY));
    beginnings.put("callback", head("POST", "/hooks/1", announced + SIGNED));
    beginnings.put("key in the body", head("POST", "/v1/track", announced + JSON));
    beginnings.put("API", head("POST", "/api/v1/segments", announced + JSON + KEY));
    beginnings.put("login", head("POST", "/login", announced + FORM));
    beginnings.put("form", head("POST", "/campaigns/bulk", announced + FORM + session));
    beginnings.put("file", head("POST", "/lists", announced + FILE + session));
    beginnings.put("file of the API", head("POST", "/api/v1/lists?name=n", announced + FILE + KEY));
    beginnings.put(
        "between chunks", head("POST", "/1/upload", "Transfer-Encoding: chunked\r\n" + KEY) + "5;");
    List<Callable<Response>> all = new ArrayList<>();
    beginnings.forEach(
        (what, beginning) -> {
          all.add(() -> end(beginning, true, what + " dripped"));
          all.add(() -> end(beginning, false, what + " withheld"));
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Response> ended : threads.invokeAll(all)) {
        assertThat(ended.get().status()).isEqualTo(408);
      }
    }
  }

  private static Response end(String beginning, boolean drips, String what) throws IOException {
    try (RawConnection connection = new RawConnection(address)) {
      connection.send(beginning);
      Response answer = null;
      long begun = System.nanoTime();
      while (answer == null && System.nanoTime() - begun < Duration.ofSeconds(15).toNanos()) {
        answer = connection.response(Duration.ofMillis(100));
        if (answer == null && drips) {
          connection.send("a");
        }
      }
      if (answer == null) {
        throw new AssertionError(what + ": it goes on");
      }
      assertThat(answer.status()).as(what).isEqualTo(408);
      assertThat(answer.body()).as(what).contains("\"code\":\"tooSlow\"");
      assertThat(connection.ends()).as(what + ": the connection ends").isTrue();
      return answer;
    }
  }

  /** A slow network is no attack: what comes steadily may take longer. */
  @Test
  void aRequestThatComesSteadilyIsTaken() throws Exception {
    byte[] body = ("{" + " ".repeat(60_000) + "\"d\":[]}").getBytes(StandardCharsets.UTF_8);
    try (RawConnection connection = new RawConnection(address)) {
      connection.send(head("POST", "/1/upload", KEY + "Content-Length: " + body.length + "\r\n"));
      int piece = body.length / 25;
      for (int sent = 0; sent < body.length; sent += piece) {
        connection.send(Arrays.copyOfRange(body, sent, Math.min(body.length, sent + piece)));
        if (sent + piece < body.length) {
          assertThat(connection.response(Duration.ofMillis(100))).as("no answer yet").isNull();
        }
      }
      assertThat(connection.response().status()).isEqualTo(200);
    }
  }

  @Test
  void anonymousCallersNeitherWriteToTheDiskNorFillForms() throws Exception {
    String part =
        "--between\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
            + "x".repeat(50_000);
    for (String path : List.of("/lists", "/people/imports/preview", "/login", "/lists/1/replace")) {
      for (String method : List.of("POST", "GET", "PUT")) {
        try (RawConnection connection = new RawConnection(address)) {
          connection.send(head(method, path, FILE + "Content-Length: 100000\r\n") + part);
          Response answer = connection.response();
          assertThat(answer.status()).as("%s %s", method, path).isEqualTo(302);
          assertThat(answer.header("Location")).isEqualTo("/login?ended");
        }
      }
    }
    for (String path : List.of("/api/v1/lists?name=n", "/actuator/health", "/device/v1/register")) {
      assertThat(withheld(path, FILE).status()).as(path).isEqualTo(401);
    }
    assertThat(withheld("/login", FORM).status()).as("too much to sign in").isEqualTo(302);
    assertThat(withheld("/campaigns/bulk", FORM).status()).isEqualTo(302);
    assertThat(uploads()).isEmpty();
  }

  private static List<Path> uploads() throws IOException {
    Path folder = data.resolve("uploads");
    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void onlySoManyFilesAreBroughtInAtOnce() throws Exception {
    int most = 8;
    BlockingQueue<Response> answers = new LinkedBlockingQueue<>();
    List<RawConnection> connections = new ArrayList<>();
    for (int i = 0; i <= most; i++) {
      RawConnection connection = new RawConnection(address);
      connections.add(connection);
      connection.send(head("POST", "/lists", FILE + session + "Content-Length: 100000\r\n"));
      Thread.ofVirtual().start(() -> answers.add(answer(connection)));
    }
    Response first = Objects.requireNonNull(answers.poll(20, TimeUnit.SECONDS), "no answer");
    assertThat(first.status()).isEqualTo(503);
    assertThat(first.header("Retry-After")).isEqualTo("5");
    for (RawConnection connection : connections) {
      connection.close();
    }
    Await.until("their files are gone", Duration.ofSeconds(10), () -> unchecked().isEmpty());
  }

  private static Response answer(RawConnection connection) {
    try {
      return connection.response();
    } catch (IOException closed) {
      return new Response(0, "", "");
    }
  }

  private static List<Path> unchecked() {
    try {
      return uploads();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void parametersThatCannotBeReadAreTheCallersFault() throws Exception {
    List<String> requests =
        List.of(
            head("GET", "/api/v1/people?query=%ff%fe", KEY),
            head("GET", "/api/v1/campaigns?search=%ff", KEY),
            head("GET", "/api/v1/audit?who=%zz", KEY),
            head("GET", "/api/v1/people?" + "a=b&".repeat(1_001), KEY),
            head("GET", "/people?q=%ff", session),
            head("GET", "/campaigns?search=%ff", session),
            head("GET", "/login?next=%ff", ""),
            head("GET", "/campaigns/1/launch?version=x", session),
            head("GET", "/segments/1/people?after=x", session),
            head("GET", "/people?q=a&%00=1", session),
            head("GET", "/api/v1/people?query=a&%00=1", KEY),
            head("POST", "/1/upload?dryRun=%ff", KEY + "Content-Length: 8\r\n") + "{\"d\":[]}",
            head("GET", "/hooks/1?hub.mode=%ff", ""));
    for (String request : requests) {
      try (RawConnection connection = new RawConnection(address)) {
        assertThat(connection.send(request).response().status())
            .as(request.lines().findFirst().orElseThrow())
            .isBetween(200, 499);
      }
    }
  }

  @Test
  void aBodyWhoseTypeIsNoneIsRefusedInWords() {
    try (Api api = new Api(address, TestServer.KEY)) {
      for (String type : List.of("*/*", "application/*", "application/x-www-form-urlencoded")) {
        HttpResponse<byte[]> answer =
            api.send(
                api.request("/api/v1/segments/estimate")
                    .header("Authorization", "Bearer " + TestServer.KEY)
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("{\"rule\":{\"everyone\":true}}"))
                    .build());
        assertProblem(answer, 415, "unsupportedMediaType");
      }
      HttpResponse<byte[]> empty =
          api.send(
              api.request("/api/v1/segments/estimate")
                  .header("Authorization", "Bearer " + TestServer.KEY)
                  .header("Content-Type", "*/*")
                  .POST(BodyPublishers.noBody())
                  .build());
      assertProblem(empty, 415, "unsupportedMediaType");
    }
  }

  @Test
  void aSettingBeyondAllNumbersIsRefusedInWords() {
    try (Api api = new Api(address, TestServer.KEY)) {
      for (String number : List.of("1e999999999", "-1e400")) {
        HttpResponse<byte[]> answer =
            api.send(
                api.request("/api/v1/providers/1")
                    .header("Authorization", "Bearer " + TestServer.KEY)
                    .header("Content-Type", "application/json")
                    .method(
                        "PATCH",
                        BodyPublishers.ofString("{\"settings\":{\"stopWords\":" + number + "}}"))
                    .build());
        assertProblem(answer, 400, "invalidBody");
      }
    }
  }

  @Test
  void aNameThatCannotBeStoredIsRefusedInWords() throws Exception {
    FormBrowser browser = new FormBrowser(address);
    browser.signIn("admin", TestServer.PASSWORD);
    String token = browser.token("/campaigns/new");
    HttpResponse<String> refused =
        browser.post("/campaigns", Map.of("_csrf", token, "title", "a\u0000b"));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("a character that cannot be stored");

    HttpResponse<String> made =
        browser.post("/campaigns", Map.of("_csrf", token, "title", "Named"));
    String id = made.headers().firstValue("Location").orElseThrow().replaceAll("\\D", "");
    browser.post(
        "/campaigns/bulk",
        List.of(
            Map.entry("_csrf", token),
            Map.entry("id", id),
            Map.entry("id", ""),
            Map.entry("do", "label"),
            Map.entry("bulkLabel", "a\u0000b")));
    assertThat(browser.get("/campaigns").body()).contains("a character that cannot be stored");
  }

  @Test
  void tomcatsOwnPageNeverShows() throws Exception {
    List<String> requests =
        new ArrayList<>(
            List.of(
                "GET / HTTP/1.1\r\n\r\n",
                "GET /a<b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "G@T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/7.3\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(70_000) + "\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: odd\r\n\r\n",
                "CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "OPTIONS *x HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    for (String path : List.of("/a%00", "/people/a%2Fb", "/api/v1/people/%00", "/hooks/%00")) {
      requests.add(head("GET", path, ""));
    }
    for (String request : requests) {
      try (RawConnection connection = new RawConnection(address)) {
        Response answer = connection.send(request).response();
        String what = request.substring(0, Math.min(60, request.length()));
        assertThat(answer.status()).as(what).isBetween(400, 505).isNotEqualTo(500);
        assertThat(answer.body()).as(what).isNotEmpty().doesNotContain("<", "Tomcat", "Apache");
        assertThat(answer.header("Content-Type"))
            .as(what)
            .matches("(application/problem\\+json|text/plain).*");
      }
    }
  }

  @Test
  void whatIsRefusedByTomcatSaysWhy() throws Exception {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("GET %s HTTP/1.1\r\n\r\n", "one Host header");
    words.put("GET %s HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "one Host header");
    words.put("GET %s HTTP/1.1\r\nHost: a b\r\n\r\n", "one Host header");
    words.put("GET %s HTTP/7.3\r\nHost: localhost\r\n\r\n", "Use HTTP/1.1");
    words.put("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", "not valid HTTP");
    words.put(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: odd\r\n\r\n",
        "transfer encoding is not supported");
    words.put("GET %s/%%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", "This address is not taken");
    for (String path : List.of("/campaigns", "/api/v1/campaigns", "/1/upload", "/hooks/1")) {
      for (Map.Entry<String, String> request : words.entrySet()) {
        try (RawConnection connection = new RawConnection(address)) {
          Response answer = connection.send(request.getKey().formatted(path)).response();
          assertThat(answer.status()).isBetween(400, 505).isNotEqualTo(500);
          assertThat(answer.body()).as(request.getKey(), path).contains(request.getValue());
          if (!path.equals("/campaigns")) {
            assertThat(Api.tree(answer.body().getBytes(StandardCharsets.UTF_8)).get("code"))
                .isNotEqualTo(StringNode.valueOf("internal"));
          }
        }
      }
    }
  }

  @Test
  void everyProblemDocumentHasWords() {
    try (Api api = new Api(address, TestServer.KEY)) {
      assertProblem(api.answer("DELETE", "/hooks/1", null), 405, "methodNotAllowed");
      assertProblem(api.answer("DELETE", "/1/upload", null), 405, "methodNotAllowed");
      assertProblem(api.answer("PUT", "/actuator/health", null), 405, "methodNotAllowed");
      assertProblem(api.answer("GET", "/actuator/nothing", null), 404, "notFound");
      assertProblem(api.answer("GET", "//nothing", null), 400, "invalidAddress");
    }
  }

  private static void assertProblem(HttpResponse<byte[]> answer, int status, String code) {
    JsonNode problem = Api.tree(answer.body());
    assertThat(answer.statusCode()).as("%s", problem).isEqualTo(status);
    assertThat(problem.get("code").stringValue()).isEqualTo(code);
    assertThat(problem.get("detail").stringValue()).as("%s", problem).isNotBlank();
  }

  @Test
  void theCallerDoesNotSayWhereToGo() throws Exception {
    String claimed = "Host: evil.example\r\nX-Forwarded-Host: evil.example\r\n";
    for (String path : List.of("/", "/campaigns", "/api")) {
      try (RawConnection connection = new RawConnection(address)) {
        Response answer =
            connection
                .send("GET " + path + " HTTP/1.1\r\n" + claimed + "Accept: text/html\r\n\r\n")
                .response();
        assertThat(answer.status()).as(path).isEqualTo(302);
        assertThat(answer.header("Location")).as(path).isEqualTo("/login");
      }
    }
    try (RawConnection connection = new RawConnection(address)) {
      Response answer =
          connection
              .send("GET /api/v1/providers/1 HTTP/1.1\r\n" + claimed + KEY + "\r\n")
              .response();
      assertThat(answer.head() + answer.body()).contains("https://carillon.example/hooks/1");
      assertThat(answer.head() + answer.body()).doesNotContain("evil.example");
    }
  }
}
