package dev.carillon.server.access.login;

import dev.carillon.server.access.Caller;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.login.LoginProvider.Origin;
import dev.carillon.server.access.login.LoginProvider.TooManyAttemptsException;
import dev.carillon.server.access.login.LoginQueue.ServerEndsException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.savedrequest.RequestCache;

/** Where people land after signing in, failing to, and signing out. */
public final class LoginOutcome
    implements AuthenticationSuccessHandler, AuthenticationFailureHandler, LogoutSuccessHandler {
  private static final Pattern HOST = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*");
  private static final Pattern LEADING_SLASHES = Pattern.compile("^[/\\\\]*");

  /** Until a new process is there, roughly. */
  private static final Duration RESTART = Duration.ofSeconds(10);

  private final LoginPage page;
  private final LoginSessions sessions;
  private final KnownPlaces places;
  private final AuditLog audit;
  private final SavedRequestAwareAuthenticationSuccessHandler toWantedPage =
      new SavedRequestAwareAuthenticationSuccessHandler();

  public LoginOutcome(
      LoginPage page,
      LoginSessions sessions,
      KnownPlaces places,
      RequestCache wanted,
      AuditLog audit) {
    this.page = page;
    this.sessions = sessions;
    this.places = places;
    this.audit = audit;
    toWantedPage.setRequestCache(wanted);
    toWantedPage.setRedirectStrategy(LoginOutcome::redirectHere);
  }

  /** The wanted page was noted with the host that its caller named; only the rest is believed. */
  private static void redirectHere(
      HttpServletRequest request, HttpServletResponse response, String wanted) throws IOException {
    String here = HOST.matcher(wanted).replaceFirst("");
    response.sendRedirect(LEADING_SLASHES.matcher(here).replaceFirst("/"));
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication caller)
      throws IOException, ServletException {
    sessions.begin(request.getSession(), caller.getName());
    places.remember(caller.getName(), Origin.of(request).network(), request, response);
    toWantedPage.onAuthenticationSuccess(request, response, caller);
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    switch (why) {
      case TooManyAttemptsException tooMany -> {
        Duration wait = tooMany.remaining().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        page.later(
            request,
            response,
            429,
            wait,
            "Too many attempts. Try again in " + wait.toSeconds() + " seconds.");
      }
      case ServerEndsException _ ->
          page.later(
              request, response, 503, RESTART, "Carillon is being stopped. Try again in a moment.");
      case BadCredentialsException _ -> toLogin(request, response, "failed");
      default -> toLogin(request, response, "unavailable");
    }
  }

  private static void toLogin(
      HttpServletRequest request, HttpServletResponse response, String outcome) throws IOException {
    response.sendRedirect(request.getContextPath() + "/login?" + outcome);
  }

  @Override
  public void onLogoutSuccess(
      HttpServletRequest request, HttpServletResponse response, @Nullable Authentication caller)
      throws IOException {
    if (caller != null) {
      audit.record(Caller.actor(caller), "logout", caller.getName(), null);
    }
    toLogin(request, response, "out");
  }
}
