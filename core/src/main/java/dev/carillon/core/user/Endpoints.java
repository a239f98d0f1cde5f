package dev.carillon.core.user;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one user can be sent messages, or could.
 *
 * @param all those that the user has now before those that were left
 */
public record Endpoints(List<Endpoint> all) {
  public static final Endpoints NONE = new Endpoints(List.of());

  public Endpoints {
    all = List.copyOf(all);
  }

  /** The first of the kinds' addresses that can be sent to; empty when there is none. */
  public Optional<Endpoint> usable(Set<EndpointKind> kinds) {
    return all.stream()
        .filter(endpoint -> kinds.contains(endpoint.kind()) && endpoint.isUsable())
        .findFirst();
  }

  /** The address of the kind that can be sent to; null without. */
  public @Nullable String address(EndpointKind kind) {
    return usable(Set.of(kind)).map(Endpoint::address).orElse(null);
  }

  /** Whether something was given as an address of one of the kinds, valid or not. */
  public boolean isGiven(Set<EndpointKind> kinds) {
    return all.stream()
        .anyMatch(endpoint -> kinds.contains(endpoint.kind()) && endpoint.isPresent());
  }
}
