package dev.carillon.server.access.login;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.Login;
import dev.carillon.server.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Knows when a session is over: when its login is deleted or gets another password or role, on
 * every node, and after the longest that a session lasts. Thread-safe.
 */
public final class LoginSessions {
  private static final String BEGUN = "carillon.login";

  private final Logins logins;
  private final InstantSource clock;
  private final SessionSettings settings;

  public LoginSessions(Logins logins, InstantSource clock, SessionSettings settings) {
    this.logins = logins;
    this.clock = clock;
    this.settings = settings;
  }

  /** What the login was as its session began, and when. */
  private record Begun(Login login, Instant at) {}

  /** Notes what the login is as its session begins. */
  void begin(HttpSession session, String name) {
    session.setMaxInactiveInterval((int) settings.idle().toSeconds());
    logins
        .login(name)
        .ifPresent(login -> session.setAttribute(BEGUN, new Begun(login, clock.instant())));
  }

  boolean isOver(HttpSession session, String name) {
    try {
      return !(session.getAttribute(BEGUN) instanceof Begun(Login login, Instant at))
          || !clock.instant().isBefore(at.plus(settings.limit()))
          || !logins.login(name).equals(Optional.of(login));
    } catch (IllegalStateException invalidated) {
      return true;
    }
  }

  /** Whether the sender of this request is still signed in, to be polled by answers that go on. */
  public BooleanSupplier stillOpen(HttpServletRequest request) {
    Optional<Caller> caller = Caller.current();
    HttpSession session = request.getSession(false);
    if (caller.isEmpty() || caller.get().actor().kind() != Actor.Kind.LOGIN || session == null) {
      return () -> true;
    }
    String name = caller.get().name();
    return () -> !isOver(session, name);
  }
}
