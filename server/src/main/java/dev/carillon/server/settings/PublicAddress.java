package dev.carillon.server.settings;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The address at which this server is reached from outside. */
public final class PublicAddress {
  private final @Nullable URI configured;

  public PublicAddress(@Nullable URI configured) {
    this.configured = configured;
  }

  /** The full address of a path: under the configured address, else as the caller reached us. */
  public String of(HttpServletRequest request, String path) {
    if (configured != null) {
      String base = configured.toString();
      return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }
    StringBuffer url = request.getRequestURL();
    return url.substring(0, url.length() - request.getRequestURI().length()) + path;
  }
}
