package dev.carillon.channels.meta.whatsapp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.CallbackReply;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

/** A connection's callback address: hands each request to the provider and keeps what it reads. */
final class Hook implements AutoCloseable {
  private final Provider provider;
  private final Connection connection;
  private final InstantSource clock;
  private final HttpServer server;
  private final List<Item> items = new ArrayList<>();
  private final List<CallbackAnswer> notWelcome = new ArrayList<>();

  Hook(Provider provider, Connection connection, InstantSource clock) throws IOException {
    this.provider = provider;
    this.connection = connection;
    this.clock = clock;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/hooks/3", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/3");
  }

  synchronized List<Item> items() {
    return List.copyOf(items);
  }

  /** Rejected or not wholly understood callbacks. */
  synchronized List<CallbackAnswer> notWelcome() {
    return List.copyOf(notWelcome);
  }

  synchronized void forget() {
    items.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      CallbackAnswer answer =
          provider.receive(
              connection,
              new CallbackRequest(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  headers,
                  exchange.getRequestBody().readAllBytes(),
                  clock.instant()));
      String text = keep(answer);
      int status = answer instanceof CallbackAnswer.Rejected rejected ? rejected.status() : 200;
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized String keep(CallbackAnswer answer) {
    return switch (answer) {
      case CallbackAnswer.Answered(CallbackReply reply) -> reply.body();
      case CallbackAnswer.Rejected _ -> {
        notWelcome.add(answer);
        yield "";
      }
      case CallbackAnswer.Received received -> {
        items.addAll(received.items());
        if (received.notUnderstood() > 0) {
          notWelcome.add(received);
        }
        yield "";
      }
    };
  }
}
