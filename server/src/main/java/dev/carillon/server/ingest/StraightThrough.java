package dev.carillon.server.ingest;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;

/**
 * Comes before all other filters and leads requests for self-guarded servlets straight to them: the
 * rest of the chain costs more than taking in a callback.
 */
public final class StraightThrough implements Filter {
  private final Map<String, SelfGuarded> servlets;

  /**
   * @param servlets by the name that each is registered under
   */
  public StraightThrough(Map<String, SelfGuarded> servlets) {
    this.servlets = Map.copyOf(servlets);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    SelfGuarded servlet =
        servlets.get(((HttpServletRequest) request).getHttpServletMapping().getServletName());
    if (servlet == null) {
      chain.doFilter(request, response);
    } else {
      servlet.service(request, response);
    }
  }
}
