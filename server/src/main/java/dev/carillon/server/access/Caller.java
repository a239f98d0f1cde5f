package dev.carillon.server.access;

import dev.carillon.engine.port.access.Actor;
import java.io.Serializable;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who is asking: a person with a login, or a program with an API key.
 *
 * @param actor who it is, as the audit log records it
 * @param scopes what it may do; {@link Scope#ADMIN} brings all the others
 * @param tokensRequired whether it speaks for people only with identity tokens
 */
public record Caller(Actor actor, Set<Scope> scopes, boolean tokensRequired)
    implements Principal, Serializable {
  private static final long serialVersionUID = 2L;

  /** A caller that needs no identity tokens. */
  public Caller(Actor actor, Set<Scope> scopes) {
    this(actor, scopes, false);
  }

  public Caller {
    scopes = Set.copyOf(scopes.contains(Scope.ADMIN) ? EnumSet.allOf(Scope.class) : scopes);
  }

  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }

  /** The login's or the API key's name, as campaigns and segments keep it. */
  public String name() {
    return actor.name();
  }

  @Override
  public String getName() {
    return name();
  }

  /** The caller of the request that this thread serves; empty without credentials. */
  public static Optional<Caller> current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }

  /** Who this is; {@link Actor#ANONYMOUS} without credentials. */
  public static Actor actor(@Nullable Principal principal) {
    return principal instanceof Authentication known
            && known.getPrincipal() instanceof Caller caller
        ? caller.actor()
        : Actor.ANONYMOUS;
  }

  /** This caller as Spring Security knows it: its scopes are authorities, and so are its roles. */
  public Authentication authentication() {
    List<SimpleGrantedAuthority> authorities =
        Stream.concat(scopes.stream().map(Scope::key), roles())
            .map(SimpleGrantedAuthority::new)
            .toList();
    return UsernamePasswordAuthenticationToken.authenticated(this, null, authorities);
  }

  /** For a login only; a role includes the lesser ones. */
  private Stream<String> roles() {
    return actor.kind() == Actor.Kind.LOGIN
        ? Stream.of(Role.values())
            .filter(role -> scopes.containsAll(role.scopes()))
            .map(role -> "ROLE_" + role.name())
        : Stream.empty();
  }
}
