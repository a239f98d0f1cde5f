package dev.carillon.server.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.Role;
import dev.carillon.server.access.login.KnownPlaces;
import dev.carillon.server.access.login.LoginQueue;
import dev.carillon.server.integration.harness.FormBrowser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The right password works while others guess, even from the same address. */
@Timeout(120)
class LoginUnderAttackTest {
  private static final Duration TOKEN = Duration.ofSeconds(2);
  private static final int GUESSERS = 8;

  /** Each of them fails once in four times. */
  private static final int MOST_SUBMITS = 10;

  @TempDir private static Path folder;
  private static SecurityTestServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeAll
  static void start() {
    server = SecurityTestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void refill() {
    server.pass(Duration.ofHours(1));
  }

  @AfterEach
  void end() {
    server.pass(Duration.ofHours(1));
    threads.close();
  }

  private static void add(String name) {
    server.logins().add(name, SecurityTestServer.PASSWORD, Role.VIEWER, Actor.SYSTEM);
  }

  private Future<HttpResponse<String>> signIn(FormBrowser browser, String name) {
    return threads.submit(() -> browser.signIn(name, SecurityTestServer.PASSWORD));
  }

  private static HttpResponse<String> answerWhileTimePasses(Future<HttpResponse<String>> answer)
      throws Exception {
    while (true) {
      try {
        return answer.get(150, TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillWaiting) {
        server.pass(TOKEN);
      }
    }
  }

  @Test
  void aFreshBrowserGetsInBesideGuessersFromItsAddress() throws Exception {
    add("attacked");
    AtomicBoolean over = new AtomicBoolean();
    List<Future<Integer>> guessers =
        IntStream.range(0, GUESSERS).mapToObj(_ -> threads.submit(() -> guess(over))).toList();
    server.awaitWaiting(GUESSERS);
    int submits = 0;
    HttpResponse<String> answer;
    do {
      submits++;
      answer = answerWhileTimePasses(signIn(server.browser(), "attacked"));
    } while (answer.statusCode() == 429 && submits < MOST_SUBMITS);
    over.set(true);
    server.pass(Duration.ofHours(1));
    for (Future<Integer> guesser : guessers) {
      assertThat(guesser.get()).isPositive();
    }

    assertThat(location(answer)).as("after %d submits", submits).endsWith("/");
  }

  /** A fresh browser each time, as fast as the server answers. */
  private static int guess(AtomicBoolean over) throws Exception {
    int guesses = 0;
    while (!over.get()) {
      server.browser().signIn("attacked", "wrong password");
      guesses++;
    }
    return guesses;
  }

  @Test
  void aKnownBrowserDoesNotWait() throws Exception {
    add("known");
    var known = server.browser();
    HttpResponse<String> first = known.signIn("known", SecurityTestServer.PASSWORD);
    assertThat(first.headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith(KnownPlaces.COOKIE + "=")
                    .contains("Path=/login", "HttpOnly", "SameSite=Lax", "Max-Age=15552000"));
    known.post("/logout", Map.of("_csrf", known.token("/")));
    server.takeTokens();

    assertThat(location(known.signIn("Known ", SecurityTestServer.PASSWORD))).endsWith("/");
  }

  @Test
  void aKnownAddressHasItsOwnTokensAndThenWaitsLikeAnyOther() throws Exception {
    add("at-home");
    server.browser().signIn("at-home", SecurityTestServer.PASSWORD);
    server.takeTokens();
    for (int i = 0; i < 5; i++) {
      assertThat(location(server.browser().signIn("at-home", "wrong password")))
          .endsWith("/login?failed");
    }
    var waits = signIn(server.browser(), "at-home");
    server.awaitWaiting(1);
    server.pass(TOKEN);
    assertThat(location(waits.get())).endsWith("/");
  }

  @Test
  void aLongWaitEndsWithAMessageAndALinkSignsIn() throws Exception {
    add("heldup");
    add("other");
    server.takeTokens();
    String link = server.logins().link("heldup", Actor.COMMAND_LINE);
    var browser = server.browser();
    browser.get("/login?name=heldup&browser=" + "x".repeat(43));
    browser.get(link.replace("heldup", "other"));
    assertThat(browser.cookies.getCookieStore().getCookies())
        .noneMatch(cookie -> cookie.getName().equals(KnownPlaces.COOKIE));
    var waits = signIn(browser, "heldup");
    server.awaitWaiting(1);
    assertThat(Thread.getAllStackTraces().values().stream().flatMap(Arrays::stream))
        .as("what runs on threads that are not virtual")
        .noneMatch(frame -> frame.getClassName().equals(LoginQueue.class.getName()));
    // A token would have come long before, if the clock had not been set back.
    server.pass(Duration.ofSeconds(-1));

    HttpResponse<String> answer = waits.get();
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("3");
    assertThat(answer.body()).contains("Too many attempts. Try again in 3 seconds.", "_csrf");
    assertThat(server.audited("login.throttled")).containsOnlyOnce("heldup");

    assertThat(location(browser.get(link))).endsWith("/login");
    assertThat(location(browser.signIn("heldup", SecurityTestServer.PASSWORD))).endsWith("/");
  }

  @Test
  void peopleWhoShareABrowserAreKnownEach() throws Exception {
    List<String> names = List.of("morning", "evening");
    var shared = server.browser();
    for (String name : names) {
      add(name);
      shared.signIn(name, SecurityTestServer.PASSWORD);
      shared.post("/logout", Map.of("_csrf", shared.token("/")));
    }
    server.takeTokens();
    for (String name : names) {
      assertThat(location(shared.signIn(name, SecurityTestServer.PASSWORD))).endsWith("/");
      shared.post("/logout", Map.of("_csrf", shared.token("/")));
    }
  }

  @Test
  void aTryThatWaitsWhileTheServerEndsIsAnswered(@TempDir Path another) throws Exception {
    SecurityTestServer ending = SecurityTestServer.start(another);
    ending.logins().add("waiting", SecurityTestServer.PASSWORD, Role.VIEWER, Actor.SYSTEM);
    ending.takeTokens();
    var waits = signIn(ending.browser(), "waiting");
    ending.awaitWaiting(1);
    ending.close();

    assertThat(waits.get().statusCode()).isEqualTo(503);
    assertThat(waits.get().headers().firstValue("Retry-After")).isPresent();
    assertThat(waits.get().body()).contains("Carillon is being stopped.");
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("nowhere: " + answer.statusCode());
  }
}
