package dev.carillon.server.access.audit;

import dev.carillon.server.access.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Notes each change that came from a page, so that none can be forgotten: {@code POST
 * /campaigns/7/launch} becomes the action campaign.launch on 7. The API notes its changes itself.
 */
public final class AuditFilter extends OncePerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** Questions that are asked with a body. */
  private static final Set<String> QUESTIONS = Set.of("estimate", "preview", "search");

  /** Noted where they are changed, also from the command line, or one by one. */
  private static final Set<String> NOTED_ELSEWHERE =
      Set.of("bulk", "users", "keys", "account", "login", "logout");

  private static final Map<String, String> ONE_OF =
      Map.of(
          "people", "person",
          "campaigns", "campaign",
          "connections", "connection",
          "segments", "segment",
          "lists", "list",
          "reports", "report");

  private final AuditLog audit;

  public AuditFilter(AuditLog audit) {
    this.audit = audit;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller = Caller.current();
    chain.doFilter(request, response);
    if (caller.isPresent()
        && !READING.contains(request.getMethod())
        && response.getStatus() < HttpServletResponse.SC_BAD_REQUEST) {
      change(request.getMethod(), request.getRequestURI(), response.getHeader("Location"))
          .ifPresent(
              change ->
                  audit.record(
                      caller.get().actor(),
                      change.action(),
                      change.subject(),
                      AuditLog.detail(request)));
    }
  }

  /** What a request that was answered well has changed; empty for a mere question. */
  static Optional<Change> change(String method, String path, @Nullable String location) {
    List<String> parts = parts(path);
    if (parts.isEmpty()
        || QUESTIONS.contains(parts.getLast())
        || parts.stream().anyMatch(NOTED_ELSEWHERE::contains)) {
      return Optional.empty();
    }
    String what = parts.getFirst();
    boolean hasId =
        parts.size() > 1 && !(parts.size() == 2 && method.equals("POST") && !isId(parts.get(1)));
    List<String> rest = parts.subList(hasId ? 2 : 1, parts.size());
    String verb = rest.isEmpty() ? verb(method, hasId) : String.join(".", rest);
    return Optional.of(
        new Change(
            ONE_OF.getOrDefault(what, what) + "." + verb,
            hasId ? parts.get(1) : made(what, location)));
  }

  private static String verb(String method, boolean hasId) {
    return switch (method) {
      case "DELETE" -> "delete";
      case "POST" -> hasId ? "change" : "create";
      default -> "change";
    };
  }

  /** The id of what was made, if the answer leads there; else nothing. */
  private static String made(String what, @Nullable String location) {
    if (location == null) {
      return "";
    }
    try {
      List<String> parts = parts(Optional.ofNullable(URI.create(location).getPath()).orElse(""));
      return parts.size() >= 2 && parts.getFirst().equals(what) && isId(parts.get(1))
          ? parts.get(1)
          : "";
    } catch (IllegalArgumentException notAnAddress) {
      return "";
    }
  }

  private static boolean isId(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/", -1)).filter(part -> !part.isEmpty()).toList();
  }

  record Change(String action, String subject) {}
}
