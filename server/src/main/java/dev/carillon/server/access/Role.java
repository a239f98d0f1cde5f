package dev.carillon.server.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a person with a login is there for. Its {@link #key()} is the name in API and tables. */
public enum Role {
  /** Reads everything but settings. */
  VIEWER,
  /** Also makes campaigns. */
  MARKETER,
  /** Also connections, users, keys and settings. */
  ADMIN;

  public Set<Scope> scopes() {
    EnumSet<Scope> scopes =
        EnumSet.of(
            Scope.CAMPAIGNS_READ, Scope.REPORTS_READ, Scope.CONNECTIONS_READ, Scope.PEOPLE_READ);
    return switch (this) {
      case VIEWER -> scopes;
      case MARKETER -> {
        scopes.add(Scope.CAMPAIGNS_WRITE);
        yield scopes;
      }
      case ADMIN -> EnumSet.allOf(Scope.class);
    };
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role with this key; empty when there is none. */
  public static Optional<Role> ofKey(String key) {
    for (Role role : values()) {
      if (role.key().equals(key)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
