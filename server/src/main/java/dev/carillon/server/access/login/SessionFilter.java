package dev.carillon.server.access.login;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Makes a request whose session is over anonymous. */
public final class SessionFilter extends OncePerRequestFilter {
  private final LoginSessions sessions;

  public SessionFilter(LoginSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller = Caller.current();
    if (caller.isPresent() && caller.get().actor().kind() == Actor.Kind.LOGIN) {
      HttpSession session = request.getSession(false);
      if (session != null && sessions.isOver(session, caller.get().name())) {
        end(session);
        SecurityContextHolder.clearContext();
      }
    }
    chain.doFilter(request, response);
  }

  private static void end(HttpSession session) {
    try {
      session.invalidate();
    } catch (IllegalStateException another) {
      // Another request of the session has just ended it.
    }
  }
}
