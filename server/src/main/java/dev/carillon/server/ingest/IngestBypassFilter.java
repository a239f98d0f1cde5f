package dev.carillon.server.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Comes before all other filters and leads requests for self-guarded servlets straight to them: the
 * rest of the chain costs more than taking in a callback. Counts and times them by status. Gives
 * back what all others held of their bodies.
 */
public final class IngestBypassFilter implements Filter {
  private final Map<String, Entrance> entrances;

  /**
   * @param servlets by the name that each is registered under
   */
  public IngestBypassFilter(Map<String, SelfAuthenticating> servlets, MeterRegistry registry) {
    Map<String, Entrance> all = new HashMap<>();
    servlets.forEach((name, servlet) -> all.put(name, new Entrance(name, servlet, registry)));
    this.entrances = Map.copyOf(all);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Entrance entrance =
        entrances.get(((HttpServletRequest) request).getHttpServletMapping().getServletName());
    if (entrance == null) {
      try {
        chain.doFilter(request, response);
      } finally {
        HeldBodies.giveBack(request);
      }
    } else {
      entrance.serve(request, (HttpServletResponse) response);
    }
  }

  /** One servlet and what its requests came to. */
  private static final class Entrance {
    private final String name;
    private final SelfAuthenticating servlet;
    private final MeterRegistry registry;
    private final Map<Integer, Timer> byStatus = new ConcurrentHashMap<>();

    Entrance(String name, SelfAuthenticating servlet, MeterRegistry registry) {
      this.name = name;
      this.servlet = servlet;
      this.registry = registry;
    }

    void serve(ServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      long began = System.nanoTime();
      int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
      try {
        servlet.service(request, response);
        status = response.getStatus();
      } catch (IOException unread) {
        status =
            unread.getCause() instanceof SocketTimeoutException
                ? HttpServletResponse.SC_REQUEST_TIMEOUT
                : HttpServletResponse.SC_BAD_REQUEST;
        throw unread;
      } finally {
        byStatus
            .computeIfAbsent(status, this::timer)
            .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
      }
    }

    private Timer timer(int status) {
      return Timer.builder("carillon.intake.requests")
          .description("requests that brought data in, by servlet and status")
          .tag("servlet", name)
          .tag("status", Integer.toString(status))
          .register(registry);
    }
  }
}
