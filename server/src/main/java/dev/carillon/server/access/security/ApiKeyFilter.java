package dev.carillon.server.access.security;

import dev.carillon.server.access.Caller;
import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.ingest.PresentedKey;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request with a valid API key act as the key's caller, for this request only, and likewise
 * one from the local command line. A key that is not valid is refused even where a session would
 * have allowed the request.
 */
final class ApiKeyFilter extends OncePerRequestFilter {
  private final ApiKeys keys;
  private final LocalAccess local;
  private final SecurityContextRepository ofThisRequest =
      new RequestAttributeSecurityContextRepository();

  ApiKeyFilter(ApiKeys keys, LocalAccess local) {
    this.keys = keys;
    this.local = local;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (PresentedKey.isIn(request)) {
      Optional<Authentication> caller =
          local
              .opens(request)
              .or(() -> PresentedKey.of(request).flatMap(keys::caller).map(Caller::authentication));
      if (caller.isEmpty()) {
        SecurityErrorResponses.unknownKey(response);
        return;
      }
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(caller.get());
      SecurityContextHolder.setContext(context);
      // An answer that is written later, such as a stream of events, finds the caller here.
      ofThisRequest.saveContext(context, request, response);
    }
    chain.doFilter(request, response);
  }
}
