package dev.carillon.server.ingest;

import dev.carillon.engine.callback.CallbackReply;
import dev.carillon.engine.callback.Callbacks;
import dev.carillon.engine.channel.CallbackRequest;
import dev.carillon.engine.channel.Connections;
import dev.carillon.engine.channel.Connections.Connected;
import dev.carillon.server.ingest.Bodies.RefusedBodyException;
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

/** {@code GET|POST /hooks/{connection}}: what providers tell, each in its own format. */
public final class HookServlet extends IngestServlet {
  private static final long serialVersionUID = 1L;
  private static final int LIMIT = 4 * 1024 * 1024;

  private final transient Callbacks callbacks;
  private final transient Connections connections;
  private final transient InstantSource clock;

  public HookServlet(Callbacks callbacks, Connections connections, InstantSource clock) {
    this.callbacks = callbacks;
    this.connections = connections;
    this.clock = clock;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    receive(request, response, new byte[0]);
  }

  @Override
  void take(HttpServletRequest request, HttpServletResponse response)
      throws IOException, RefusedBodyException {
    receive(request, response, Bodies.read(request, LIMIT));
  }

  private void receive(HttpServletRequest request, HttpServletResponse response, byte[] body)
      throws IOException {
    Optional<Connected> connected = connection(request.getPathInfo());
    if (connected.isEmpty()) {
      refuse(response, 404, "notFound", "There is no such connection.");
      return;
    }
    CallbackRequest callback =
        new CallbackRequest(
            request.getMethod(),
            query(request.getQueryString()),
            request::getHeader,
            body,
            clock.instant());
    CallbackReply reply = callbacks.receive(connected.get(), callback);
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
