package dev.carillon.simulator.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening socket: hands each request to the endpoint that claims it. Thread-safe. */
public final class HttpFront implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpFront.class);
  private static final int BODY_LIMIT = 4 * 1024 * 1024;

  static {
    // The JDK's server reads these once. Without the first each answer waits for a delayed
    // acknowledgement; with the other defaults it closes idle connections under its callers.
    System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxIdleConnections", "10000");
    System.getProperties().putIfAbsent("sun.net.httpserver.idleInterval", "3600");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final List<WireEndpoint> endpoints;
  private final CountDownLatch closing = new CountDownLatch(1);

  private HttpFront(HttpServer server, List<WireEndpoint> endpoints) {
    this.server = server;
    this.endpoints = List.copyOf(endpoints);
    this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
  }

  /**
   * Listens at {@code address} (port 0: any free one).
   *
   * @throws IOException when the address is not to be had
   */
  public static HttpFront listen(InetSocketAddress address, List<WireEndpoint> endpoints)
      throws IOException {
    HttpFront front = new HttpFront(HttpServer.create(address, 1024), endpoints);
    front.server.setExecutor(front.threads);
    front.server.createContext("/", front::handle);
    front.server.start();
    return front;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body;
      try (InputStream in = exchange.getRequestBody()) {
        body = in.readNBytes(BODY_LIMIT + 1);
      }
      if (body.length > BODY_LIMIT) {
        write(exchange, problem(413, "the body is larger than " + BODY_LIMIT + " bytes"));
        return;
      }
      carryOut(exchange, answer(exchange, body));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private WireAnswer answer(HttpExchange exchange, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getLast()));
    try {
      WireRequest request =
          new WireRequest(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
      for (WireEndpoint endpoint : endpoints) {
        if (endpoint.claims(request)) {
          return endpoint.answer(request);
        }
      }
      return problem(404, "nothing is simulated at " + request.path());
    } catch (IllegalArgumentException e) {
      return problem(400, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.error("the simulator failed on {}", exchange.getRequestURI().getPath(), e);
      return problem(500, "the simulator itself failed: " + e);
    }
  }

  private void carryOut(HttpExchange exchange, WireAnswer answer)
      throws IOException, InterruptedException {
    switch (answer) {
      case WireAnswer.Reply reply -> write(exchange, reply);
      case WireAnswer.Held held -> {
        boolean closed = closing.await(held.pause().toMillis(), TimeUnit.MILLISECONDS);
        carryOut(exchange, closed ? new WireAnswer.Cut() : held.answer());
      }
      case WireAnswer.Cut() -> {
        // closing the exchange before any header was sent closes the connection
      }
      case WireAnswer.BrokenOff(WireAnswer.Reply reply) -> {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        sendHeaders(exchange, reply, body.length);
        exchange.getResponseBody().write(Arrays.copyOf(body, body.length / 2));
        exchange.getResponseBody().flush();
      }
    }
  }

  private static void write(HttpExchange exchange, WireAnswer.Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    sendHeaders(exchange, reply, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void sendHeaders(HttpExchange exchange, WireAnswer.Reply reply, long length)
      throws IOException {
    if (!reply.contentType().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    }
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(reply.status(), length);
  }

  private static WireAnswer.Reply problem(int status, String detail) {
    return WireAnswer.json(status, Json.object().put("problem", detail));
  }
}
