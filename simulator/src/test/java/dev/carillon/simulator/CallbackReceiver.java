package dev.carillon.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.simulator.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** An app that takes callbacks: proves itself at the handshake and keeps all that it is posted. */
public final class CallbackReceiver implements AutoCloseable {

  public static final String VERIFY_TOKEN = "prove-it";

  /** A post as it came, answered with {@code status}. */
  public record Posted(String body, Map<String, String> headers, int status) {}

  private final HttpServer server;
  private final List<Posted> posts = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();

  public CallbackReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/cb");
  }

  /** Answers the next {@code count} posts with 500. */
  public void refuseNext(int count) {
    refusals.set(count);
  }

  /** All posts, refused ones included. */
  public List<Posted> posts() {
    return List.copyOf(posts);
  }

  /** The changes in the posts that were answered with 200, in order. */
  public List<JsonNode> changes() {
    List<JsonNode> changes = new ArrayList<>();
    for (Posted post : posts) {
      if (post.status() == 200) {
        for (JsonNode entry : tree(post).path("entry")) {
          entry.path("changes").forEach(changes::add);
        }
      }
    }
    return changes;
  }

  public List<JsonNode> statuses() {
    return inValues("statuses");
  }

  public List<JsonNode> messages() {
    return inValues("messages");
  }

  /** The kinds of statuses in order, like {@code sent}. */
  public List<String> statusKinds() {
    return statuses().stream().map(status -> status.path("status").asString("")).toList();
  }

  public static JsonNode tree(Posted post) {
    return Json.readObject(post.body().getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  /** Waits until so many statuses have come; false when they did not within twenty seconds. */
  public boolean awaitStatuses(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    synchronized (posts) {
      while (statuses().size() < count) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
          return false;
        }
        posts.wait(millis);
      }
      return true;
    }
  }

  public void forget() {
    posts.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private List<JsonNode> inValues(String name) {
    List<JsonNode> found = new ArrayList<>();
    changes().forEach(change -> change.path("value").path(name).forEach(found::add));
    return found;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("GET")) {
        handshake(exchange);
        return;
      }
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
      int status = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 500 : 200;
      Map<String, String> headers = new ConcurrentHashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      synchronized (posts) {
        posts.add(new Posted(body, headers, status));
        posts.notifyAll();
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static void handshake(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    boolean known =
        query.startsWith("hub.mode=subscribe&hub.challenge=")
            && query.endsWith("&hub.verify_token=" + VERIFY_TOKEN);
    byte[] challenge =
        query.replaceAll(".*hub\\.challenge=(\\d+).*", "$1").getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(known ? 200 : 403, known ? challenge.length : -1);
    if (known) {
      exchange.getResponseBody().write(challenge);
    }
  }
}
