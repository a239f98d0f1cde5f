package dev.carillon.server.access.login;

import dev.carillon.server.access.Caller;
import dev.carillon.server.access.login.LoginThrottle.KnownPlace;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets people change their own password. They show the present one, so that a screen left open is
 * not enough, and it cannot be guessed here faster than at the login. Thread-safe.
 */
public final class OwnPassword {
  private static final String BUSY = "Too many attempts. Try again in a moment.";

  private final Logins logins;
  private final LoginSessions sessions;
  private final LoginThrottle throttle;
  private final PasswordChecks checks;
  private final SignInLog log;

  public OwnPassword(
      Logins logins,
      LoginSessions sessions,
      LoginThrottle throttle,
      PasswordChecks checks,
      SignInLog log) {
    this.logins = logins;
    this.sessions = sessions;
    this.throttle = throttle;
    this.checks = checks;
    this.log = log;
  }

  /**
   * Changes the password of the login whose session this is; all its other sessions end.
   *
   * @throws WrongPasswordException when the present password is another one, or cannot be checked
   *     now, in words for people
   * @throws IllegalArgumentException when the new one will not do, in words for people
   */
  public void change(HttpServletRequest request, Caller caller, String present, String fresh) {
    String name = caller.name();
    KnownPlace session = new KnownPlace(name, "own password");
    Duration wait = throttle.attempt(session);
    if (!wait.isZero()) {
      log.throttled(name, request.getRemoteAddr());
      throw new WrongPasswordException(
          "Too many attempts. Try again in " + (wait.toSeconds() + 1) + " seconds.");
    }
    Optional<Optional<Caller>> outcome = checks.check(() -> logins.check(name, present));
    if (outcome.isEmpty()) {
      throttle.takeBack(session);
      throw new WrongPasswordException(BUSY);
    }
    if (outcome.get().isEmpty()) {
      log.failed(name, request.getRemoteAddr());
      throw new WrongPasswordException("This is not your present password.");
    }
    throttle.succeeded(session);
    logins.changePassword(name, fresh, caller.actor());
    request.changeSessionId();
    sessions.begin(request.getSession(), name);
  }

  /** The present password was not shown. */
  public static final class WrongPasswordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongPasswordException(String words) {
      super(words);
    }
  }
}
