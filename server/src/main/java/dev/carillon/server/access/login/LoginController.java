package dev.carillon.server.access.login;

import dev.carillon.server.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The login page. What it sends is taken by the security filters. */
@RestController
public final class LoginController {
  private final LoginPage page;
  private final KnownPlaces places;

  LoginController(LoginPage page, KnownPlaces places) {
    this.page = page;
    this.places = places;
  }

  @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> login(
      CsrfToken csrf,
      @RequestParam(required = false) @Nullable String failed,
      @RequestParam(required = false) @Nullable String unavailable,
      @RequestParam(required = false) @Nullable String out,
      @RequestParam(required = false) @Nullable String ended) {
    if (Caller.current().isPresent()) {
      return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/")).build();
    }
    return ResponseEntity.ok(page.html(csrf, problem(failed, unavailable), notice(out, ended)));
  }

  /** Where a link of the command line leads, see {@link Logins#link}. */
  @GetMapping(path = "/login", params = "browser")
  ResponseEntity<Void> known(
      @RequestParam(defaultValue = "") String name,
      @RequestParam String browser,
      HttpServletRequest request,
      HttpServletResponse response) {
    places.follow(Logins.nameOrNone(name), browser, request, response);
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/login")).build();
  }

  private static @Nullable String problem(@Nullable String failed, @Nullable String unavailable) {
    if (unavailable != null) {
      return "Logins cannot be read now. Try again in a moment.";
    }
    return failed == null ? null : "This name and password do not match.";
  }

  private static @Nullable String notice(@Nullable String out, @Nullable String ended) {
    if (out != null) {
      return "You are signed out.";
    }
    return ended == null ? null : "Your session has ended. Sign in again to go on.";
  }
}
