package dev.carillon.server.access;

import dev.carillon.engine.port.AccessStore.Login;
import dev.carillon.engine.port.Actor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session as soon as its login is deleted or gets another password or role, on every node.
 */
final class LoginSessions extends OncePerRequestFilter {
  private static final String BEGUN_WITH = "carillon.login";
  private static final Duration SIGNED_IN = Duration.ofHours(12);

  private final Logins logins;

  LoginSessions(Logins logins) {
    this.logins = logins;
  }

  /** Notes what the login is as its session begins. */
  void begin(HttpSession session, String name) {
    session.setMaxInactiveInterval((int) SIGNED_IN.toSeconds());
    logins.login(name).ifPresent(login -> session.setAttribute(BEGUN_WITH, login));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller = Caller.current();
    if (caller.isPresent() && caller.get().actor().kind() == Actor.Kind.LOGIN) {
      HttpSession session = request.getSession(false);
      Object begunWith = session == null ? null : session.getAttribute(BEGUN_WITH);
      Optional<Login> now = logins.login(caller.get().name());
      if (session != null && (now.isEmpty() || !now.get().equals(begunWith))) {
        session.invalidate();
        SecurityContextHolder.clearContext();
      }
    }
    chain.doFilter(request, response);
  }
}
