package dev.carillon.core.user;

import java.util.List;
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

  /** Those of the kinds that can be sent to. */
  public List<Endpoint> usable(Set<EndpointKind> kinds) {
    return all.stream()
        .filter(endpoint -> kinds.contains(endpoint.kind()) && endpoint.isUsable())
        .toList();
  }

  /** The address of the kind that can be sent to; null without. */
  public @Nullable String address(EndpointKind kind) {
    return first(Set.of(kind));
  }

  /** The first address of the kinds that can be sent to; null without. */
  public @Nullable String first(Set<EndpointKind> kinds) {
    return usable(kinds).stream().map(Endpoint::address).findFirst().orElse(null);
  }

  /** Whether something was given as an address of one of the kinds, valid or not. */
  public boolean isGiven(Set<EndpointKind> kinds) {
    return all.stream()
        .anyMatch(endpoint -> kinds.contains(endpoint.kind()) && endpoint.isPresent());
  }
}
