package dev.carillon.server.ingest;

import dev.carillon.engine.callback.Callbacks;
import dev.carillon.engine.provider.CallbackReply;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.Connections.Connected;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /hooks/{connection}}: what providers report, each in its own format, by the methods that
 * it declares.
 */
public final class HookServlet extends IngestServlet {
  private static final long serialVersionUID = 1L;
  private static final int LIMIT = 4 * 1024 * 1024;

  private final transient Callbacks callbacks;
  private final transient Connections connections;
  private final transient BodyBudget bodies;
  private final transient Outside outside;
  private final transient InstantSource clock;

  /** Knows how this server is reached from outside. */
  @FunctionalInterface
  public interface Outside {
    /** The full address of a path, for a request that came. */
    String address(HttpServletRequest request, String path);
  }

  public HookServlet(
      Callbacks callbacks,
      Connections connections,
      BodyBudget bodies,
      Outside outside,
      InstantSource clock) {
    this.callbacks = callbacks;
    this.connections = connections;
    this.bodies = bodies;
    this.outside = outside;
    this.clock = clock;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    guarded(request, response);
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    guarded(request, response);
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
    } else if (head.method().equals("GET")) {
      answer(response, callbacks.receive(connected.get(), head));
    } else {
      try (BodyLease lease = bodies.callbacks().lease();
          BodyReader body = BodyReader.of(request, lease, LIMIT)) {
        CallbackRequest whole = head.withBody(body.readAll(), clock.instant());
        answer(response, callbacks.receive(connected.get(), whole));
      }
    }
  }

  private CallbackRequest head(HttpServletRequest request) {
    return new CallbackRequest(
        request.getMethod(), address(request), request::getHeader, new byte[0], clock.instant());
  }

  private void refuseUnknown(HttpServletResponse response) throws IOException {
    refuse(response, 404, "notFound", "There is no such connection.");
  }

  /** As the provider called it, so with what it signed. */
  private String address(HttpServletRequest request) {
    String path = outside.address(request, request.getRequestURI());
    return request.getQueryString() == null ? path : path + "?" + request.getQueryString();
  }

  private static void answer(HttpServletResponse response, CallbackReply reply) throws IOException {
    response.setStatus(reply.status());
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    if (body.length > 0) {
      response.setContentType(reply.contentType());
      response.setHeader("X-Content-Type-Options", "nosniff");
    }
    if (reply.status() != HttpServletResponse.SC_NO_CONTENT) {
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
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

  @Override
  void refuse(HttpServletResponse response, int status, String code, String words)
      throws IOException {
    json(
        response,
        status,
        MAPPER.createObjectNode().put("status", status).put("code", code).put("detail", words));
  }
}
