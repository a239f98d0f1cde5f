package dev.carillon.server.access.security;

import dev.carillon.server.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.csrf.CsrfException;

/** The answers to requests that may not pass: problem documents for programs, /login for people. */
final class SecurityErrorResponses {
  private static final String LOGIN = "/login";
  private static final String SEND_A_KEY = "Send an API key as Authorization: Bearer KEY.";

  private SecurityErrorResponses() {}

  static void unknownKey(HttpServletResponse response) throws IOException {
    challenge(response);
    problem(response, 401, "Unauthorized", "invalidKey", "There is no such API key.");
  }

  /** For API requests without credentials. */
  static void unauthenticated(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    challenge(response);
    problem(response, 401, "Unauthorized", "unauthenticated", SEND_A_KEY);
  }

  /** For the API, when the caller may not do this. */
  static void forbidden(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
      throws IOException {
    if (why instanceof CsrfException) {
      problem(
          response,
          403,
          "Forbidden",
          "csrf",
          "A change from a browser session needs the page's X-CSRF-TOKEN header.");
    } else {
      problem(
          response,
          403,
          "Forbidden",
          "forbidden",
          "This API key or login does not have the scope that is needed.");
    }
  }

  /** For pages: to the login page. A fragment that htmx fetches takes the whole page there. */
  static void toLogin(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    if (request.getHeader("HX-Request") != null) {
      response.setHeader("HX-Redirect", request.getContextPath() + LOGIN);
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    } else {
      response.sendRedirect(request.getContextPath() + LOGIN);
    }
  }

  /** For pages: a form whose session has ended goes to the login page, else 403. */
  static void forbiddenPage(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
      throws IOException {
    if (why instanceof CsrfException && Caller.current().isEmpty()) {
      sessionEnded(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  private static void sessionEnded(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getHeader("HX-Request") != null) {
      response.setHeader("HX-Redirect", request.getContextPath() + LOGIN);
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    } else {
      response.sendRedirect(request.getContextPath() + LOGIN + "?ended");
    }
  }

  /** Says with pages why a form is not read. */
  static final class ByPage implements FormGate.Answers {
    @Override
    public boolean takesFields() {
      return true;
    }

    @Override
    public void unknown(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      sessionEnded(request, response);
    }

    @Override
    public void refuse(HttpServletResponse response, int status, String code, String words)
        throws IOException {
      response.sendError(status);
    }
  }

  /** Says with problem documents why a form or file is not read. */
  static final class ByProblem implements FormGate.Answers {
    @Override
    public boolean takesFields() {
      return false;
    }

    @Override
    public void unknown(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      challenge(response);
      problem(response, 401, "Unauthorized", "unauthenticated", SEND_A_KEY);
    }

    @Override
    public void refuse(HttpServletResponse response, int status, String code, String words)
        throws IOException {
      String title =
          Optional.ofNullable(HttpStatus.resolve(status)).orElseThrow().getReasonPhrase();
      problem(response, status, title, code, words);
    }
  }

  private static void challenge(HttpServletResponse response) {
    response.setHeader("WWW-Authenticate", "Bearer realm=\"Carillon\"");
  }

  private static void problem(
      HttpServletResponse response, int status, String title, String code, String detail)
      throws IOException {
    send(response, status, document(status, title, code, detail));
  }

  /** All arguments are our own words without quotes, so that they need no escaping. */
  static String document(int status, String title, String code, String detail) {
    return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"}"
        .formatted(title, status, detail, code);
  }

  /** Answers with a problem document. */
  static void send(HttpServletResponse response, int status, String document) throws IOException {
    byte[] body = document.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
