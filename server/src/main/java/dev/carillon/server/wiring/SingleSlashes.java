package dev.carillon.server.wiring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads several slashes in a row as one, as the container does when it chooses the servlet: clients
 * that join an address ending in a slash with a path send two.
 */
final class SingleSlashes extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String address = request.getRequestURI();
    if (!address.contains("//")) {
      chain.doFilter(request, response);
      return;
    }
    String single = address.replaceAll("/{2,}", "/");
    chain.doFilter(
        new HttpServletRequestWrapper(request) {
          @Override
          public String getRequestURI() {
            return single;
          }
        },
        response);
  }
}
