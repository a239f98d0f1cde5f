package dev.carillon.server.access;

import dev.carillon.engine.port.AccessStore.Login;
import dev.carillon.engine.port.Actor;
import dev.carillon.engine.port.StoreUnavailableException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Checks name and password, not too often, and notes the outcome. */
final class LoginProvider implements AuthenticationProvider {
  /** Instead of a name that no login has, which may be a password in the wrong field. */
  private static final String UNKNOWN = "unknown";

  private final Logins logins;
  private final LoginThrottle throttle;
  private final AuditLog audit;

  LoginProvider(Logins logins, LoginThrottle throttle, AuditLog audit) {
    this.logins = logins;
    this.throttle = throttle;
    this.audit = audit;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String name = Logins.folded(attempt.getName());
    String password =
        attempt.getCredentials() instanceof CharSequence typed ? typed.toString() : "";
    String address =
        attempt.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "";
    String source = source(address);
    Duration wait = throttle.attempt(name, source);
    if (!wait.isZero()) {
      throw new TooManyAttemptsException(wait);
    }
    Optional<Caller> caller;
    try {
      caller = logins.check(name, password);
    } catch (StoreUnavailableException e) {
      throw new AuthenticationServiceException("logins cannot be read", e);
    }
    if (caller.isEmpty()) {
      audit.record(
          Actor.ANONYMOUS,
          "login.failed",
          logins.login(name).map(Login::name).orElse(UNKNOWN),
          "from " + address);
      throw new BadCredentialsException("name and password do not fit");
    }
    throttle.succeeded(name, source);
    audit.record(caller.get().actor(), "login", name, "from " + address);
    return caller.get().authentication();
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  /** Whoever has an IPv6 address has the 2^64 of its network, which count as one. */
  private static String source(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? HexFormat.of().formatHex(six.getAddress(), 0, 8)
          : address;
    } catch (IllegalArgumentException notAnAddress) {
      return address;
    }
  }

  /** Too many failures; nothing was checked. */
  static final class TooManyAttemptsException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyAttemptsException(Duration wait) {
      super("too many attempts");
      this.wait = wait;
    }

    Duration remaining() {
      return wait;
    }
  }
}
