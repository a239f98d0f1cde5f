package dev.carillon.server.access;

import java.util.Optional;

/** A thing that a caller may be allowed to do. Its {@link #key()} is the name in API and tables. */
public enum Scope {
  /**
   * Add events and properties, and nothing else. Such keys are part of apps and pages, so they are
   * no secret.
   */
  DATA_APPEND("data:append"),
  /** Send users and events in, consent among them. */
  DATA_WRITE("data:write"),
  /** Delete people. */
  PEOPLE_DELETE("people:delete"),
  /** See campaigns, segments and labels, and estimate audiences. */
  CAMPAIGNS_READ("campaigns:read"),
  /** Make, change and launch campaigns and segments. */
  CAMPAIGNS_WRITE("campaigns:write"),
  /** See the numbers. */
  REPORTS_READ("reports:read"),
  /** See connections, never their secrets. */
  CONNECTIONS_READ("connections:read"),
  CONNECTIONS_WRITE("connections:write"),
  /** See people: their properties, messages, and who is behind a number. */
  PEOPLE_READ("people:read"),
  /** Everything, and logins, API keys, settings and the audit log. */
  ADMIN("admin");

  private final String key;

  Scope(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  /** The scope with this key; empty when there is none. */
  public static Optional<Scope> ofKey(String key) {
    for (Scope scope : values()) {
      if (scope.key.equals(key)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
