package dev.carillon.server.access.security;

import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Scope;
import dev.carillon.server.connector.ConnectionValve;
import dev.carillon.server.ingest.BodyBudget;
import dev.carillon.server.ingest.BodyLease;
import dev.carillon.server.ingest.RefusedBodyException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Decides whether a form or file may be read at all, before any of it is. Fields are held in memory
 * and files on the disk, so their sender must be known, be allowed to send them to this address,
 * and find room. Comes before the check of a form's token, which reads the form.
 */
final class FormGate extends OncePerRequestFilter {
  private static final Set<String> BODY_METHODS = Set.of("POST", "PUT", "PATCH");
  private static final String FIELDS = "application/x-www-form-urlencoded";
  private static final String PARTS = "multipart/";

  /** A name and a password. */
  private static final int MOST_TO_SIGN_IN = 8 * 1024;

  /** As Tomcat reads, {@code server.tomcat.max-http-form-post-size}. */
  private static final int MOST_FIELDS = 1 << 20;

  private static final RequestMatcher SIGN_IN = matcher(POST, "/login");

  /** An address that takes files, and what one needs to send them there. */
  private record FilePlace(RequestMatcher address, Scope scope) {}

  private static final List<FilePlace> FILE_PLACES =
      List.of(
          new FilePlace(matcher(POST, "/lists"), Scope.CAMPAIGNS_WRITE),
          new FilePlace(matcher(POST, "/lists/{id}/replace"), Scope.CAMPAIGNS_WRITE),
          new FilePlace(matcher(POST, "/people/imports/preview"), Scope.DATA_WRITE),
          new FilePlace(matcher(POST, "/api/v1/lists"), Scope.CAMPAIGNS_WRITE),
          new FilePlace(matcher(PUT, "/api/v1/lists/{id}/contents"), Scope.CAMPAIGNS_WRITE),
          new FilePlace(matcher(POST, "/api/v1/people/import"), Scope.DATA_WRITE));

  /** How a request is refused: with a page, or with a problem document. */
  interface Answers {
    /** Whether anything behind the gate reads forms without files. */
    boolean takesFields();

    /** To somebody who is not known. */
    void unknown(HttpServletRequest request, HttpServletResponse response) throws IOException;

    void refuse(HttpServletResponse response, int status, String code, String words)
        throws IOException;
  }

  private final BodyBudget bodies;
  private final Semaphore files;
  private final Answers answers;

  /**
   * @param files a permit for each file that may be on its way to the disk at once
   */
  FormGate(BodyBudget bodies, Semaphore files, Answers answers) {
    this.bodies = bodies;
    this.files = files;
    this.answers = answers;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    if (isPattern(type) && mayHaveBody(request)) {
      answers.refuse(response, 415, "unsupportedMediaType", "Content-Type must name one type.");
      return;
    }
    boolean fields = type.startsWith(FIELDS);
    boolean parts = type.startsWith(PARTS);
    Optional<Caller> caller = Caller.current();
    caller.ifPresent(_ -> ConnectionValve.known(request));
    if (caller.isEmpty() && (fields || parts) && !isToSignIn(request, fields)) {
      answers.unknown(request, response);
    } else if (caller.isPresent() && fields && !answers.takesFields() && hasBody(request)) {
      answers.refuse(
          response, 415, "unsupportedMediaType", "Send JSON, with Content-Type: application/json.");
    } else if (caller.isPresent() && fields) {
      passFields(request, response, chain);
    } else if (caller.isPresent()) {
      passFile(caller.get(), parts, request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * What is said of types in Accept is nothing that a body can be, and the framework fails on it.
   */
  private static boolean isPattern(String type) {
    int parameters = type.indexOf(';');
    return type.indexOf('*') >= 0 && (parameters < 0 || type.indexOf('*') < parameters);
  }

  /** The framework looks for the body of these even when it is empty. */
  private static boolean mayHaveBody(HttpServletRequest request) {
    return BODY_METHODS.contains(request.getMethod()) || hasBody(request);
  }

  /** Some programs say what they send where they send nothing. */
  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLength() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private static boolean isToSignIn(HttpServletRequest request, boolean fields) {
    int length = request.getContentLength();
    return fields && length >= 0 && length <= MOST_TO_SIGN_IN && SIGN_IN.matches(request);
  }

  private void passFields(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    int announced = request.getContentLength();
    try (BodyLease lease = bodies.known().lease()) {
      if (hasRoom(lease, announced < 0 ? MOST_FIELDS : Math.min(announced, MOST_FIELDS))) {
        chain.doFilter(request, response);
      } else {
        later(response, "Too many forms are being read. Try again in a few seconds.");
      }
    }
  }

  private static boolean hasRoom(BodyLease lease, int bytes) {
    try {
      lease.take(bytes);
      return true;
    } catch (RefusedBodyException full) {
      return false;
    }
  }

  private void passFile(
      Caller caller,
      boolean parts,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    Optional<FilePlace> place =
        FILE_PLACES.stream().filter(any -> any.address().matches(request)).findFirst();
    if (place.isEmpty()) {
      if (parts) {
        answers.refuse(response, 415, "unsupportedMediaType", "No files are taken here.");
      } else {
        chain.doFilter(request, response);
      }
    } else if (!caller.may(place.get().scope())) {
      answers.refuse(response, 403, "forbidden", "You may not bring in files here.");
    } else if (!files.tryAcquire()) {
      later(response, "Too many files are being brought in. Try again in a few seconds.");
    } else {
      try {
        chain.doFilter(request, response);
      } finally {
        files.release();
      }
    }
  }

  private void later(HttpServletResponse response, String words) throws IOException {
    response.setHeader("Retry-After", "5");
    answers.refuse(response, 503, "overloaded", words);
  }

  private static RequestMatcher matcher(HttpMethod method, String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
  }
}
