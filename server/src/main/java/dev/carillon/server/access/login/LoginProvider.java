package dev.carillon.server.access.login;

import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.login.LoginThrottle.KnownPlace;
import dev.carillon.server.access.login.LoginThrottle.Try;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/** Checks name and password, not too often, and records the outcome. */
public final class LoginProvider implements AuthenticationProvider {
  /** Until a check is free, roughly. */
  private static final Duration BUSY = Duration.ofSeconds(2);

  private static final int LONGEST_ADDRESS = 64;

  private final Logins logins;
  private final KnownPlaces places;
  private final LoginThrottle throttle;
  private final LoginQueue queue;
  private final PasswordChecks checks;
  private final SignInLog log;
  private final AuditLog audit;

  public LoginProvider(
      Logins logins,
      KnownPlaces places,
      LoginThrottle throttle,
      LoginQueue queue,
      PasswordChecks checks,
      SignInLog log,
      AuditLog audit) {
    this.logins = logins;
    this.places = places;
    this.throttle = throttle;
    this.queue = queue;
    this.checks = checks;
    this.log = log;
    this.audit = audit;
  }

  /**
   * From where somebody tries to sign in.
   *
   * @param browser the tokens that the browser shows
   * @param session of the login page
   */
  public record Origin(String address, List<String> browser, String session) {
    public static Origin of(HttpServletRequest request) {
      String address = request.getRemoteAddr();
      return new Origin(
          address.substring(0, Math.min(address.length(), LONGEST_ADDRESS)),
          KnownPlaces.tokens(request),
          String.valueOf(request.getRequestedSessionId()));
    }

    @Override
    public String toString() {
      return "Origin[" + address + "]";
    }

    /** One client usually has all 2^64 IPv6 addresses of its network, which count as one. */
    String network() {
      try {
        return InetAddress.ofLiteral(address) instanceof Inet6Address six
            ? HexFormat.of().formatHex(six.getAddress(), 0, 8)
            : address;
      } catch (IllegalArgumentException notAnAddress) {
        return address;
      }
    }
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String name = Logins.nameOrNone(attempt.getName());
    String password =
        attempt.getCredentials() instanceof CharSequence typed ? typed.toString() : "";
    Origin origin =
        attempt.getDetails() instanceof Origin known ? known : new Origin("", List.of(), "");
    try {
      return authenticate(name, password, origin).authentication();
    } catch (StoreUnavailableException e) {
      throw new AuthenticationServiceException("logins cannot be read", e);
    }
  }

  private Caller authenticate(String name, String password, Origin origin) {
    Optional<KnownPlace> browser =
        places.browser(name, origin.browser()).map(hash -> new KnownPlace(name, "browser " + hash));
    Optional<Caller> caller =
        browser.isPresent()
            ? fromKnownBrowser(browser.get(), password, origin)
            : fromElsewhere(name, password, origin);
    if (caller.isEmpty()) {
      log.failed(name, origin.address());
      throw new BadCredentialsException("name and password do not match");
    }
    audit.record(caller.get().actor(), "login", name, "from " + origin.address());
    return caller.get();
  }

  private Optional<Caller> fromKnownBrowser(KnownPlace browser, String password, Origin origin) {
    Duration wait = throttle.attempt(browser);
    if (wait.isPositive()) {
      throw tooMany(browser.login(), origin, wait);
    }
    return fromKnownPlace(browser, password, origin);
  }

  /** An address can be shared with anybody: without its own tokens it is like any other. */
  private Optional<Caller> fromElsewhere(String name, String password, Origin origin) {
    String network = origin.network();
    KnownPlace address = new KnownPlace(name, "address " + network);
    return places.knowsAddress(name, network) && throttle.attempt(address).isZero()
        ? fromKnownPlace(address, password, origin)
        : inTurn(new Try(name, network), password, origin);
  }

  private Optional<Caller> fromKnownPlace(KnownPlace place, String password, Origin origin) {
    Optional<Optional<Caller>> outcome = checks.check(() -> logins.check(place.login(), password));
    if (outcome.isEmpty()) {
      throttle.takeBack(place);
      throw tooMany(place.login(), origin, BUSY);
    }
    outcome.get().ifPresent(_ -> throttle.succeeded(place));
    return outcome.get();
  }

  private Optional<Caller> inTurn(Try attempt, String password, Origin origin) {
    return queue
        .check(
            attempt,
            origin.session(),
            () -> {
              Optional<Caller> caller = logins.check(attempt.name(), password);
              caller.ifPresent(_ -> throttle.takeBack(attempt));
              return caller;
            })
        .orElseThrow(() -> tooMany(attempt.name(), origin, throttle.wait(attempt)));
  }

  private TooManyAttemptsException tooMany(String name, Origin origin, Duration wait) {
    log.throttled(name, origin.address());
    return new TooManyAttemptsException(wait);
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  /** Too many tries; nothing was checked. */
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
