package dev.carillon.server.ingest;

import dev.carillon.engine.callback.CallbackReply;
import dev.carillon.engine.callback.Callbacks;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.Connections.Connected;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET|POST /hooks/{connection}}: what providers report, each in its own format. */
public final class HookServlet extends IngestServlet {
  private static final long serialVersionUID = 1L;
  private static final int LIMIT = 4 * 1024 * 1024;

  private final transient Callbacks callbacks;
  private final transient Connections connections;
  private final transient BodyBudget bodies;
  private final transient InstantSource clock;

  public HookServlet(
      Callbacks callbacks, Connections connections, BodyBudget bodies, InstantSource clock) {
    this.callbacks = callbacks;
    this.connections = connections;
    this.bodies = bodies;
    this.clock = clock;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Connected> connected = connection(request.getPathInfo());
    if (connected.isEmpty()) {
      refuseUnknown(response);
    } else {
      answer(response, callbacks.receive(connected.get(), head(request)));
    }
  }

  /** Whatever is wrong for certain without its body is refused before any of it is read. */
  @Override
  void take(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<Connected> connected = connection(request.getPathInfo());
    if (connected.isEmpty()) {
      refuseUnknown(response);
      return;
    }
    CallbackRequest head = head(request);
    Optional<CallbackReply> refused = callbacks.refuseUnread(connected.get(), head);
    if (refused.isPresent()) {
      answer(response, refused.get());
      return;
    }
    try (BodyLease lease = bodies.callbacks().lease();
        BodyReader body = BodyReader.of(request, lease, LIMIT)) {
      CallbackRequest whole = head.withBody(body.readAll(), clock.instant());
      answer(response, callbacks.receive(connected.get(), whole));
    }
  }

  private CallbackRequest head(HttpServletRequest request) {
    return new CallbackRequest(
        request.getMethod(),
        query(request.getQueryString()),
        request::getHeader,
        new byte[0],
        clock.instant());
  }

  private void refuseUnknown(HttpServletResponse response) throws IOException {
    refuse(response, 404, "notFound", "There is no such connection.");
  }

  private static void answer(HttpServletResponse response, CallbackReply reply) throws IOException {
    response.setStatus(reply.status());
    if (!reply.text().isEmpty()) {
      byte[] text = reply.text().getBytes(StandardCharsets.UTF_8);
      response.setContentType("text/plain;charset=UTF-8");
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setContentLength(text.length);
      response.getOutputStream().write(text);
    } else {
      response.setContentLength(0);
    }
  }

  private Optional<Connected> connection(@Nullable String path) {
    if (path == null || path.length() < 2 || path.length() > 11) {
      return Optional.empty();
    }
    try {
      return connections.connection(Integer.parseInt(path.substring(1)));
    } catch (NumberFormatException notAnId) {
      return Optional.empty();
    }
  }

  /** The query's parameters; the body is never read for them, its bytes are signed. */
  private static Map<String, String> query(@Nullable String query) {
    if (query == null) {
      return Map.of();
    }
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        parameters.putIfAbsent(
            URLDecoder.decode(name, StandardCharsets.UTF_8),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException brokenEscape) {
        parameters.putIfAbsent(name, value);
      }
    }
    return parameters;
  }

  @Override
  void refuse(HttpServletResponse response, int status, String code, String words)
      throws IOException {
    json(
        response,
        status,
        MAPPER.createObjectNode().put("status", status).put("code", code).put("detail", words));
  }
}
